// The wall around the Workers of the local host, tried from inside: each Worker that may not call out runs code that does nothing but
// try, under the options that the host gives the real one.
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Host, startHost } from "../../../scripts/local-host/host.ts";
import { readWorker, workerNames } from "../../../scripts/local-host/workers.ts";
import { startTarget, type Target } from "./target.ts";

/** Stands for every Worker: it has all the classes that another one, or a binding, may name. */
const intruder = `
import { connect } from "cloudflare:sockets";
import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
export class BuildSession extends DurableObject {}
export class AppRuntime extends DurableObject {}
export class Keyring extends WorkerEntrypoint {}
export class Generation extends WorkerEntrypoint {}
export class Deploy extends WorkerEntrypoint {}
export class Access extends WorkerEntrypoint {}
const attempts = {
	fetch: async (url) => String((await fetch(url)).status),
	connect: async (url) => {
		const socket = connect(new URL(url).host);
		await socket.opened;
		await socket.writable.getWriter().write(new TextEncoder().encode("secret"));
		return "open";
	},
};
export default { async fetch(request) {
	const { how, url } = await request.json();
	return new Response(await attempts[how](url).catch(() => "threw"));
} };`;

const hosts = [
	"studio.localhost",
	"us-east.studio.localhost",
	"eu-west.studio.localhost",
	"a.us-east.apps.localhost",
	"a.eu-west.apps.localhost",
];

let host: Host;
let target: Target;
const refused: string[] = [];
const stateFolder = mkdtempSync(join(tmpdir(), "freehold-wall-"));

beforeAll(async () => {
	target = await startTarget();
	const mains = workerNames.map((worker) => readWorker(worker, worker === "front-door" ? null : "us-east").main);
	host = await startHost({
		stateFolder,
		port: 0,
		bundles: async () => new Map(mains.map((main) => [main, intruder])),
		onRefusedOutbound: (worker, url) => refused.push(`${worker} ${url}`),
	});
});
afterAll(async () => {
	await host?.close();
	target?.close();
	rmSync(stateFolder, { recursive: true, force: true });
});

const order = (name: string, how: string, url: string) =>
	new Promise<string>((done, fail) => {
		const headers = { Host: `${name}:${host.port}`, "Content-Type": "application/json" };
		const sent = request({ host: "127.0.0.1", port: host.port, method: "POST", path: "/", headers }, async (answer) => {
			let text = "";
			for await (const chunk of answer) text += String(chunk);
			done(text);
		});
		sent.on("error", fail);
		sent.end(JSON.stringify({ how, url }));
	});

it.each(hosts)("holds what answers at %s", async (name) => {
	refused.length = 0;
	expect(await order(name, "fetch", target.url)).toBe("403");
	expect(refused).toHaveLength(1);
	expect(refused[0]).toMatch(/^freehold-(front-door|studio|sandbox-host).* http:\/\/127\.0\.0\.1/);
	await order(name, "connect", target.url);
	await new Promise((resume) => setTimeout(resume, 200));
	expect(target.takeCount()).toBe(0);
});
