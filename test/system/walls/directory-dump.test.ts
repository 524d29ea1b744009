// What a copy of the directory is worth to a thief: every value in it that could pass for a token is tried at every door that takes
// one. The counts of tries are forgotten between them, so that a limit cannot hide a door that would have opened.
import { generateKeyPairSync, sign } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canaryOf } from "../../../scripts/scan/forms.ts";
import { searchTexts } from "../../../scripts/scan/state-folder.ts";
import { makePkce } from "../../support/app-host.ts";
import { type Client, makeClient, password, signUpPerson, waitForBuild } from "../../support/client.ts";
import { reportFigures } from "../../support/figures.ts";
import { startTestHost, type TestHost, tokenMailedTo } from "../../support/host.ts";
import { callAppOrigin, openAppSession } from "./app-page.ts";

type Person = Client & { email: string };
let host: TestHost;
let owner: Person;
/** Who was invited, signed in: an invitation opens for nobody else, so the thief is given this much. */
let invited: Person;
let appId: string;
let liveOrigin: string;
let pkce: ReturnType<typeof makePkce>;
let real: Record<"session" | "app session" | "link" | "invitation" | "verify" | "reset" | "email", string>;
let values: Set<string>;
const tables = new Map<string, number>();
const addresses: string[] = [];
const name = "Philippa Quartermaine";

const post = (client: Client, path: string, body: unknown = {}, headers = {}) =>
	client.call(path, { method: "POST", body, headers });
const studio = (cookie: string | null = null) => makeClient(host, "us-east", cookie);
/** It lives for a minute, so it is asked for when it is needed. */
const askForCode = async (): Promise<string> =>
	(await post(owner, `/api/apps/${appId}/open`, { kind: "live", challenge: pkce.challenge })).json.code;
const directory = () => host.runtime.getD1Database("DIRECTORY", "freehold-studio-us-east");

beforeAll(async () => {
	host = await startTestHost();
	owner = await signUpPerson(host, "us-east", name);
	invited = await signUpPerson(host, "us-east", name);
	await host.operate({ command: "set-plan", region: "us-east", who: owner.email, plan: "studio" });
	const made = (await post(owner, "/api/apps", { prompt: "A reading list" })).json;
	appId = made.appId;
	await waitForBuild(owner, appId, made.buildId);
	const { versionId } = (await owner.call(`/api/apps/${appId}/publish`)).json;
	await post(owner, `/api/apps/${appId}/publish`, { versionId, audience: "people", reviewed: true });
	liveOrigin = (await owner.call(`/api/apps/${appId}`)).json.liveOrigin;

	pkce = makePkce();
	const session = await openAppSession(host.port, liveOrigin, await askForCode(), pkce.verifier);
	const link = (await post(owner, `/api/apps/${appId}/links`, { days: 1 })).json.url as string;
	await post(owner, `/api/apps/${appId}/invitations`, { email: invited.email, role: "viewer", scope: "app" });
	const [pending, next] = ["pending-quartermaine@example.org", "next-quartermaine@example.org"];
	await post(studio(), "/api/account/sign-up", { name, email: pending, password, sawNotYet: true });
	const forgetful = await signUpPerson(host, "us-east", name);
	await post(studio(), "/api/account/forgot", { email: forgetful.email });
	const mover = await signUpPerson(host, "us-east", name);
	await post(mover, "/api/account/email", { email: next, password });
	await post(studio(), "/api/account/passkeys/sign-in/options");
	addresses.push(owner.email, invited.email, forgetful.email, mover.email, pending, next);
	real = {
		session: owner.cookie?.split("=")[1] ?? "",
		"app session": session.cookie.split("=")[1] ?? "",
		link: new URL(link).hash.replace("#token=", ""),
		invitation: await tokenMailedTo(host, invited.email, "/invitation"),
		verify: await tokenMailedTo(host, pending, "/verify"),
		reset: await tokenMailedTo(host, forgetful.email, "/reset"),
		email: await tokenMailedTo(host, next, "/email"),
	};

	const db = await directory();
	const { results } = await db
		.prepare(
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
		)
		.all<{ name: string }>();
	values = new Set();
	for (const { name: table } of results) {
		const rows = (await db.prepare(`SELECT * FROM "${table}"`).all()).results;
		tables.set(table, rows.length);
		for (const value of rows.flatMap((row) => Object.values(row))) if (typeof value === "string") values.add(value);
	}
});
afterAll(() => host?.close());

/** A door: what it answers to who has no right token. Anything else, a refusal for too many tries too, fails the test. */
type Door = [name: string, refused: readonly number[], attempt: (token: string) => Promise<{ status: number }>];
const doors: Door[] = [
	["session cookie", [401], (token) => studio(`__Host-freehold_session=${token}`).call("/api/account")],
	["bearer token", [401], (token) => studio().call("/api/account", { headers: { Authorization: `Bearer ${token}` } })],
	["cookie of an app, document", [401], (token) => callApp("/", token, { "Sec-Fetch-Dest": "iframe" })],
	[
		"cookie of an app, data",
		[401],
		(token) => callApp("/_freehold/api/data", token, {}, { op: "list", collection: "a" }),
	],
	[
		"code of an app",
		[400, 404, 410],
		(token) => openAppSession(host.port, liveOrigin, token, pkce.verifier).then(({ answer }) => answer),
	],
	["link, looked at", [410], (token) => post(studio(), "/api/links/peek", { token })],
	["link, opened", [410], (token) => post(studio(), "/api/links/open", { token, challenge: pkce.challenge })],
	["invitation", [410], (token) => post(invited, "/api/invitations/accept", { token })],
	["verify", [410], (token) => post(studio(), "/api/account/verify", { token, password })],
	["reset", [410], (token) => post(studio(), "/api/account/reset", { token, password })],
	["change of address", [410], (token) => post(studio(), "/api/account/email/confirm", { token })],
	[
		"passkey",
		[401],
		(token) =>
			post(studio(`__Host-freehold_passkey=${token}`), "/api/account/passkeys/sign-in", { response: forge(token) }),
	],
];

const callApp = (path: string, token: string, headers: Record<string, string>, body?: unknown) =>
	callAppOrigin(host.port, liveOrigin, path, {
		cookie: `__Host-Http-freehold_app=${token}`,
		headers: { "Sec-Fetch-Site": "same-origin", ...headers },
		...(body ? { body } : {}),
	});

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

/** An assertion in every detail (WebAuthn level 3, §6.3.3), but for the key: credential and challenge are what the thief has. */
function forge(token: string): object {
	const text = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64url");
	const origin = `http://us-east.studio.localhost:${host.port}`;
	const clientData = JSON.stringify({ type: "webauthn.get", challenge: token, origin, crossOrigin: false });
	const authenticatorData = Buffer.concat([Buffer.alloc(32, 7), Buffer.from([0x05, 0, 0, 0, 9])]);
	return {
		id: token,
		rawId: token,
		type: "public-key",
		clientExtensionResults: {},
		response: {
			clientDataJSON: text(clientData),
			authenticatorData: text(authenticatorData),
			signature: text(sign("sha256", authenticatorData, privateKey)),
		},
	};
}

describe("a copy of the directory", () => {
	it("shows no address, name, password or token, in no form that a scan knows", () => {
		const secrets = [...addresses, name, "Quartermaine", password, ...Object.values(real), pkce.verifier];
		const canaries = secrets.map((text, at) => canaryOf(`${at}`, text));
		const { hits } = searchTexts([["the directory", [...values].join("\n")]], canaries);
		expect(hits.map(({ canary, form }) => `${canary} ${form}`)).toEqual([]);
		// there was something to find
		for (const table of [
			"accounts",
			"sessions",
			"credentials",
			"verifications",
			"invitations",
			"links",
			"rate_limits",
		]) {
			expect(tables.get(table), table).toBeGreaterThan(0);
		}
		expect(tables.get("verifications")).toBeGreaterThanOrEqual(4);
	});

	it("opens nothing: every value at every door, whatever the limits", { timeout: 120_000 }, async () => {
		const shaped = [...values].filter((value) => /^[\w.-]{20,200}$/.test(value));
		// what stands behind the prefix of an id is tried by itself too
		const tokens = new Set(
			shaped.flatMap((value) => [value, ...(/^[a-z]+_([\w-]{20,})$/.exec(value)?.slice(1) ?? [])]),
		);
		expect(tokens.size).toBeGreaterThan(50);
		const db = await directory();
		let tries = 0;
		for (const token of tokens) {
			await db.prepare("DELETE FROM rate_limits").run();
			for (const [door, refused, attempt] of doors) {
				const { status } = await attempt(token);
				tries++;
				expect(refused.includes(status), `${door} answered ${status}`).toBe(true);
			}
		}
		reportFigures("copy of the directory", { values: tokens.size, doors: doors.length, tries });
		expect(tries).toBe(tokens.size * doors.length);
	});

	it("and the doors are real: each opens for its own token, after all these tries", async () => {
		await (await directory()).prepare("DELETE FROM rate_limits").run();
		const opened: Record<string, number> = {};
		const mine: Record<string, string> = {
			"session cookie": real.session,
			"cookie of an app, document": real["app session"],
			"cookie of an app, data": real["app session"],
			"code of an app": await askForCode(),
			"link, looked at": real.link,
			"link, opened": real.link,
			invitation: real.invitation,
			verify: real.verify,
			reset: real.reset,
			"change of address": real.email,
		};
		for (const [door, , attempt] of doors) {
			const token = mine[door];
			if (token !== undefined) opened[door] = (await attempt(token)).status;
		}
		expect(opened).toEqual(Object.fromEntries(Object.keys(mine).map((door) => [door, 200])));
		// no door takes a bearer token, and a passkey needs its key: test/browser/passkeys.test.ts signs in with one
		expect(doors.map(([door]) => door).filter((door) => !(door in mine))).toEqual(["bearer token", "passkey"]);
	});
});
