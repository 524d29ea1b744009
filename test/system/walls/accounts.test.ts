// What protects every answer of the studio, the front door and the app origins in a browser. Signing in, sessions, enumeration and
// brute force are in test/system/identity*.test.ts; what a copy of the directory is worth to a thief in directory-dump.test.ts.
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { parse } from "parse5";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../../scripts/local-host/workers.ts";
import { makePkce } from "../../support/app-host.ts";
import { type Answer, type Client, makeClient, signUpPerson, waitForBuild } from "../../support/client.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { callAppOrigin, openAppSession } from "./app-page.ts";

let host: TestHost;
let ada: Client & { email: string };
let appId: string;
let draftOrigin: string;

beforeAll(async () => {
	host = await startTestHost();
	ada = await signUpPerson(host, "us-east");
	const made = await ada.call("/api/apps", {
		method: "POST",
		body: { prompt: "A reading list with title and author" },
	});
	appId = made.json.appId;
	await waitForBuild(ada, appId, made.json.buildId);
	draftOrigin = (await ada.call(`/api/apps/${appId}`)).json.draftOrigin;
	const { versionId } = (await ada.call(`/api/apps/${appId}/publish`)).json;
	await ada.call(`/api/apps/${appId}/publish`, {
		method: "POST",
		body: { versionId, audience: "people", reviewed: true },
	});
});
afterAll(() => host?.close());

const pagesOfStudio = () => [
	...[
		"/",
		"/sign-in",
		"/sign-up",
		"/forgot",
		"/verify",
		"/reset",
		"/email",
		"/invitation",
		"/discover",
		"/s",
		"/nothing-here",
	],
	...["/apps", "/apps/new", "/history", "/credits", "/models", "/account"],
	...[`/apps/${appId}`, `/apps/${appId}/share`, `/apps/${appId}/sent`, `/view/${appId}`, `/s/${"a".repeat(26)}`],
	...["/apps/nothing", "/view/nothing", "/s/nothing", "/assets/0/nothing.js", "/healthz"],
];

const policyOf = (answer: Pick<Answer, "headers">): Map<string, string> =>
	new Map(
		String(answer.headers["content-security-policy"])
			.split(";")
			.map((part) => part.trim().split(/ (.*)/s) as [string, string]),
	);

function expectWalls(answer: Answer, what: string): void {
	const policy = policyOf(answer);
	expect(policy.get("default-src"), what).toBe("'none'");
	expect(policy.get("script-src"), what).toBe("'self'");
	expect(policy.get("style-src"), what).toBe("'self'");
	expect(policy.get("frame-ancestors"), what).toBe("'none'");
	expect(policy.get("base-uri"), what).toBe("'none'");
	expect(policy.get("require-trusted-types-for"), what).toBe("'script'");
	expect(answer.headers["content-security-policy"], what).not.toMatch(
		/unsafe|\*|https?:(?!\/\/[a-z2-7]{26}\.)|object-src(?! 'none')/,
	);
	expect(answer.headers["x-frame-options"], what).toBe("DENY");
	expect(answer.headers["x-content-type-options"], what).toBe("nosniff");
	expect(answer.headers["referrer-policy"], what).toBe("no-referrer");
	expect(answer.headers["cross-origin-opener-policy"], what).toBe("same-origin");
	expect(answer.headers["cross-origin-resource-policy"], what).toBe("same-origin");
	expect(
		Object.keys(answer.headers).filter((name) => name.startsWith("access-control-")),
		what,
	).toEqual([]);
	expectCookies(answer, what);
}

function expectCookies(answer: Pick<Answer, "headers">, what: string): void {
	for (const cookie of [answer.headers["set-cookie"] ?? []].flat()) {
		expect(cookie, what).toMatch(/^(__Host-[a-z_]+|freehold_region)=/);
		expect(cookie, what).not.toMatch(/; Domain=/i);
		expect(cookie, what).toMatch(/; Secure/);
		// a cookie that is being removed has nothing to read
		if (/^[^=]+=;/.test(cookie)) continue;
		expect(cookie, what).toMatch(/; HttpOnly/);
		expect(cookie, what).toMatch(/; Path=\/(;|$)/);
		expect(cookie, what).toMatch(/; SameSite=(Lax|None; Partitioned)/);
	}
}

interface Node {
	nodeName: string;
	attrs?: { name: string; value: string }[];
	childNodes?: Node[];
}

/** Everything in a page that a strict policy would have to allow inline. */
function inlineCode(html: string): string[] {
	const found: string[] = [];
	const visit = (node: Node): void => {
		const attribute = (name: string) => node.attrs?.find((attr) => attr.name === name)?.value;
		if (node.nodeName === "script" && !attribute("src") && attribute("type") !== "application/json")
			found.push("script");
		if (node.nodeName === "style") found.push("style");
		for (const { name, value } of node.attrs ?? []) {
			if (/^on/.test(name) || name === "style" || name === "srcdoc") found.push(`${node.nodeName} ${name}`);
			if (/^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value))
				found.push(`${name} ${value}`);
			if (
				/^(src|action|formaction)$/.test(name) &&
				/^(https?:)?\/\//.test(value) &&
				!/^http:\/\/[a-z2-7]{26}\.[a-z-]+\.apps\.localhost:\d+\/?/.test(value)
			)
				found.push(`${name} ${value}`);
		}
		for (const child of node.childNodes ?? []) visit(child);
	};
	visit(parse(html) as unknown as Node);
	return found;
}

describe("every page of the studio", () => {
	it("has a strict policy, cannot be framed, and has nothing inline, signed in or not", async () => {
		let pages = 0;
		for (const client of [ada, makeClient(host, "us-east"), makeClient(host, "eu-west")]) {
			for (const path of pagesOfStudio()) {
				const answer = await client.call(path, { headers: { Accept: "text/html" } });
				expectWalls(answer, path);
				if (!path.startsWith("/assets/")) expect(answer.headers["cache-control"], path).toBe("no-store");
				if (String(answer.headers["content-type"]).startsWith("text/html")) {
					expect(inlineCode(answer.text), path).toEqual([]);
					pages++;
				}
			}
		}
		expect(pages).toBeGreaterThan(30);
	});

	it("frames exactly the one app that it shows, and no other page frames anything", async () => {
		const { liveOrigin } = (await ada.call(`/api/apps/${appId}`)).json;
		const frames = new Map([
			[`/apps/${appId}`, draftOrigin],
			[`/view/${appId}`, liveOrigin],
			[`/s/${"a".repeat(26)}`, `http://${"a".repeat(26)}.us-east.apps.localhost:${host.port}`],
		]);
		for (const path of pagesOfStudio()) {
			const answer = await ada.call(path, { headers: { Accept: "text/html" } });
			expect(policyOf(answer).get("frame-src"), path).toBe(frames.get(path) ?? "'none'");
		}
	});

	it("would be caught: the check sees inline code where there is some", () => {
		expect(
			inlineCode(
				'<script>1</script><style>a{}</style><a href="JavaScript:1" onclick="1"></a><p style="x"></p><img src="//evil.example/x"><script src="/a.js"></script>',
			).sort(),
		).toEqual(["a onclick", "href JavaScript:1", "p style", "script", "src //evil.example/x", "style"]);
	});
});

describe("every route of the API", () => {
	it("has the same walls, whatever it answers", async () => {
		const { paths } = (await ada.call("/api/openapi.json")).json as { paths: Record<string, Record<string, unknown>> };
		let routes = 0;
		for (const [path, operations] of Object.entries(paths)) {
			for (const method of Object.keys(operations)) {
				const filled = path.replaceAll(/\{\w+\}/g, `app_${"0".repeat(32)}`);
				const answer = await makeClient(host, "us-east").call(filled, {
					method: method.toUpperCase(),
					...(method === "get" ? {} : { body: {} }),
				});
				expectWalls(answer, `${method} ${path}`);
				expect(answer.headers["cache-control"], path).toMatch(/no-store/);
				routes++;
			}
		}
		expect(routes).toBeGreaterThan(50);
	});

	it("answers no preflight, no foreign origin and no method that it does not know with an open door", async () => {
		for (const [method, path] of [
			["OPTIONS", "/api/account"],
			["OPTIONS", "/api/apps"],
			["TRACE", "/api/account"],
			["PUT", "/api/account"],
			["PROPFIND", "/"],
		] as const) {
			const headers = { Origin: draftOrigin, "Access-Control-Request-Method": "POST" };
			const answer = await ada.call(path, { method, headers });
			expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
			expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
			expect(answer.text).not.toContain(ada.email);
		}
	});
});

describe("the front door", () => {
	it("has the same walls, and remembers a region and nothing else", async () => {
		for (const path of [
			"/",
			"/trust",
			"/healthz",
			"/nothing",
			"/go/us-east/sign-in",
			"/go/us-east/nothing",
			"/go/mars/sign-in",
		]) {
			const answer = await callFrontDoor(path);
			expectWalls(answer, path);
			if (String(answer.headers["content-type"]).startsWith("text/html"))
				expect(inlineCode(answer.text), path).toEqual([]);
		}
		const set = (await callFrontDoor("/go/eu-west/sign-in")).headers["set-cookie"];
		expect(set?.[0]).toMatch(/^freehold_region=eu-west; /);
		expect((await callFrontDoor("/go/us-east/%2F%2Fevil.example")).status).toBe(404);
	});
});

describe("an app's origin", () => {
	it("may be framed by the region's studio only, and its session cookie exists only there", async () => {
		const { verifier, challenge } = makePkce();
		const opened = await ada.call(`/api/apps/${appId}/open`, { method: "POST", body: { kind: "draft", challenge } });
		const { answer, cookie } = await openAppSession(host.port, draftOrigin, opened.json.code, verifier);
		expect(answer.headers["set-cookie"]?.[0]).toMatch(
			/^__Host-Http-freehold_app=[\w-]{43}; Path=\/; Max-Age=\d+; Secure; HttpOnly; SameSite=None; Partitioned$/,
		);
		for (const path of ["/", "/app.js", "/_freehold/open", "/nothing", "/_freehold/api/data", "/healthz"]) {
			for (const headers of [{}, { Cookie: cookie, "Sec-Fetch-Dest": "iframe" }]) {
				const page = await callAppOrigin(host.port, draftOrigin, path, { headers });
				const policy = policyOf(page);
				expect(policy.get("frame-ancestors"), path).toBe(`http://us-east.studio.localhost:${host.port}`);
				expect(policy.has("sandbox"), path).toBe(true);
				expect(
					Object.keys(page.headers).filter((name) => name.startsWith("access-control-")),
					path,
				).toEqual([]);
				// but for what an opening is bound to, which opens nothing by itself
				const opening = (line: string) => line.startsWith("__Host-Http-freehold_open=");
				expect(
					[page.headers["set-cookie"] ?? []].flat().filter((line) => !opening(line)),
					path,
				).toEqual([]);
			}
		}
	});
});

describe("a copy of the directory", () => {
	it("is asked by no statement of the product without a condition, but for what is public", () => {
		const folder = join(root, "db/directory");
		const selects = readdirSync(folder)
			.filter((name) => name.endsWith(".ts") && name !== "listings.ts")
			.flatMap((name) =>
				readFileSync(join(folder, name), "utf8")
					.split(/\.select(?:Distinct)?\(/)
					.slice(1)
					.map((text) => ({ name, text: text.split(/;\n|\n\n/)[0] ?? "" })),
			)
			.filter(({ text }) => text.includes(".from("));
		expect(selects.length).toBeGreaterThan(10);
		for (const { name, text } of selects) expect(text, name).toMatch(/\.where\(/);
	});
});

function callFrontDoor(path: string): Promise<Answer> {
	return new Promise((done, refuse) => {
		const headers = { Host: `studio.localhost:${host.port}`, Accept: "text/html" };
		const outgoing = request({ host: "127.0.0.1", port: host.port, path, headers }, async (reply) => {
			const chunks: Buffer[] = [];
			for await (const chunk of reply) chunks.push(chunk as Buffer);
			const text = Buffer.concat(chunks).toString();
			done({ status: reply.statusCode ?? 0, headers: reply.headers, text, json: null });
		});
		outgoing.on("error", refuse);
		outgoing.end();
	});
}
