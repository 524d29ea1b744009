// Runs the real sandbox-host Worker of one region on loopback, with a small stand-in for the studio: a page that frames one
// app with `frame-src` exactly its origin and answers its challenge, and a way for tests to call Deploy and Access.
import { createHash, randomBytes } from "node:crypto";
import { request as sendRequest } from "node:http";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import { makeId, makeLabel } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import type { Result } from "#schema/result.ts";
import type { AppBundle, Viewer } from "#schema/rpc.ts";
import { bundleOne } from "./bundles.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface AppHost {
	port: number;
	region: string;
	studioOrigin: string;
	appOrigin(label: string): string;
	/** The studio page that frames this app, as this viewer. */
	framePage(label: string, viewer: Viewer): string;
	/** Calls a method of Deploy or Access, as the studio would. */
	rpc<T = unknown>(entrypoint: "DEPLOY" | "ACCESS", method: string, ...args: unknown[]): Promise<T>;
	/** Provisions a new label and deploys these files to it: text by path. */
	makeApp(options: MakeApp): Promise<string>;
	deployFiles(
		label: string,
		files: Record<string, string>,
		options?: { entry?: "module" | "html"; title?: string },
	): Promise<unknown>;
	/** A request with any Host header, which fetch() would not send. */
	request(
		host: string,
		path: string,
		init?: { method?: string; headers?: Record<string, string>; body?: string },
	): Promise<Response>;
	/** Opens a session as this viewer, without a browser. Returns the Cookie header. */
	openSession(label: string, viewer: Viewer): Promise<string>;
	/** Asks the app's own origin, with the headers a page of it sends. */
	ask(label: string, path: string, cookie: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
	/** Opens the event stream of a page. `text()` is what has arrived; `ended` resolves when the server ends it. */
	openEvents(
		label: string,
		cookie: string,
	): Promise<{ status: number; text(): string; ended: Promise<void>; close(): void }>;
	/** Keys of the stored packs of a label. */
	packsOf(label: string): Promise<string[]>;
	/** What the bucket says is served at a label: without it, nobody is let to the label's object. */
	writeManifest(label: string, manifest: object): Promise<void>;
	readManifest(label: string): Promise<unknown>;
	/** Ids of the AppRuntime objects that exist, and the id a label's object has. */
	objectIds(): Promise<string[]>;
	objectIdOf(label: string): Promise<string>;
	/** What the operator does to the object itself; no entrypoint can. */
	setBlocked(label: string, blocked: { app: boolean; owner: boolean }): Promise<void>;
	stop(): Promise<void>;
}

interface MakeApp {
	files: Record<string, string>;
	kind?: "draft" | "live";
	entry?: "module" | "html";
	audience?: "private" | "public";
	title?: string;
}

interface WorkerOptions extends Record<string, unknown> {
	bindings?: Record<string, unknown>;
}

const freePort = (): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() =>
				address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
			);
		});
	});

/** The stand-in. It is a Worker because only a Worker can hold RPC bindings. */
const studio = (appOriginOf: string) => `
const revive = (value) => Array.isArray(value) ? value.map(revive)
	: value && typeof value === "object" ? ("$bytes" in value ? Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0))
	: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, revive(v)]))) : value;
export default { async fetch(request, env) {
	const url = new URL(request.url);
	if (url.pathname === "/rpc") {
		const { entrypoint, method, args } = await request.json();
		return Response.json(await env[entrypoint][method](...revive(args)));
	}
	if (url.pathname !== "/frame") return new Response("studio", { headers: { "Content-Type": "text/html" } });
	const label = url.searchParams.get("label");
	const appOrigin = ${JSON.stringify(appOriginOf)}.replace("{label}", label);
	const page = \`<!doctype html><title>studio</title><input id="outside"><iframe id="app" style="width:900px;height:600px" sandbox="allow-scripts allow-same-origin allow-forms" src="\${appOrigin}/_freehold/open"></iframe><script>
		window.messages = [];
		const viewer = \${JSON.stringify(JSON.parse(url.searchParams.get("viewer"))).replaceAll("<", "\\\\u003c")};
		addEventListener("message", async (event) => {
			if (event.origin !== \${JSON.stringify(appOrigin)} || event.source !== document.getElementById("app").contentWindow) return;
			messages.push(event.data);
			if (event.data.type !== "freehold:challenge") return;
			const answer = await (await fetch("/rpc", { method: "POST", body: JSON.stringify({ entrypoint: "ACCESS", method: "issueCode", args: [\${JSON.stringify(label)}, viewer, event.data.challenge] }) })).json();
			window.lastCode = answer.ok ? answer.value.code : null;
			event.source.postMessage(answer.ok ? { type: "freehold:code", code: answer.value.code } : { type: "freehold:refused" }, event.origin);
		});
	</script>\`;
	return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; frame-src " + appOrigin } });
} };`;

interface AppHostOptions {
	region?: Region;
	/** Variables that differ from the wrangler file's. */
	vars?: Record<string, string>;
	/** The region that the bucket's marker names; null for no marker. */
	marker?: string | null;
	/** Where everything is kept, for what must outlive one host; in memory otherwise. */
	stateFolder?: string;
	/** Further Workers, for a comparison: source by host name. */
	workers?: Record<string, string>;
}

export async function startAppHost(options: AppHostOptions = {}): Promise<AppHost> {
	const { region = "us-east", vars = {}, marker = region, workers = {}, stateFolder } = options;
	const port = await freePort();
	const publicUrl = `http://{host}:${port}`;
	const config = unstable_getMiniflareWorkerOptions(join(root, "sandbox-host/wrangler.toml"), region);
	const script = await bundleOne("sandbox-host");
	const studioHost = `${region}.studio.localhost`;
	const appsHost = `${region}.apps.localhost`;
	const { rootPath: _, modulesRules: __, ...bindings } = config.workerOptions as WorkerOptions;
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			host: "127.0.0.1",
			port,
			telemetry: { enabled: false },
			cf: false,
			...(stateFolder === undefined ? {} : { resourcePersistencePath: stateFolder }),
			workers: [
				{
					...bindings,
					name: "sandbox-host",
					modules: [{ type: "ESModule", path: "index.js", contents: script }],
					bindings: { ...bindings.bindings, PUBLIC_URL: publicUrl, ...vars },
					routes: [`*.${appsHost}/*`, `${appsHost}/*`],
					outboundService: () => new Response("no network", { status: 403 }),
				},
				{
					name: "studio-page",
					compatibilityDate: "2026-11-01",
					modules: [
						{
							type: "ESModule",
							path: "studio.js",
							contents: studio(publicUrl.replace("{host}", `{label}.${appsHost}`)),
						},
					],
					serviceBindings: {
						DEPLOY: { name: "sandbox-host", entrypoint: "Deploy" },
						ACCESS: { name: "sandbox-host", entrypoint: "Access" },
					},
					routes: [`${studioHost}/*`],
				},
				...Object.entries(workers).map(([name, source]) => ({
					name,
					compatibilityDate: "2026-11-01",
					modules: [{ type: "ESModule", path: "worker.js", contents: source }],
					routes: [`${name}/*`],
				})),
			],
		} as Parameters<typeof convertV4MiniflareOptions>[0]),
	);
	await miniflare.ready;
	const bucket = await miniflare.getR2Bucket("APPS", "sandbox-host");
	if (marker !== null) await bucket.put("_freehold/region", marker);

	const request: AppHost["request"] = (host, path, init = {}) =>
		rawRequest(port, host.includes(":") ? host : `${host}:${port}`, path, init);
	const rpc = async <T>(entrypoint: string, method: string, ...args: unknown[]): Promise<T> => {
		const response = await request(studioHost, "/rpc", {
			method: "POST",
			body: JSON.stringify({ entrypoint, method, args }),
		});
		return (await response.json()) as T;
	};
	const deployFiles: AppHost["deployFiles"] = (label, files, { entry = "module", title = "Test app" } = {}) => {
		const bundle: Omit<AppBundle, "files"> & { files: unknown[] } = {
			title,
			versionId: makeId("version"),
			entry,
			files: Object.entries(files).map(([path, text]) => ({
				path,
				body: { $bytes: Buffer.from(text).toString("base64") },
				...(path === "app.js" ? { source: "app.tsx" } : {}),
			})),
		};
		return rpc("DEPLOY", "deploy", label, bundle);
	};
	const hostOf = (label: string) => `${label}.${appsHost}`;
	const ask: AppHost["ask"] = (label, path, cookie, body, headers = {}) =>
		request(hostOf(label), path, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				Origin: publicUrl.replace("{host}", hostOf(label)),
				"Sec-Fetch-Site": "same-origin",
				"Sec-Fetch-Dest": "empty",
				...(cookie ? { Cookie: cookie } : {}),
				...headers,
			},
			body: typeof body === "string" ? body : JSON.stringify(body),
		});
	return {
		port,
		region,
		ask,
		async openSession(label, viewer) {
			const { verifier, challenge } = makePkce();
			const issued = await rpc<Result<{ code: string }>>("ACCESS", "issueCode", label, viewer, challenge);
			if (!issued.ok) throw new Error(`no code: ${issued.reason}`);
			const opening = openingCookieOf(verifier);
			const session = await ask(label, "/_freehold/session", opening, { code: issued.value.code });
			const cookie = session.headers.get("Set-Cookie")?.split(";")[0];
			if (!cookie) throw new Error(`no session: ${session.status}`);
			return cookie;
		},
		studioOrigin: publicUrl.replace("{host}", studioHost),
		appOrigin: (label) => publicUrl.replace("{host}", `${label}.${appsHost}`),
		framePage: (label, viewer) =>
			`${publicUrl.replace("{host}", studioHost)}/frame?${new URLSearchParams({ label, viewer: JSON.stringify(viewer) })}`,
		rpc,
		async makeApp({ files, kind = "live", entry = "module", audience = "private", title = "Test app" }) {
			const label = makeLabel();
			await rpc("DEPLOY", "provision", label, { owner: makeId("owner"), appId: makeId("app"), kind });
			const deployed = await deployFiles(label, files, { entry, title });
			if (!(deployed as { ok: boolean }).ok) throw new Error(`deploy failed: ${JSON.stringify(deployed)}`);
			if (audience !== "private") await rpc("ACCESS", "setAudience", label, audience);
			return label;
		},
		deployFiles,
		request,
		openEvents: (label, cookie) =>
			new Promise((resolve, reject) => {
				const headers = {
					Host: `${hostOf(label)}:${port}`,
					Cookie: cookie,
					"Sec-Fetch-Site": "same-origin",
					"Sec-Fetch-Dest": "empty",
				};
				const sent = sendRequest({ host: "127.0.0.1", port, path: "/_freehold/api/events", headers }, (answer) => {
					let text = "";
					answer.on("data", (part: Buffer) => {
						text += part.toString();
					});
					answer.on("error", () => undefined);
					const ended = new Promise<void>((done) => answer.on("close", done));
					resolve({ status: answer.statusCode ?? 0, text: () => text, ended, close: () => sent.destroy() });
				});
				sent.on("error", reject);
				sent.end();
			}),
		async packsOf(label) {
			const page = await bucket.list({ prefix: `packs/${label}/` });
			return page.objects.map((object) => object.key);
		},
		async writeManifest(label, manifest) {
			await bucket.put(`manifests/${label}`, JSON.stringify(manifest));
		},
		readManifest: async (label) => (await bucket.get(`manifests/${label}`))?.json(),
		async objectIds() {
			const ids = await miniflare.listDurableObjectIds("APP_RUNTIME", "sandbox-host");
			return ids.map((id) => id.toString());
		},
		async objectIdOf(label) {
			const namespace = await miniflare.getDurableObjectNamespace("APP_RUNTIME", "sandbox-host");
			return namespace.idFromName(label).toString();
		},
		async setBlocked(label, blocked) {
			const namespace = await miniflare.getDurableObjectNamespace("APP_RUNTIME", "sandbox-host");
			const runtime = namespace.get(namespace.idFromName(label)) as unknown as {
				setBlocked(blocked: { app: boolean; owner: boolean }): Promise<Result<null>>;
			};
			const done = await runtime.setBlocked(blocked);
			if (!done.ok) throw new Error("the object refused the block");
		},
		stop: () => miniflare.dispose(),
	};
}

/** The cookie of a browser whose opening secret this is. */
export const openingCookieOf = (secret: string): string => `__Host-Http-freehold_open=${secret}`;

/** A verifier, which is what the opening cookie holds, and its challenge (RFC 7636 S256). */
export function makePkce(): { verifier: string; challenge: string } {
	const verifier = randomBytes(32).toString("base64url");
	return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

async function rawRequest(
	port: number,
	host: string,
	path: string,
	init: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<Response> {
	return new Promise((resolve, reject) => {
		const sent = sendRequest(
			{ host: "127.0.0.1", port, path, method: init.method ?? "GET", headers: { ...init.headers, Host: host } },
			(answer) => {
				const parts: Buffer[] = [];
				answer.on("data", (part: Buffer) => parts.push(part));
				answer.on("error", reject);
				answer.on("end", () => {
					const headers = new Headers();
					for (let at = 0; at < answer.rawHeaders.length; at += 2) {
						headers.append(answer.rawHeaders[at] ?? "", answer.rawHeaders[at + 1] ?? "");
					}
					const status = answer.statusCode ?? 0;
					const body = [204, 304].includes(status) ? null : Buffer.concat(parts);
					resolve(new Response(body, { status, headers }));
				});
			},
		);
		sent.on("error", reject);
		sent.end(init.body);
	});
}
