// The front listener over raw TCP: what Cloudflare's edge would refuse or strip must not reach a Worker, and nothing may choose
// its Worker or reach the runtime's own endpoints. A recorder stands upstream for what is forwarded; the whole host for the rest.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFrontListener } from "../../../scripts/local-host/front-listener.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { lines, sendRaw, statuses } from "./raw-http.ts";

const listen = (server: TcpServer | Server) =>
	new Promise<number>((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));

/** Upstream: keeps the bytes of every connection, as they came, and answers each with 200. */
let recorder: TcpServer;
let received = "";
let listener: Server;
let port: number;
let outbox: string;

beforeAll(async () => {
	outbox = mkdtempSync(join(tmpdir(), "freehold-outbox-"));
	writeFileSync(
		join(outbox, "1.eml"),
		"To: ada@example.org\r\nSubject: Hello\r\nDate: today\r\n\r\nprivate mail text\r\n",
	);
	recorder = createTcpServer((socket) => {
		socket.on("error", () => undefined);
		socket.on("data", (chunk) => {
			received += chunk.toString("latin1");
			if (/\r\n\r\n/.test(received)) {
				socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
			}
		});
	});
	const upstreamPort = await listen(recorder);
	const isStudioHost = (host: string) => host === "us-east.studio.localhost";
	listener = createFrontListener({
		upstreamPort,
		outbox,
		isKnownHost: (host) => isStudioHost(host) || host.endsWith(".us-east.apps.localhost"),
		isStudioHost,
	});
	port = await listen(listener);
});
afterAll(() => {
	listener.closeAllConnections();
	listener.close();
	recorder.close();
	rmSync(outbox, { recursive: true });
});
beforeEach(() => {
	received = "";
});

const host = "Host: us-east.studio.localhost";
const get = (target: string, ...headers: string[]) =>
	sendRaw(port, lines([`GET ${target} HTTP/1.1`, host, "Connection: close", ...headers]));

describe("what is forwarded", () => {
	it("is the request without headers that only the edge may set, in any case, and with the address of the socket", async () => {
		const forged = [
			"MF-Route-Override: freehold-vault-us-east",
			"mf-original-url: http://vault/",
			"Mf-Loopback: x",
			"MF-DISABLE-PRETTY-ERROR: 1",
			"CF-Connecting-IP: 198.51.100.7",
			"cf-ray: forged",
			"X-Forwarded-For: 198.51.100.7",
			"x-forwarded-host: vault",
			"X-Forwarded-Proto: https",
			"Forwarded: for=198.51.100.7;host=vault",
			"X-Real-IP: 198.51.100.7",
			"True-Client-IP: 198.51.100.7",
		];
		expect(statuses(await get("/x?y", ...forged, "X-Kept: yes"))).toEqual([200]);
		expect(received).toMatch(/^GET \/x\?y HTTP\/1\.1\r\n/);
		expect(received).toContain("X-Kept: yes");
		expect(received).toContain("CF-Connecting-IP: 127.0.0.1");
		expect(received).not.toMatch(/mf-|forged|vault|198\.51|forwarded|real-ip|true-client/i);
	});

	it("cannot be made to keep such a header by naming it in Connection, folding it, or hiding it in a space", async () => {
		await get("/a", "Connection: MF-Route-Override", "MF-Route-Override: freehold-vault-us-east");
		expect(received).not.toContain("vault");
		for (const header of [
			"X-A: b\r\n MF-Route-Override: vault",
			"MF-Route-Override : vault",
			"\tMF-Route-Override: vault",
		]) {
			received = "";
			const answer = await get("/b", header);
			expect(statuses(answer)[0] === 400 || !/^mf-route-override\s*:/im.test(received), header).toBe(true);
		}
	});

	it("is never an upgrade or a tunnel", async () => {
		const upgrade = await get("/", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: x");
		expect(received).not.toMatch(/^upgrade:/im);
		expect(statuses(upgrade)).not.toContain(101);
		received = "";
		await sendRaw(port, lines(["CONNECT freehold-vault-us-east:80 HTTP/1.1", host]));
		expect(received).toBe("");
	});
});

describe("what is refused before any Worker", () => {
	it.each([
		["another host", "Host: evil.example"],
		["a host that ends like ours", "Host: evilus-east.studio.localhost"],
		["a host of the loopback address", "Host: 127.0.0.1"],
		["an empty host", "Host:"],
		["a trailing dot", "Host: us-east.studio.localhost."],
		["a user in the host", "Host: us-east.studio.localhost@vault"],
		["a path in the host", "Host: us-east.studio.localhost/vault"],
		["a space in the host", "Host: us-east.studio.localhost vault"],
		["no host", "X-None: 1"],
	])("%s", async (_, header) => {
		const text = await sendRaw(port, lines(["GET / HTTP/1.1", "Connection: close", header]));
		expect([400, 421]).toContain(statuses(text)[0]);
		expect(received).toBe("");
	});

	it("two Host headers, in either order", async () => {
		for (const pair of [
			[host, "Host: evil.example"],
			["Host: evil.example", host],
			[host, host],
			[host, "host: vault"],
		]) {
			received = "";
			const text = await sendRaw(port, lines(["GET / HTTP/1.1", "Connection: close", ...pair]));
			expect([[400], [421]]).toContainEqual(statuses(text));
			expect(received).toBe("");
		}
	});

	it.each([
		"http://vault/",
		"http://us-east.studio.localhost/",
		"https://evil.example/x",
		"//evil.example/x",
		"vault:80",
		"*",
	])("the target %s", async (target) => {
		expect(statuses(await get(target))).toEqual([400]);
		expect(received).toBe("");
	});

	it.each([
		"/cdn-cgi/",
		"/cdn-cgi",
		"/cdn-cgi?x",
		"/CDN-CGI/mf/scheduled",
		"/cDn-cGi/explorer",
		"/%63dn-cgi/",
		"/cdn%2dcgi/x",
		"/cdn-cgi%2fx",
		"/%2fcdn-cgi/x",
		"/%5ccdn-cgi/x",
		"/\\cdn-cgi/x",
		"/cdn-cgi\\x",
		"/./cdn-cgi/x",
		"/x/../cdn-cgi/x",
		"/x/%2e%2e/cdn-cgi/x",
		"/%2e/cdn-cgi/x",
		"/.%2e/cdn-cgi/x",
		"/%2563dn-cgi/x",
		"/cdn-cgi/%ff",
		"/%ff/../cdn-cgi/x",
		"/cdn-cgi#x",
		"/c\tdn-cgi/x",
		"/cdn-cgi;x/y",
	])("the path %s", async (path) => {
		const text = await get(path);
		expect([400, 404]).toContain(statuses(text)[0]);
		expect(received).toBe("");
	});

	it("requests that two parsers would cut differently", async () => {
		const smuggled = lines(["GET /smuggled HTTP/1.1", host]);
		const shapes: [string[], string][] = [
			[["Content-Length: 4", "Transfer-Encoding: chunked"], `0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding: chunked", "Content-Length: 4"], `0\r\n\r\n${smuggled}`],
			[["Content-Length: 0", `Content-Length: ${smuggled.length}`], smuggled],
			[["Content-Length: 0, 40"], smuggled],
			[["Content-Length: +0"], smuggled],
			[["Content-Length: -1"], smuggled],
			[["Content-Length: 0x10"], smuggled],
			[["Transfer-Encoding: xchunked"], `0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding: chunked, identity"], `0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding : chunked"], `0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding: chunked"], `zz\r\nabc\r\n0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding: chunked"], `-1\r\nabc\r\n0\r\n\r\n${smuggled}`],
			[["Transfer-Encoding: chunked"], `3\nabc\n0\n\n${smuggled}`],
			[["Transfer-Encoding: chunked"], `fffffffffffffffff\r\nabc\r\n0\r\n\r\n${smuggled}`],
		];
		for (const [headers, body] of shapes) {
			received = "";
			const text = await sendRaw(port, lines(["POST /api/x HTTP/1.1", host, ...headers], body));
			expect(received, headers.join(" | ")).not.toContain("smuggled");
			expect(statuses(text).filter((status) => status === 200).length, headers.join(" | ")).toBeLessThanOrEqual(1);
		}
	});

	it("bytes that are no HTTP: bare line feeds, a null in a header, a header without an end", async () => {
		for (const bytes of [
			`GET / HTTP/1.1\n${host}\n\n`,
			lines(["GET / HTTP/1.1", host, "X: a\0b"]),
			lines(["GET / HTTP/1.1", host, "X: a\rMF-Route-Override: vault"]),
			lines(["GET / HTTP/1.1", `${host}\r\nX-Long: ${"x".repeat(40_000)}`]),
			lines([`GET /${"x".repeat(40_000)} HTTP/1.1`, host]),
			"\x16\x03\x01\x02\x00\x01\x00\x01",
		]) {
			received = "";
			const text = await sendRaw(port, bytes);
			expect(received, JSON.stringify(bytes.slice(0, 60))).toBe("");
			expect(statuses(text).every((status) => status >= 400)).toBe(true);
		}
	});
});

describe("requests on one connection", () => {
	it("are each judged by their own host and path", async () => {
		const first = lines(["GET /one HTTP/1.1", host]);
		const second = lines(["GET /two HTTP/1.1", "Host: evil.example"]);
		const third = lines(["GET /cdn-cgi/three HTTP/1.1", host, "Connection: close"]);
		const text = await sendRaw(port, first + second + third);
		expect(statuses(text)).toEqual([200, 421, 404]);
		expect(received).not.toMatch(/two|three/);
	});
});

describe("the outbox", () => {
	it("is shown to the studio's host and to who types its address, and to no other site", async () => {
		expect(await get("/dev/outbox")).toContain("private mail text");
		expect(await get("/dev/outbox.json", "Sec-Fetch-Site: same-origin")).toContain("private mail text");
		for (const text of [
			await get("/dev/outbox", "Sec-Fetch-Site: cross-site"),
			await get("/dev/outbox.json", "sec-fetch-site: CROSS-SITE"),
			await get("/dev/outbox.json", "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"),
			await get("/dev/outbox.json", "Sec-Fetch-Mode: cors", "Origin: http://a.us-east.apps.localhost"),
			await sendRaw(port, lines(["POST /dev/outbox HTTP/1.1", host, "Content-Length: 0", "Connection: close"])),
			await sendRaw(port, lines(["GET /dev/outbox HTTP/1.1", "Host: a.us-east.apps.localhost", "Connection: close"])),
		]) {
			expect(text).not.toContain("private mail text");
		}
		expect(received).toBe("");
	});

	it("cannot be framed, read across origins, or run a script", async () => {
		const text = await get("/dev/outbox");
		expect(text).toMatch(
			/content-security-policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'/i,
		);
		expect(text).toMatch(/cross-origin-resource-policy: same-origin/i);
		expect(text).not.toMatch(/access-control-allow/i);
	});
});

describe("the whole host", () => {
	let whole: TestHost;
	beforeAll(async () => {
		whole = await startTestHost();
	});
	afterAll(() => whole?.close());

	const ask = (name: string, target: string, ...headers: string[]) =>
		sendRaw(whole.port, lines([`GET ${target} HTTP/1.1`, `Host: ${name}`, "Connection: close", ...headers]), 5000);

	it("answers each host with its own Worker, whatever routing headers say", async () => {
		const forged = [
			"freehold-vault-us-east",
			"freehold-studio-eu-west",
			"outbox",
			"freehold-ai-gateway-us-east",
		].flatMap((worker) => [`MF-Route-Override: ${worker}`, `MF-Original-URL: http://eu-west.studio.localhost/healthz`]);
		for (const [name, worker] of [
			["studio.localhost", '"worker":"front-door"'],
			["us-east.studio.localhost", '"worker":"studio","region":"us-east"'],
			["EU-WEST.studio.localhost", '"worker":"studio","region":"eu-west"'],
			["x.us-east.apps.localhost", '"worker":"sandbox-host","region":"us-east"'],
		] as const) {
			expect(await ask(name, "/healthz", ...forged), name).toContain(worker);
		}
	});

	it("has no name for the vault, the gateway, the outbox or the runtime's own endpoints", async () => {
		for (const name of [
			"freehold-vault-us-east",
			"vault.localhost",
			"outbox",
			"apps.localhost",
			"us-east.apps.localhost",
			"ap-south.studio.localhost",
			"x.us-east.studio.localhost",
			`127.0.0.1:${whole.port}`,
			"[::1]",
		]) {
			expect(statuses(await ask(name, "/healthz"))[0], name).not.toBe(200);
		}
		for (const path of [
			"/cdn-cgi/mf/scheduled",
			"/cdn-cgi/explorer",
			"/cdn-cgi/local/durable-objects",
			"/cdn-cgi/handler/scheduled",
		]) {
			expect(statuses(await ask("us-east.studio.localhost", path)), path).toEqual([404]);
		}
	});
});
