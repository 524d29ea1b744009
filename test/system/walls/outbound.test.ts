// Only the vault and the ai-gateway call out. The main journey runs and nobody else tried; and the refusal itself is shown to
// work on a Worker that does try, with the same option that the host gives the Workers that may not.

import { type Import, init, parse as parseModule } from "es-module-lexer";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refuseOutbound, refusingWorker } from "../../../scripts/local-host/outbound.ts";
import { bundleWorker, readWorker } from "../../../scripts/local-host/workers.ts";
import { makeClient, signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { type ModelServer, startModelServer } from "../../support/model-server/server.ts";
import { callAppOrigin } from "./app-page.ts";
import { startTarget, type Target } from "./target.ts";

describe("the main journey", () => {
	let host: TestHost;
	let server: ModelServer;
	beforeAll(async () => {
		server = await startModelServer();
		host = await startTestHost({
			providers: {
				ANTHROPIC_API_KEY: "test-anthropic",
				ANTHROPIC_BASE_URL: server.anthropicUrl,
				ANTHROPIC_MODELS: "play-good",
				ANTHROPIC_REGION: "us-east",
			},
		});
	});
	afterAll(async () => {
		await host?.close();
		await server?.close();
	});

	it("ends with calls of the ai-gateway to its provider and of nobody else to anything", async () => {
		const ada = await signUpPerson(host, "us-east");
		for (const offerId of ["composer", "anthropic/play-good"]) {
			const made = await ada.call("/api/apps", {
				method: "POST",
				body: { prompt: "A reading list with title and author", offerId },
			});
			expect(made.status, made.text).toBe(201);
			expect((await waitForBuild(ada, made.json.appId, made.json.buildId)).state).toBe("done");
			const app = `/api/apps/${made.json.appId}`;
			const { versionId } = (await ada.call(`${app}/publish`)).json;
			const body = { versionId, audience: "discover", reviewed: true };
			expect((await ada.call(`${app}/publish`, { method: "POST", body })).status).toBe(200);
			const { liveOrigin } = (await ada.call(app)).json;
			expect(
				(await callAppOrigin(host.port, liveOrigin, "/", { headers: { "Sec-Fetch-Dest": "document" } })).status,
			).toBe(200);
			expect((await ada.call(`${app}/download`)).status).toBe(200);
			expect((await ada.call(app, { method: "DELETE" })).status).toBe(204);
		}
		expect((await makeClient(host, "eu-west").call("/discover")).status).toBe(200);
		expect(server.requests.length).toBeGreaterThan(0);
		expect(host.refusedOutbound).toEqual([]);
	});
});

describe("what is deployed of a Worker that may not call out", () => {
	const networkModules =
		/^(cloudflare:sockets|node:(net|tls|http|https|http2|dns|dns\/promises|dgram|inspector|child_process))$/;

	const namesOf = (imports: readonly Import[]) =>
		imports.filter(({ type }) => type !== "import-meta").map(({ specifier }) => specifier ?? "computed");

	it.each(["studio", "front-door", "sandbox-host"] as const)(
		"%s imports no module that opens connections",
		async (worker) => {
			const { main } = readWorker(worker, worker === "front-door" ? null : "us-east");
			await init;
			const [imports] = parseModule(await bundleWorker(main));
			const names = namesOf(imports);
			expect(names.filter((name) => networkModules.test(name) || name === "computed")).toEqual([]);
			if (worker !== "front-door") expect(names).toContain("cloudflare:workers");
		},
	);

	it("would be seen: the check reads imports of a bundle, also those inside functions", async () => {
		await init;
		const [imports] = parseModule(
			'import { connect } from "cloudflare:sockets"; const f = () => import("node:net"); import(x);',
		);
		expect(namesOf(imports).filter((name) => networkModules.test(name) || name === "computed")).toEqual([
			"cloudflare:sockets",
			"node:net",
			"computed",
		]);
	});
});

describe("a Worker that may not call out", () => {
	let runtime: Miniflare;
	let target: Target;
	const refused: string[] = [];

	const worker = `
		import { connect } from "cloudflare:sockets";
		const attempt = async (work) => { try { return await work(); } catch { return "threw"; } };
		export default { async fetch(request) {
			const { kind, url } = await request.json();
			return new Response(await attempt(async () => {
				if (kind === "fetch") return String((await fetch(url)).status);
				if (kind === "post") return String((await fetch(url, { method: "POST", body: "secret" })).status);
				if (kind === "websocket") return String((await fetch(url, { headers: { Upgrade: "websocket" } })).status);
				if (kind === "new WebSocket") return await new Promise((done) => {
					const socket = new WebSocket(url.replace("http", "ws"));
					socket.addEventListener("open", () => done("open"));
					socket.addEventListener("error", () => done("error"));
				});
				const socket = connect(new URL(url).host);
				await socket.opened;
				const writer = socket.writable.getWriter();
				await writer.write(new TextEncoder().encode("secret"));
				return "open";
			}));
		} };`;
	const optionsOf = (name: string, extra: object): V4WorkerOptions =>
		({
			name,
			compatibilityDate: "2026-11-01",
			modules: [{ type: "ESModule", path: "index.js", contents: worker }],
			routes: [`${name}.test/*`],
			...extra,
		}) as V4WorkerOptions;

	beforeAll(async () => {
		target = await startTarget();
		runtime = new Miniflare(
			convertV4MiniflareOptions({
				cf: false,
				telemetry: { enabled: false },
				workers: [
					optionsOf("walled", refuseOutbound("walled")),
					optionsOf("free", {}),
					refusingWorker((worker, url) => refused.push(`${worker} ${url}`)),
				],
			}),
		);
		await runtime.ready;
	});
	afterAll(async () => {
		await runtime?.dispose();
		target?.close();
	});
	const ask = async (name: string, kind: string, url = target.url) =>
		(
			await runtime.dispatchFetch(`http://${name}.test/`, { method: "POST", body: JSON.stringify({ kind, url }) })
		).text();

	it.each(["fetch", "post", "websocket", "new WebSocket", "connect"])("is refused by %s", async (kind) => {
		const answer = await ask("walled", kind);
		await new Promise((resume) => setTimeout(resume, 200));
		expect(target.takeCount()).toBe(0);
		expect(["403", "threw", "error"]).toContain(answer);
	});

	it("is refused for names, other ports and addresses too, and the refusal is told", async () => {
		for (const url of [
			"http://example.org/x",
			`http://localhost:${target.port}/`,
			`http://[::1]:${target.port}/`,
			`http://2130706433:${target.port}/`,
		]) {
			expect(await ask("walled", "fetch", url)).toBe("403");
		}
		expect(target.takeCount()).toBe(0);
		expect(refused).toContain("walled http://example.org/x");
	});

	it("would have reached the network without the wall", async () => {
		expect(await ask("free", "fetch")).toBe("200");
		expect(await ask("free", "connect")).toBe("open");
		expect(target.takeCount()).toBe(2);
	});
});
