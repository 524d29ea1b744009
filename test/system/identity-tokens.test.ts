// Every token that a person is handed, against every door that takes one: opens its own and no other, once, for a while, in its
// region, for its account and address. A try at the wrong door neither opens it nor spends it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Region } from "#schema/region.ts";
import { makePkce } from "../support/app-host.ts";
import { type Answer, type Client, makeClient, password, signUpPerson, waitForBuild } from "../support/client.ts";
import { lastMailTo, startTestHost, type TestHost } from "../support/host.ts";
import { openAppSession } from "./walls/app-page.ts";

type Person = Client & { email: string };
const kinds = ["verify", "reset", "email", "invitation", "link", "session", "app code"] as const;
type Kind = (typeof kinds)[number];

let host: TestHost;
let owner: Person;
let appId: string;
let liveOrigin: string;
let count = 0;
const newAddress = () => `token${++count}@example.org`;
const newPassword = "another staple, another battery";
const post = (client: Client, path: string, body: unknown = {}) => client.call(path, { method: "POST", body });
const codeOf = (answer: Answer) => answer.json?.error?.code;
const directoryOf = (region: Region) => host.runtime.getD1Database("DIRECTORY", `freehold-studio-${region}`);

/** A token's doors: what is asked, by whom. The one who asks is always the one it was made for. */
interface Token {
	text: string;
	holder: Client;
	/** For a code of an app: what the browser that asked keeps to itself. */
	verifier?: string;
}

const doors: Record<Kind, (token: Token, region?: Region) => Promise<Answer | { status: number }>> = {
	verify: ({ text }, region = "us-east") =>
		post(makeClient(host, region), "/api/account/verify", { token: text, password }),
	reset: ({ text }, region = "us-east") =>
		post(makeClient(host, region), "/api/account/reset", { token: text, password: newPassword }),
	email: ({ text }, region = "us-east") =>
		post(makeClient(host, region), "/api/account/email/confirm", { token: text }),
	invitation: ({ text, holder }, region = "us-east") =>
		// a token without a holder who is signed in is tried by somebody who is
		post(region === "eu-west" ? abroad : holder.cookie ? holder : owner, "/api/invitations/accept", { token: text }),
	link: ({ text }, region = "us-east") => post(makeClient(host, region), "/api/links/peek", { token: text }),
	session: ({ text }, region = "us-east") =>
		makeClient(host, region, `__Host-freehold_session=${text}`).call("/api/account"),
	"app code": async ({ text, verifier }, region = "us-east") => {
		const origin = region === "us-east" ? liveOrigin : liveOrigin.replace("us-east", "eu-west");
		return (await openAppSession(host.port, origin, text, verifier ?? makePkce().verifier)).answer;
	},
};
const isRefused = (kind: Kind, { status }: { status: number }) =>
	kind === "session" ? status === 401 : kind === "app code" ? [400, 404, 410].includes(status) : status === 410;

let abroad: Person;

/** The token of the newest mail to an address, once there is another than `seen`. */
async function mailedToken(to: string, page: string, seen = ""): Promise<string> {
	for (let tries = 0; tries < 200; tries++) {
		const token = lastMailTo(host, to)?.match(new RegExp(`${page}#token=([\\w-]+)`))?.[1];
		if (token && token !== seen) return token;
		await new Promise((resume) => setTimeout(resume, 50));
	}
	throw new Error(`no mail with a link to ${page}`);
}

/** Counts of tries are not what is tested here. */
const forgetCounts = async () => {
	for (const region of ["us-east", "eu-west"] as const)
		await (await directoryOf(region)).prepare("DELETE FROM rate_limits").run();
};

async function invite(email: string, role: "viewer" | "editor", seen = ""): Promise<string> {
	const invited = await post(owner, `/api/apps/${appId}/invitations`, { email, role, scope: "app" });
	expect(invited.status, invited.text).toBe(201);
	return mailedToken(email, "/invitation", seen);
}

async function forgot(email: string, seen = ""): Promise<string> {
	expect((await post(makeClient(host, "us-east"), "/api/account/forgot", { email })).status).toBe(202);
	return mailedToken(email, "/reset", seen);
}

async function askForAddress(person: Client, email: string, seen = ""): Promise<string> {
	expect((await post(person, "/api/account/email", { email, password })).status).toBe(202);
	return mailedToken(email, "/email", seen);
}

async function signUpPending(email: string): Promise<string> {
	const form = { name: "Ada", email, password, sawNotYet: true };
	expect((await post(makeClient(host, "us-east"), "/api/account/sign-up", form)).status).toBe(202);
	return mailedToken(email, "/verify");
}

const makers: Record<Kind, () => Promise<Token>> = {
	verify: async () => ({ text: await signUpPending(newAddress()), holder: makeClient(host, "us-east") }),
	reset: async () => {
		const holder = await signUpPerson(host, "us-east");
		return { text: await forgot(holder.email), holder };
	},
	email: async () => {
		const holder = await signUpPerson(host, "us-east");
		return { text: await askForAddress(holder, newAddress()), holder };
	},
	invitation: async () => {
		const holder = await signUpPerson(host, "us-east");
		return { text: await invite(holder.email, "viewer"), holder };
	},
	link: async () => {
		const { json } = await post(owner, `/api/apps/${appId}/links`, { days: 7 });
		return { text: new URL(json.url).hash.replace("#token=", ""), holder: makeClient(host, "us-east") };
	},
	session: async () => {
		const holder = await signUpPerson(host, "us-east");
		return { text: holder.cookie?.split("=")[1] ?? "", holder };
	},
	"app code": async () => {
		const { verifier, challenge } = makePkce();
		const { json } = await post(owner, `/api/apps/${appId}/open`, { kind: "live", challenge });
		return { text: json.code, holder: owner, verifier };
	},
};

beforeAll(async () => {
	host = await startTestHost();
	owner = await signUpPerson(host, "us-east", "Olga");
	abroad = await signUpPerson(host, "eu-west", "Elke");
	await host.operate({ command: "set-plan", region: "us-east", who: owner.email, plan: "studio" });
	const made = (await post(owner, "/api/apps", { prompt: "A list of books" })).json;
	appId = made.appId;
	await waitForBuild(owner, appId, made.buildId);
	const { versionId } = (await owner.call(`/api/apps/${appId}/publish`)).json;
	await post(owner, `/api/apps/${appId}/publish`, { versionId, audience: "people", reviewed: true });
	liveOrigin = (await owner.call(`/api/apps/${appId}`)).json.liveOrigin;
});
afterAll(() => host?.close());

describe.each(kinds)("the token of: %s", (kind) => {
	it("opens no other door and none of the other region, and then its own", async () => {
		const token = await makers[kind]();
		// 192 random bits or more
		expect(token.text.length).toBeGreaterThanOrEqual(32);
		for (const door of kinds.filter((other) => other !== kind)) {
			await forgetCounts();
			const answer = await doors[door](token);
			expect(isRefused(door, answer), `${door} answered ${answer.status}`).toBe(true);
		}
		const elsewhere = await doors[kind](token, "eu-west");
		expect(isRefused(kind, elsewhere), `the other region answered ${elsewhere.status}`).toBe(true);
		expect((await doors[kind](token)).status).toBe(200);
	});
});

describe.each(["verify", "reset", "email", "invitation", "app code"] as const)("%s", (kind) => {
	it("is spent by one of four who come at the same time, and then for everybody", async () => {
		const token = await makers[kind]();
		const answers = await Promise.all(Array.from({ length: 4 }, () => doors[kind](token)));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(answers.filter((answer) => isRefused(kind, answer))).toHaveLength(3);
		expect(isRefused(kind, await doors[kind](token))).toBe(true);
	});
});

describe("a token lives", () => {
	const minute = 60_000;
	it.each([
		["verify", "verifications", 24 * 60 * minute],
		["reset", "verifications", 60 * minute],
		["email", "verifications", 60 * minute],
		["invitation", "invitations", 7 * 24 * 60 * minute],
		["link", "links", 7 * 24 * 60 * minute],
		["session", "sessions", 30 * 24 * 60 * minute],
	] as const)("%s: as long as it says, and is refused when that has passed", async (kind, table, ttlMs) => {
		const db = await directoryOf("us-east");
		const before = Date.now();
		const token = await makers[kind]();
		const row = await db
			.prepare(`SELECT max(expires_at) AS latest FROM ${table} WHERE created_at >= ? AND expires_at <= ?`)
			.bind(before, Date.now() + ttlMs)
			.first<{ latest: number }>();
		expect(row?.latest).toBeGreaterThan(before + ttlMs - minute);
		// as if its time had passed: every row of this table that this test made
		await db
			.prepare(`UPDATE ${table} SET expires_at = ? WHERE created_at >= ?`)
			.bind(Date.now() - 1, before)
			.run();
		expect(isRefused(kind, await doors[kind](token))).toBe(true);
	});
});

describe("a token is bound to what was true when it was made", () => {
	it("a reset ends with a change of the address it was mailed to", async () => {
		const person = await signUpPerson(host, "us-east");
		const reset = await forgot(person.email);
		const next = newAddress();
		const change = await askForAddress(person, next);
		expect((await post(makeClient(host, "us-east"), "/api/account/email/confirm", { token: change })).status).toBe(200);
		const tried = await post(makeClient(host, "us-east"), "/api/account/reset", {
			token: reset,
			password: newPassword,
		});
		expect(codeOf(tried)).toBe("expired");
		const enter = (word: string) =>
			post(makeClient(host, "us-east"), "/api/account/sign-in", { email: next, password: word });
		expect((await enter(newPassword)).status).toBe(401);
		expect((await enter(password)).status).toBe(200);
	});

	it("a change of address ends with a reset, and when the address was taken in the meantime it changes nothing", async () => {
		const [person, other] = [await signUpPerson(host, "us-east"), await signUpPerson(host, "us-east")];
		const [one, taken] = [await askForAddress(person, newAddress()), newAddress()];
		const two = await askForAddress(other, taken);
		await post(makeClient(host, "us-east"), "/api/account/reset", {
			token: await forgot(person.email),
			password: newPassword,
		});
		expect(codeOf(await post(person, "/api/account/email/confirm", { token: one }))).toBe("expired");
		const verify = await signUpPending(taken);
		expect((await post(makeClient(host, "us-east"), "/api/account/verify", { token: verify, password })).status).toBe(
			200,
		);
		expect(codeOf(await post(other, "/api/account/email/confirm", { token: two }))).toBe("conflict");
		expect((await other.call("/api/account")).json.email).toBe(other.email);
	});

	it("an invitation is for who has its address now, not for who had it", async () => {
		const person = await signUpPerson(host, "us-east");
		const [next, token] = [newAddress(), await invite(person.email, "viewer")];
		const change = await askForAddress(person, next);
		await post(person, "/api/account/email/confirm", { token: change });
		expect(codeOf(await post(person, "/api/invitations/accept", { token }))).toBe("expired");
		const again = await invite(next, "viewer");
		expect((await post(person, "/api/invitations/accept", { token: again })).status).toBe(200);
	});

	it("nothing of an account that is gone opens, and nothing fails", async () => {
		const [person, pending] = [await signUpPerson(host, "us-east"), newAddress()];
		const tokens = {
			verify: await signUpPending(pending),
			reset: await forgot(person.email),
			"email/confirm": await askForAddress(person, newAddress()),
		};
		const id = (await person.call("/api/account")).json.id;
		const db = await directoryOf("us-east");
		// nothing deletes accounts yet
		await db.prepare("DELETE FROM accounts WHERE id = ? OR (email_verified = 0 AND created_at > ?)").bind(id, 0).run();
		for (const [door, token] of Object.entries(tokens)) {
			const body = { token, ...(door === "email/confirm" ? {} : { password: newPassword }) };
			expect([door, codeOf(await post(makeClient(host, "us-east"), `/api/account/${door}`, body))]).toEqual([
				door,
				"expired",
			]);
		}
		expect((await person.call("/api/account")).status).toBe(401);
	});
});

describe("a newer token", () => {
	it("of a change of address ends the older: an address mistyped first cannot take the account", async () => {
		const person = await signUpPerson(host, "us-east");
		const [mistyped, meant] = [newAddress(), newAddress()];
		const older = await askForAddress(person, mistyped);
		const newer = await askForAddress(person, meant);
		expect(codeOf(await post(makeClient(host, "us-east"), "/api/account/email/confirm", { token: older }))).toBe(
			"expired",
		);
		expect((await person.call("/api/account")).json.email).toBe(person.email);
		expect((await post(makeClient(host, "us-east"), "/api/account/email/confirm", { token: newer })).status).toBe(200);
		expect((await person.call("/api/account")).json.email).toBe(meant);
	});

	it("of a change of address leaves another person's alone", async () => {
		const [one, other] = [await signUpPerson(host, "us-east"), await signUpPerson(host, "us-east")];
		const kept = await askForAddress(one, newAddress());
		await askForAddress(other, newAddress());
		expect((await post(one, "/api/account/email/confirm", { token: kept })).status).toBe(200);
	});

	it("of an invitation ends the older: a role given by mistake is not kept in a mail", async () => {
		const [person, other] = [await signUpPerson(host, "us-east"), await signUpPerson(host, "us-east")];
		const others = await invite(other.email, "editor");
		const older = await invite(person.email, "editor");
		const newer = await invite(person.email, "viewer", older);
		const open = (await owner.call(`/api/apps/${appId}/sharing`)).json.invitations;
		expect(open.filter(({ email }: { email: string }) => email === person.email)).toMatchObject([{ role: "viewer" }]);
		expect(codeOf(await post(person, "/api/invitations/accept", { token: older }))).toBe("expired");
		expect((await post(person, "/api/invitations/accept", { token: newer })).status).toBe(200);
		expect((await person.call(`/api/apps/${appId}`)).json.role).toBe("viewer");
		expect((await post(other, "/api/invitations/accept", { token: others })).status).toBe(200);
	});

	it("that a stranger can ask for does not end the one that a person waits for", async () => {
		const person = await signUpPerson(host, "us-east");
		const mine = await forgot(person.email);
		await forgot(person.email, mine);
		const used = await post(makeClient(host, "us-east"), "/api/account/reset", { token: mine, password: newPassword });
		expect(used.status).toBe(200);
	});
});
