// What the app origin serves and refuses, asked over HTTP of the real Worker in workerd.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeId, makeLabel } from "#schema/ids.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, startAppHost } from "../../support/app-host.ts";

let host: AppHost;
beforeAll(async () => {
	host = await startAppHost();
});
afterAll(() => host?.stop());

const owner: Viewer = { role: "owner", accountId: makeId("account"), linkId: null, name: "Ada" };
const files = {
	"app.js": "export default () => null;",
	"styles.css": "p{}",
	"pic.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
	"doc.pdf": "%PDF-1.7",
	"feed.xml": "<x/>",
	"data.unknown": "<html>",
	"about.html": "<p>about</p>",
	"server.js": "secret",
};
const hostOf = (label: string) => `${label}.us-east.apps.localhost`;
const get = (label: string, path: string, headers: Record<string, string> = {}) =>
	host.request(hostOf(label), path, {
		headers: { "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "none", ...headers },
	});
const asPart = { "Sec-Fetch-Dest": "script", "Sec-Fetch-Site": "same-origin" };
const ownFrame = { "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "same-origin" };
const inFrame = { "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site" };

function expectSafe(response: Response, what = "") {
	const csp = response.headers.get("Content-Security-Policy") ?? "";
	expect(csp, what).toContain("default-src 'none'");
	expect(csp, what).toContain(`frame-ancestors ${host.studioOrigin}`);
	expect(csp, what).toMatch(/sandbox/);
	expect(response.headers.get("Connection-Allowlist"), what).toMatch(/^\(response-origin/);
	expect(response.headers.get("X-Content-Type-Options"), what).toBe("nosniff");
	expect(response.headers.get("Referrer-Policy"), what).toBe("no-referrer");
	expect(response.headers.get("Cross-Origin-Resource-Policy"), what).toBe("same-origin");
	expect(response.headers.get("Cross-Origin-Opener-Policy"), what).toBe("same-origin");
	expect(response.headers.get("Origin-Agent-Cluster"), what).toBe("?1");
	expect(response.headers.get("Permissions-Policy"), what).toContain("camera=()");
}

describe("a public app", () => {
	test("opens at top level with every protecting header", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const page = await get(label, "/");
		expect(page.status).toBe(200);
		expectSafe(page);
		expect(page.headers.get("Content-Security-Policy")).toBe(
			`default-src 'none'; script-src 'self' blob: ${/'sha256-[^']+'/.exec(page.headers.get("Content-Security-Policy") ?? "")?.[0]}; ` +
				"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' blob:; " +
				// its own files, and so neither /_freehold/session nor /_freehold/api
				`connect-src ${Object.keys(files)
					.filter((path) => path !== "server.js")
					.map((path) => `${host.appOrigin(label)}/${path}`)
					.join(" ")}; ` +
				"worker-src 'self' blob:; frame-src 'none'; form-action 'none'; base-uri 'none'; object-src 'none'; " +
				`frame-ancestors ${host.studioOrigin}; sandbox allow-scripts allow-same-origin allow-forms`,
		);
		// a person can follow our link to report the app
		expect(page.headers.get("Connection-Allowlist")).toBe(`(response-origin "${host.studioOrigin}")`);
		expect((await get(label, "/", inFrame)).headers.get("Connection-Allowlist")).toBe("(response-origin)");
		expect(await page.text()).toContain("/styles.css");
	});

	test("shows nobody's session at top level", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const cookie = await host.openSession(label, owner);
		const page = await (await get(label, "/", { Cookie: cookie, "Sec-Fetch-Site": "same-origin" })).text();
		expect(page).toContain("&quot;role&quot;:&quot;visitor&quot;");
		expect(page).not.toContain("Ada");
	});

	test("serves its files by type, and what could be a document of its own inert", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const script = await get(label, "/app.js", asPart);
		expect([script.status, script.headers.get("Content-Type")]).toEqual([200, "text/javascript; charset=utf-8"]);
		expect(await script.text()).toBe(files["app.js"]);
		const again = await get(label, "/app.js", { ...asPart, "If-None-Match": script.headers.get("ETag") ?? "" });
		expect(again.status).toBe(304);
		for (const path of ["/pic.svg", "/doc.pdf", "/feed.xml"]) {
			const response = await get(label, path);
			expect(response.status).toBe(200);
			expectSafe(response, path);
			expect(response.headers.get("Content-Security-Policy"), path).toMatch(/; sandbox$/);
			expect(response.headers.get("Content-Security-Policy"), path).not.toContain("script-src 'self'");
		}
		expect((await get(label, "/data.unknown")).headers.get("Content-Type")).toBe("application/octet-stream");
		expect(await (await get(label, "/about.html")).text()).toContain("/_freehold/lib/bridge.");
		expect((await get(label, "/app.js", { ...asPart, "Sec-Fetch-Site": "cross-site" })).status).toBe(404);
	});

	test("serves nothing that is not a file of it", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		for (const path of [
			"/server.js",
			"/server.ts",
			"/app.tsx",
			"/nothing.js",
			"/..%2fapp.js",
			"/a%5c..%5capp.js",
			"/app.js%00",
			"/_freehold",
			"/_freehold/",
			"/_freehold/lib/names.json",
			"/_freehold/lib/none.js",
			"/_FREEHOLD/region",
			"//app.js",
		]) {
			const response = await get(label, path);
			expect(response.status, path).toBe(404);
			expectSafe(response, path);
		}
		// A path without an ending may be one of the app's own pages: a page asks and gets the app. As a part there is no such file.
		const page = await (await get(label, "/")).text();
		for (const path of ["/nothing", "/__proto__", "/constructor", "/%2e%2e/%2e%2e/manifests", `/manifests/${label}`]) {
			const response = await get(label, path);
			expect([response.status, await response.text()], path).toEqual([200, page]);
			expect((await get(label, path, asPart)).status, path).toBe(404);
		}
		expect((await host.request(hostOf(label), "/", { method: "POST", body: "x" })).status).toBe(405);
		expect((await host.request(hostOf(label), "/_freehold/open", { method: "DELETE" })).status).toBe(405);
	});

	test("answers HEAD like GET, without a body", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const head = await host.request(hostOf(label), "/", { method: "HEAD" });
		expect([head.status, await head.text()]).toEqual([200, ""]);
		expectSafe(head);
	});

	test("has its libraries cached for ever, by hash", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const page = await (await get(label, "/")).text();
		const names = [...page.matchAll(/\/_freehold\/lib\/[\w.-]+\.js/g)].map((match) => match[0]);
		expect(names.length).toBeGreaterThan(12);
		for (const name of names) {
			const library = await get(label, name, asPart);
			expect([library.status, library.headers.get("Cache-Control")], name).toEqual([
				200,
				"public, max-age=31536000, immutable",
			]);
			expectSafe(library, name);
		}
	});
});

describe("a private app", () => {
	test("shows strangers no byte of it, at top level, in frames or as parts", async () => {
		const label = await host.makeApp({ files });
		const cookie = await host.openSession(label, owner);
		for (const headers of [{}, { Cookie: cookie }] as Record<string, string>[]) {
			const top = await get(label, "/", headers);
			expect(top.status).toBe(403);
			expectSafe(top);
			expect(await top.text()).toContain(`href="${host.studioOrigin}/"`);
		}
		// whatever page is asked for, there or not: the same page, which asks the studio who looks
		for (const path of ["/", "/index.html", "/about.html", "/list/three"]) {
			const framed = await get(label, path, inFrame);
			expect(framed.status, path).toBe(401);
			expectSafe(framed);
			const text = await framed.text();
			expect(text, path).toContain("<title>Opening</title>");
			expect(text, path).not.toContain("app.js");
		}
		expect((await get(label, "/app.js", asPart)).status).toBe(404);
		expect((await get(label, "/app.js", { ...asPart, Cookie: cookie, "Sec-Fetch-Site": "cross-site" })).status).toBe(
			404,
		);
		expect((await get(label, "/app.js", { ...asPart, Cookie: cookie, "Sec-Fetch-Site": "same-site" })).status).toBe(
			404,
		);
		expect((await host.request(hostOf(label), "/app.js")).status).toBe(403);
	});

	test("serves a frame with a session, and never for a shared cache", async () => {
		const label = await host.makeApp({ files });
		const cookie = await host.openSession(label, owner);
		const page = await get(label, "/", { ...ownFrame, Cookie: cookie });
		expect(page.status).toBe(200);
		expect(page.headers.get("Cache-Control")).toBe("private, no-store");
		expect(await page.text()).toContain("&quot;name&quot;:&quot;Ada&quot;");
		const script = await get(label, "/app.js", { ...asPart, Cookie: cookie });
		expect([script.status, script.headers.get("Cache-Control")]).toEqual([200, "private, no-store"]);
	});

	test("asks the studio again who looks, each time the studio loads it", async () => {
		const label = await host.makeApp({ files });
		const cookie = await host.openSession(label, owner);
		const loaded = await get(label, "/", { ...inFrame, Cookie: cookie });
		expect(loaded.status).toBe(401);
		expect(await loaded.text()).toContain("<title>Opening</title>");
		await host.rpc("ACCESS", "setAudience", label, "public");
		const asVisitor = await get(label, "/", { ...inFrame, Cookie: cookie });
		expect(await asVisitor.text()).toContain("&quot;role&quot;:&quot;visitor&quot;");
		const asOwner = await get(label, "/", { ...ownFrame, Cookie: cookie });
		expect(await asOwner.text()).toContain("&quot;role&quot;:&quot;owner&quot;");
	});

	test("only a framed page with a session of its people may use the API of its origin", async () => {
		const label = await host.makeApp({
			files: { ...files, "data/list.json": "[]", "odd name.json": "1" },
			audience: "public",
		});
		const connect = async (headers: Record<string, string>, path = "/") =>
			/connect-src ([^;]*)/.exec((await get(label, path, headers)).headers.get("Content-Security-Policy") ?? "")?.[1];
		const people = { ...ownFrame, Cookie: await host.openSession(label, owner) };
		const byLink = {
			...ownFrame,
			Cookie: await host.openSession(label, { role: "visitor", accountId: null, linkId: "lnk_1", name: "" }),
		};
		const top = { "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-origin", Cookie: people.Cookie };
		expect(await connect(people)).toBe("'self'");
		for (const headers of [{}, inFrame, byLink, top, { ...asPart, Cookie: people.Cookie }]) {
			const sources = await connect(headers, "/about.html");
			expect(sources).toContain(`${host.appOrigin(label)}/data/ `);
			expect(sources).toContain(`${host.appOrigin(label)}/odd%20name.json`);
			expect(sources).not.toMatch(/'self'|_freehold|localhost:\d+\/? /);
		}
		// a worker's policy is its script's
		expect(await connect({ ...asPart, "Sec-Fetch-Dest": "worker", Cookie: people.Cookie }, "/app.js")).not.toContain(
			"'self'",
		);
	});

	test("a framed visitor's browser has no room for a planted session", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const [set = ""] = (await get(label, "/", inFrame)).headers.getSetCookie();
		expect(set).toMatch(
			/^__Host-Http-freehold_app=none; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=None; Partitioned$/,
		);
		const cookie = await host.openSession(label, owner);
		expect((await get(label, "/", { ...inFrame, Cookie: cookie })).headers.getSetCookie()).toEqual([]);
		expect((await get(label, "/")).headers.getSetCookie()).toEqual([]);
	});

	test("opens with /_freehold/open in a frame only", async () => {
		const label = await host.makeApp({ files });
		expect((await get(label, "/_freehold/open", inFrame)).status).toBe(200);
		expect((await get(label, "/_freehold/open")).status).toBe(403);
	});
});

describe("hosts", () => {
	test("every name but the one of an app is the same 404", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const bodies = new Set<string>();
		for (const name of [
			hostOf(makeLabel()),
			`xn--${label}.us-east.apps.localhost`,
			`a.${label}.us-east.apps.localhost`,
			`${label}x.us-east.apps.localhost`,
		]) {
			const response = await host.request(name, "/");
			expect(response.status, name).toBe(404);
			expectSafe(response, name);
			bodies.add(await response.text());
		}
		expect(bodies.size).toBe(1);
		expect((await host.request(`${label.toUpperCase()}.US-EAST.apps.localhost`, "/")).status).toBe(200);
	});

	test("refuses service workers everywhere", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		for (const headers of [{ "Service-Worker": "script" }, { "Sec-Fetch-Dest": "serviceworker" }] as Record<
			string,
			string
		>[]) {
			for (const path of ["/app.js", "/", "/_freehold/lib/none.js"]) {
				expect((await host.request(hostOf(label), path, { headers })).status).toBe(403);
			}
		}
	});

	test("says on any host that it is well", async () => {
		const health = await host.request(hostOf(makeLabel()), "/healthz");
		expect([health.status, await health.json()]).toEqual([
			200,
			{ ok: true, worker: "sandbox-host", region: "us-east" },
		]);
	});
});

describe("deployment", () => {
	test("replaces what is served whole, and forgets older packs", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		await host.deployFiles(label, { "app.js": "two" });
		const cookie = await host.openSession(label, owner);
		const part = { ...asPart, Cookie: cookie };
		expect(await (await get(label, "/app.js", part)).text()).toBe("two");
		expect((await get(label, "/styles.css", part)).status).toBe(404);
		await host.deployFiles(label, { "app.js": "three" });
		await host.deployFiles(label, { "app.js": "four" });
		expect(await host.packsOf(label)).toHaveLength(2);
	});

	test("by two at once leaves one of them whole", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const texts = Array.from({ length: 6 }, (_, at) => `// version ${at}`);
		const done = await Promise.all(texts.map((text) => host.deployFiles(label, { "app.js": text })));
		expect(done).toEqual(texts.map(() => ({ ok: true, value: null })));
		const cookie = await host.openSession(label, owner);
		const served = await get(label, "/app.js", { ...asPart, Cookie: cookie });
		expect(texts).toContain(await served.text());
	});

	test("is refused for labels nobody provisioned, and nothing comes into being", async () => {
		const label = makeLabel();
		expect(await host.deployFiles(label, files)).toEqual({ ok: false, reason: "unknown_label" });
		expect(await host.rpc("ACCESS", "setAudience", label, "public")).toEqual({ ok: false, reason: "unknown_label" });
		expect(await host.rpc("DEPLOY", "retire", label)).toEqual({ ok: false, reason: "unknown_label" });
		expect(await host.rpc("DEPLOY", "retire", "../x")).toEqual({ ok: false, reason: "invalid" });
		await get(label, "/", inFrame);
		await host.ask(label, "/_freehold/api/data", "", { op: "storageAll" });
		expect(await host.objectIds()).not.toContain(await host.objectIdOf(label));
	});

	test("a label belongs to one app and kind", async () => {
		const label = makeLabel();
		const config = { owner: makeId("owner"), appId: makeId("app"), kind: "draft" };
		expect(await host.rpc("DEPLOY", "provision", label, config)).toEqual({ ok: true, value: null });
		expect(await host.rpc("DEPLOY", "provision", label, config)).toEqual({ ok: true, value: null });
		expect(await host.objectIds()).toContain(await host.objectIdOf(label));
		for (const other of [
			{ ...config, owner: makeId("owner") },
			{ ...config, appId: makeId("app") },
			{ ...config, kind: "live" },
		]) {
			expect(await host.rpc("DEPLOY", "provision", label, other)).toEqual({ ok: false, reason: "taken" });
		}
		expect(await host.rpc("ACCESS", "setAudience", label, "public")).toEqual({ ok: false, reason: "invalid" });
		expect((await get(label, "/", { ...ownFrame, Cookie: await host.openSession(label, owner) })).status).toBe(404);
	});

	test("cookies that are not ours are answered with their deletion, on every domain an app could have set them for", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const answer = await get(label, "/", {
			Cookie: "tossed=1; __Host-Http-freehold_app=x; bare; __Host-freehold_app=old",
		});
		const lines = answer.headers.getSetCookie();
		for (const name of ["tossed", "", "__Host-freehold_app"]) {
			expect(lines).toContain(`${name}=; Path=/; Max-Age=0; Secure`);
			expect(lines).toContain(`${name}=; Domain=us-east.apps.localhost; Path=/; Max-Age=0; Secure`);
			expect(lines).toContain(`${name}=; Domain=apps.localhost; Path=/; Max-Age=0; Secure`);
		}
		expect(lines.some((line) => line.startsWith("__Host-Http-"))).toBe(false);
	});

	test("after retiring, everything is gone for good", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		const cookie = await host.openSession(label, owner);
		await host.ask(label, "/_freehold/api/data", cookie, { op: "add", collection: "notes", value: { a: 1 } });
		expect(await host.rpc("DEPLOY", "retire", label)).toEqual({ ok: true, value: null });
		expect(await host.packsOf(label)).toEqual([]);
		const withSession = await get(label, "/", { ...ownFrame, Cookie: cookie });
		expect([withSession.status, withSession.headers.get("Clear-Site-Data")]).toEqual([410, '"cache", "storage"']);
		expectSafe(withSession);
		// by name: "cookies" would take the siblings' along
		expect(
			withSession.headers.getSetCookie().filter((line) => line.startsWith("__Host-Http-freehold_app=;")),
		).toHaveLength(2);
		expect((await host.ask(label, "/_freehold/api/data", cookie, { op: "list", collection: "notes" })).status).toBe(
			410,
		);
		expect(await host.deployFiles(label, files)).toEqual({ ok: false, reason: "retired" });
		const config = { owner: makeId("owner"), appId: makeId("app"), kind: "live" };
		expect(await host.rpc("DEPLOY", "provision", label, config)).toEqual({ ok: false, reason: "retired" });
	});

	test.each([
		{ app: true, owner: false },
		{ app: false, owner: true },
	])("a blocked app is not served to anyone (%o)", async (blocked) => {
		const label = await host.makeApp({ files, audience: "public" });
		const cookie = await host.openSession(label, owner);
		await host.setBlocked(label, blocked);
		const framed = await get(label, "/", { ...ownFrame, Cookie: cookie });
		expect(framed.status).toBe(403);
		expect((await host.ask(label, "/_freehold/api/data", cookie, { op: "list", collection: "notes" })).status).toBe(
			403,
		);
		expect((await get(label, "/", inFrame)).status).toBe(403);
		// nothing that the studio can say lifts it
		for (const audience of ["private", "public"]) await host.rpc("ACCESS", "setAudience", label, audience);
		await host.deployFiles(label, files);
		expect((await get(label, "/", inFrame)).status).toBe(403);
	});

	test("lifting a block opens no more than the owner has open now", async () => {
		const label = await host.makeApp({ files, audience: "public" });
		await host.setBlocked(label, { app: true, owner: false });
		await host.rpc("ACCESS", "setAudience", label, "private");
		await host.setBlocked(label, { app: false, owner: false });
		expect((await get(label, "/", inFrame)).status).not.toBe(200);
		const other = await host.makeApp({ files, audience: "public" });
		await host.setBlocked(other, { app: true, owner: true });
		await host.setBlocked(other, { app: true, owner: false });
		expect((await get(other, "/", inFrame)).status).toBe(403);
		await host.setBlocked(other, { app: false, owner: false });
		expect((await get(other, "/", inFrame)).status).toBe(200);
	});
});
