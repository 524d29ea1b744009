// Who may open an app: codes, sessions and removals, asked over HTTP of the real Worker in workerd.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeId, makeLabel } from "#schema/ids.ts";
import type { Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type AppHost, makePkce, startAppHost } from "../../support/app-host.ts";

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
	host.ask(of, "/_freehold/session", "", { code, verifier }, headers);
const look = async (of: string, cookie: string) => (await host.ask(of, "/_freehold/api/viewer", cookie, {})).status;

describe("a code", () => {
	test("becomes a session once, in a cookie that only the app's own page sends", async () => {
		const { verifier, challenge } = makePkce();
		const code = await issue(label, owner, challenge);
		const first = await exchange(label, code, verifier);
		expect(first.status).toBe(200);
		expect(first.headers.get("Set-Cookie")).toMatch(
			/^__Host-freehold_app=[\w-]{43}; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=None; Partitioned$/,
		);
		expect(await first.text()).toBe("{}");
		const second = await exchange(label, code, verifier);
		expect([second.status, second.headers.get("Set-Cookie")]).toEqual([410, null]);
	});

	test("is useless without the verifier of the browser that asked, and spent by a wrong try", async () => {
		const mine = makePkce();
		const code = await issue(label, owner, mine.challenge);
		expect((await exchange(label, code, makePkce().verifier)).status).toBe(410);
		expect((await exchange(label, code, mine.verifier)).status).toBe(410);
		// the challenge itself must not do for the verifier (the "plain" method of RFC 7636)
		const again = await issue(label, owner, mine.challenge);
		expect((await exchange(label, again, mine.challenge)).status).toBe(410);
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
		const read = await host.request(
			`${label}.us-east.apps.localhost`,
			`/_freehold/session?code=${code}&verifier=${verifier}`,
		);
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
	expect(await look(label, `__Host-freehold_app=${"A".repeat(43)}`)).toBe(401);
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
