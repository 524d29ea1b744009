// Who may open an app: codes, sessions and removals, asked over HTTP of the real Worker in workerd.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeId, makeLabel } from "#schema/ids.ts";
import type { Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, makePkce, openingCookieOf, startAppHost } from "../../support/app-host.ts";

let host: AppHost;
let label: string;
beforeAll(async () => {
	host = await startAppHost();
	label = await host.makeApp({ files: { "app.js": "export default () => null;" } });
});
afterAll(() => host?.stop());

const person = (role: Viewer["role"], name: string): Viewer => ({
	role,
	accountId: makeId("account"),
	linkId: null,
	name,
});
const owner = person("owner", "Ada");
const byLink: Viewer = { role: "visitor", accountId: null, linkId: "lnk_a", name: "Guest" };

const issue = async (of: string, viewer: Viewer, challenge: string) => {
	const issued = await host.rpc<Result<{ code: string }>>("ACCESS", "issueCode", of, viewer, challenge);
	if (!issued.ok) throw new Error(issued.reason);
	return issued.value.code;
};
const exchange = (of: string, code: string, verifier: string, headers: Record<string, string> = {}) =>
	host.ask(of, "/_freehold/session", openingCookieOf(verifier), { code }, headers);
const look = async (of: string, cookie: string) => (await host.ask(of, "/_freehold/api/viewer", cookie, {})).status;

describe("a code", () => {
	test("becomes a session once, in a cookie that only the app's own page sends", async () => {
		const { verifier, challenge } = makePkce();
		const code = await issue(label, owner, challenge);
		const first = await exchange(label, code, verifier);
		expect(first.status).toBe(200);
		expect(first.headers.get("Set-Cookie")).toMatch(
			/^__Host-Http-freehold_app=[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=None; Partitioned$/,
		);
		expect(await first.text()).toBe("{}");
		const second = await exchange(label, code, verifier);
		expect([second.status, second.headers.get("Set-Cookie")]).toEqual([410, null]);
	});

	test("is useless without the secret of the browser that asked, and not spent by anybody else's try", async () => {
		const mine = makePkce();
		const code = await issue(label, owner, mine.challenge);
		expect((await exchange(label, code, makePkce().verifier)).status).toBe(410);
		// the challenge itself must not do for the secret (the "plain" method of RFC 7636)
		expect((await exchange(label, code, mine.challenge)).status).toBe(410);
		// without the cookie nothing is looked up at all
		expect((await host.ask(label, "/_freehold/session", "", { code })).status).toBe(401);
		// a page that could spend codes could tell its owner something by which it spends
		expect((await exchange(label, code, mine.verifier)).status).toBe(200);
	});

	test("is bound to a secret that only a frame's document gets, and no script reads", async () => {
		const open = (dest: string, cookie = "") =>
			host.request(`${label}.us-east.apps.localhost`, "/_freehold/open", {
				headers: { "Sec-Fetch-Dest": dest, "Sec-Fetch-Site": "cross-site", Cookie: cookie },
			});
		for (const dest of ["empty", "document", "script", "image", "worker"]) {
			expect((await open(dest)).headers.getSetCookie(), dest).toEqual([]);
		}
		const page = await open("iframe");
		const [set = ""] = page.headers.getSetCookie();
		const secret =
			/^__Host-Http-freehold_open=([\w-]{43}); Path=\/; Max-Age=120; Secure; HttpOnly; SameSite=None; Partitioned$/.exec(
				set,
			)?.[1];
		const challenge = /name="freehold-challenge" content="([\w-]{43})"/.exec(await page.text())?.[1];
		if (!secret || !challenge) throw new Error(`no secret or challenge: ${set}`);
		const code = await issue(label, owner, challenge);
		expect((await exchange(label, code, secret)).status).toBe(200);
		// two frames that open at once share the secret, so neither shuts the other out
		const second = await open("iframe", openingCookieOf(secret));
		expect(await second.text()).toContain(challenge);
	});

	test("of one person never uses up another's", async () => {
		const guest = person("viewer", "Greta");
		const mine = makePkce();
		const code = await issue(label, owner, mine.challenge);
		const theirs: { code: string; verifier: string }[] = [];
		for (let count = 0; count < 40; count += 1) {
			const { verifier, challenge } = makePkce();
			theirs.push({ code: await issue(label, guest, challenge), verifier });
		}
		expect((await exchange(label, code, mine.verifier)).status).toBe(200);
		const statuses = [];
		for (const one of theirs) statuses.push((await exchange(label, one.code, one.verifier)).status);
		// the five newest of that person open; older ones made room for them
		expect(statuses).toEqual([...Array(35).fill(410), ...Array(5).fill(200)]);
	});

	test("does not open another app", async () => {
		const other = await host.makeApp({ files: { "app.js": "" } });
		const { verifier, challenge } = makePkce();
		expect((await exchange(other, await issue(label, owner, challenge), verifier)).status).toBe(410);
	});

	test("is taken from the app's own page only", async () => {
		const { verifier, challenge } = makePkce();
		const code = await issue(label, owner, challenge);
		const foreign: Record<string, string>[] = [
			{ Origin: host.studioOrigin },
			{ Origin: "null" },
			{ Origin: host.appOrigin(makeLabel()) },
			{ "Sec-Fetch-Site": "same-site" },
			{ "Sec-Fetch-Site": "cross-site" },
		];
		for (const headers of foreign) {
			const response = await exchange(label, code, verifier, headers);
			expect([response.status, response.headers.get("Set-Cookie")]).toEqual([403, null]);
			expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
		}
		const form = await exchange(label, code, verifier, { "Content-Type": "text/plain" });
		expect(form.status).toBe(415);
		const read = await host.request(`${label}.us-east.apps.localhost`, `/_freehold/session?code=${code}`);
		expect(read.status).toBe(405);
		expect((await exchange(label, code, verifier)).status).toBe(200);
	});

	test("is not issued for what is not a challenge or a viewer", async () => {
		const { challenge } = makePkce();
		const bad: [unknown, unknown][] = [
			[owner, "short"],
			[owner, null],
			[{ ...owner, role: "admin" }, challenge],
			[{ ...owner, accountId: "x" }, challenge],
			[{ ...owner, extra: 1 }, challenge],
		];
		for (const [viewer, of] of bad) {
			expect(await host.rpc("ACCESS", "issueCode", label, viewer, of)).toEqual({ ok: false, reason: "invalid" });
		}
	});
});

test("a forged or foreign session is none", async () => {
	const other = await host.makeApp({ files: { "app.js": "" } });
	const cookie = await host.openSession(other, owner);
	expect(await look(other, cookie)).toBe(200);
	expect(await look(label, cookie)).toBe(401);
	expect(await look(label, `__Host-Http-freehold_app=${"A".repeat(43)}`)).toBe(401);
	// a name without the prefix is one that a script can set
	expect(await look(other, cookie.replace("__Host-Http-", "__Host-"))).toBe(401);
	expect(await look(other, cookie.replace("__Host-Http-", ""))).toBe(401);
	expect(await look(label, "")).toBe(401);
});

describe("a removal", () => {
	test("counts on the next request and ends open streams, for that person only", async () => {
		const guest = person("editor", "Eve");
		const [mine, theirs] = [await host.openSession(label, owner), await host.openSession(label, guest)];
		const [myEvents, theirEvents] = [await host.openEvents(label, mine), await host.openEvents(label, theirs)];
		expect([myEvents.status, theirEvents.status]).toEqual([200, 200]);
		expect(await host.rpc("ACCESS", "revoke", label, { accountId: guest.accountId })).toEqual({
			ok: true,
			value: null,
		});
		await theirEvents.ended;
		expect(theirEvents.text()).toContain("event: end");
		expect(await look(label, theirs)).toBe(401);
		expect((await host.openEvents(label, theirs)).status).toBe(401);
		expect(await look(label, mine)).toBe(200);
		await host.ask(label, "/_freehold/api/data", mine, { op: "add", collection: "notes", value: { a: 1 } });
		await expect.poll(() => myEvents.text()).toContain('{"type":"data","collection":"notes"}');
		expect(theirEvents.text()).not.toContain("notes");
		myEvents.close();
	});

	test("takes back codes that are on their way", async () => {
		const guest = person("viewer", "Vic");
		const { verifier, challenge } = makePkce();
		const code = await issue(label, guest, challenge);
		await host.rpc("ACCESS", "revoke", label, { accountId: guest.accountId });
		expect((await exchange(label, code, verifier)).status).toBe(410);
	});

	test("of a link ends everyone who came by it, and nobody else", async () => {
		const otherLink = { ...byLink, linkId: "lnk_b" };
		const cookies = await Promise.all([byLink, byLink, otherLink].map((viewer) => host.openSession(label, viewer)));
		await host.rpc("ACCESS", "revoke", label, { linkId: "lnk_a" });
		expect(await Promise.all(cookies.map((cookie) => look(label, cookie)))).toEqual([401, 401, 200]);
		await host.rpc("ACCESS", "revoke", label, { everyone: true });
		expect(await look(label, cookies[2] ?? "")).toBe(401);
	});

	test("of nobody is refused", async () => {
		for (const who of [{}, { accountId: "x" }, { everyone: false }, null]) {
			expect(await host.rpc("ACCESS", "revoke", label, who)).toEqual({ ok: false, reason: "invalid" });
		}
	});
});

describe("an event stream", () => {
	test("is for pages of this app with a session of a member", async () => {
		const cookie = await host.openSession(label, byLink);
		expect((await host.openEvents(label, cookie)).status).toBe(401);
		expect((await host.openEvents(label, "")).status).toBe(401);
		const mine = await host.openSession(label, owner);
		const foreign = await host.request(`${label}.us-east.apps.localhost`, "/_freehold/api/events", {
			headers: { Cookie: mine, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "empty" },
		});
		expect(foreign.status).toBe(403);
	});

	test("tells of a new version, and does not pile up", async () => {
		const cookie = await host.openSession(label, owner);
		const streams: Awaited<ReturnType<AppHost["openEvents"]>>[] = [];
		for (let at = 0; at < 8; at++) streams.push(await host.openEvents(label, cookie));
		await Promise.all([streams[0]?.ended, streams[1]?.ended]);
		await host.deployFiles(label, { "app.js": "new" });
		await expect.poll(() => streams[7]?.text()).toContain("event: reload");
		expect(streams[0]?.text()).not.toContain("event: reload");
		for (const stream of streams) stream.close();
	});
});
