// The edge of the local host, tried by the code of a generated app in Chromium: forged routing headers, other hosts, the runtime's own
// endpoints, and the studio's API with the person's credentials. The same is tried once from a page that the browser does not
// confine, so that the listener is seen to refuse it too, and not only the policy of the app's page.
import type { Browser, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { type ForeignHost, startForeignHost } from "../support/foreign-host.ts";
import { startTestHost, studioHost, type TestHost } from "../support/host.ts";

interface Attempt {
	name: string;
	url: string;
	headers?: Record<string, string>;
	method?: string;
	body?: string;
	mode?: "no-cors";
}

let host: TestHost;
let foreign: ForeignHost;
let browser: Browser;
let ada: Client;
let page: Page;
let app: Frame;
let appOrigin: string;
let appId: string;

beforeAll(async () => {
	[host, foreign, browser] = await Promise.all([startTestHost(), startForeignHost(), launchChromium()]);
	ada = await signUpPerson(host, "us-east", "Ada");
	const made = (await ada.call("/api/apps", { method: "POST", body: { prompt: "A list of plants" } })).json;
	appId = made.appId;
	await waitForBuild(ada, appId, made.buildId);
	appOrigin = (await ada.call(`/api/apps/${appId}`)).json.draftOrigin;
	const studio = host.url(studioHost("us-east"));
	const context = await browser.newContext();
	const value = ada.cookie?.split("=")[1] ?? "";
	await context.addCookies([
		{ name: "__Host-freehold_session", value, url: studio.replace("http:", "https:"), secure: true, httpOnly: true },
	]);
	page = await context.newPage();
	await page.goto(`${studio}/apps/${appId}`);
	await page.frameLocator("iframe").getByRole("button", { name: /^add/i }).first().waitFor();
	const frame = page.frames().find((one) => one.url().startsWith(appOrigin));
	if (!frame) throw new Error("the app's frame is not there");
	app = frame;
});
afterAll(async () => {
	await browser?.close();
	await foreign?.stop();
	await host?.close();
});

/** Makes each request inside a page; answers `refused`, or status and text. */
const tryAll = (where: Frame | Page, attempts: Attempt[]): Promise<{ name: string; got: string }[]> =>
	where.evaluate(
		(list) =>
			Promise.all(
				list.map(async ({ name, url, headers, method, body, mode }) => {
					const limit = new AbortController();
					const timer = setTimeout(() => limit.abort(), 8000);
					try {
						const answer = await fetch(url, {
							credentials: "include",
							signal: limit.signal,
							...(headers ? { headers } : {}),
							...(method ? { method } : {}),
							...(body ? { body } : {}),
							...(mode ? { mode } : {}),
						});
						return { name, got: `${answer.status} ${answer.type} ${await answer.text()}` };
					} catch {
						return { name, got: "refused" };
					} finally {
						clearTimeout(timer);
					}
				}),
			),
		attempts,
	);

/** Headers by which the runtime, or an edge in front of it, chooses what answers. */
function forged(studio: string): Record<string, string>[] {
	const name = new URL(studio).host;
	return [
		{ "MF-Route-Override": "freehold-studio-us-east" },
		{ "MF-Route-Override": "freehold-vault-us-east" },
		{ "MF-Original-URL": `${studio}/api/apps` },
		{ "MF-Custom-Service": "freehold-vault-us-east" },
		{ "MF-Op": "GET_KEYS", "MF-CF-Blob": "{}" },
		{ "X-Forwarded-Host": name, "X-Forwarded-Proto": "https" },
		{ Forwarded: `host=${name}` },
		{ "CF-Connecting-IP": "203.0.113.7", "CF-Worker": "studio", "CF-Ray": "1" },
		{ "CF-EW-Via": "1", "CF-Visitor": '{"scheme":"https"}' },
		{ "X-Original-URL": "/cdn-cgi/mf/reload", "X-Rewrite-URL": "/cdn-cgi/mf/reload" },
	];
}

const edgePaths = [
	"/cdn-cgi/",
	"/cdn-cgi/mf/reload",
	"/cdn-cgi/mf/scheduled",
	"/cdn-cgi/handler/scheduled",
	"/cdn-cgi/trace",
	"/%63dn-cgi/mf/reload",
	"//cdn-cgi/mf/reload",
	"/x/..%2fcdn-cgi/mf/reload",
];

it("is what it was for an app that forges the headers which choose a Worker", async () => {
	const studio = host.url(studioHost("us-east"));
	const paths = ["/api/apps", "/healthz", "/"];
	const plain = await tryAll(
		app,
		paths.map((path) => ({ name: path, url: path })),
	);
	for (const headers of forged(studio)) {
		const tried = await tryAll(
			app,
			paths.map((path) => ({ name: path, url: path, headers })),
		);
		expect(tried, JSON.stringify(headers)).toEqual(plain);
	}
	// the control: these answers come from the app's own origin, and none is the studio's
	expect(plain[1]?.got).toContain('"worker":"sandbox-host"');
	expect(plain.map(({ got }) => got).join()).not.toContain(appId);
});

it("has no endpoint of the runtime for an app, in any spelling", async () => {
	for (const { name, got } of await tryAll(
		app,
		edgePaths.map((path) => ({ name: path, url: `${appOrigin}${path}` })),
	)) {
		expect(got, name).toMatch(/^40[04] |^refused$/);
	}
});

it("lets an app reach no other host and nothing of the studio, with credentials or without", async () => {
	const studio = host.url(studioHost("us-east"));
	const hosts = [
		studio,
		host.url(studioHost("eu-west")),
		host.url("studio.localhost"),
		host.url("localhost"),
		host.url("127.0.0.1"),
		host.url("vault.us-east.studio.localhost"),
		host.url("freehold-vault-us-east"),
		appOrigin.replace("us-east", "eu-west"),
		`${appOrigin.replace(".us-east", "a.us-east")}`,
		foreign.origin,
	];
	const attempts = hosts.flatMap((origin): Attempt[] => [
		{ name: `${origin} get`, url: `${origin}/api/apps` },
		{ name: `${origin} opaque`, url: `${origin}/api/apps`, mode: "no-cors" },
		{ name: `${origin} outbox`, url: `${origin}/dev/outbox.json` },
		{ name: `${origin} edge`, url: `${origin}/cdn-cgi/mf/reload` },
		{
			name: `${origin} post`,
			url: `${origin}/api/apps`,
			method: "POST",
			headers: { "Content-Type": "application/json" },
			body: '{"prompt":"An inventory"}',
		},
		{ name: `${origin} simple post`, url: `${origin}/api/apps`, method: "POST", mode: "no-cors", body: "{}" },
	]);
	const got = await tryAll(app, attempts);
	expect(got.filter((one) => one.got !== "refused")).toEqual([]);
	expect(foreign.seen()).toEqual([]);
	expect((await ada.call("/api/apps")).json.apps).toHaveLength(1);
	// the control: the page around the app is signed in, and the same request of its own answers
	const [own] = await tryAll(page, [{ name: "own", url: "/api/apps" }]);
	expect(own?.got).toContain(appId);
});

it("refuses the same from a page that no policy confines, at the listener", async () => {
	const studio = host.url(studioHost("us-east"));
	const context = page.context();
	const free = await context.newPage();
	await free.goto(foreign.origin);
	const attempts = [
		{ name: "apps", url: `${studio}/api/apps` },
		{ name: "routed", url: `${studio}/api/apps`, headers: { "MF-Route-Override": "freehold-vault-us-east" } },
		{ name: "mails", url: `${studio}/dev/outbox.json` },
		...edgePaths.map((path) => ({ name: path, url: `${studio}${path}` })),
	];
	expect((await tryAll(free, attempts)).filter(({ got }) => got !== "refused")).toEqual([]);
	const blind = await tryAll(free, [
		{ name: "blind", url: `${studio}/api/apps`, method: "POST", mode: "no-cors", body: '{"prompt":"An inventory"}' },
	]);
	expect(blind[0]?.got).not.toContain(appId);
	expect((await ada.call("/api/apps")).json.apps).toHaveLength(1);
	// the control: this page may fetch where it is allowed to
	const [allowed] = await tryAll(free, [{ name: "own", url: `${foreign.origin}/here` }]);
	expect(allowed?.got).toContain("here");
	await free.close();
});
