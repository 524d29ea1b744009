// Nobody learns from an answer whether an address has an account: not from what it says, and not from what is done until it is given.
// Compared for a known, an unconfirmed and an unknown address: status, body, names of headers; the statements said to the directory
// and the shards and the calls of other bindings before the answer, in order; how often a password is hashed and sealed values are
// opened. Times are measured by bench/sign-in.ts, as ratios.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import type { Directory, DirectoryKeys } from "#db/directory/handle.ts";
import { openAuth } from "#studio/identity/auth.ts";
import { passwordMatches } from "#studio/identity/credential.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { workHeader } from "../support/recording/wire.ts";
import { type Answer, mailsTo, Person, password, signUpAndVerify, waitForMail } from "./identity-client.ts";
import { type Parts, startParts } from "./identity-parts.ts";

const hashed = vi.hoisted(() => ({ count: 0 }));
// the real one, counted
vi.mock("node:crypto", async (load) => {
	const real = await load<typeof import("node:crypto")>();
	const scrypt = (...args: Parameters<typeof real.scrypt>) => {
		hashed.count++;
		real.scrypt(...args);
	};
	return { ...real, scrypt };
});

let count = 0;
const newAddress = () => `work.${++count}.${crypto.randomUUID().slice(0, 8)}@example.org`;
const wrong = "not the password of anybody";
const kinds = ["known", "unconfirmed", "unknown"] as const;
type Kind = (typeof kinds)[number];
type Body = Record<string, unknown>;

describe("what is done until the answer", () => {
	let host: TestHost;
	let asker: Person;
	beforeAll(async () => {
		host = await startTestHost();
		asker = await signUpAndVerify(host, "us-east", newAddress());
		const { appId } = (await asker.post("/api/apps", { prompt: "A list of plants" })).body as { appId: string };
		invitations = `/api/apps/${appId}/invitations`;
		const account = (await asker.get("/api/account")).body as { email: string };
		await host.operate({ command: "set-plan", region: "us-east", who: account.email, plan: "studio" });
	});
	afterAll(() => host?.close());
	let invitations = "";

	async function addressOf(kind: Kind, secret = password): Promise<string> {
		const email = newAddress();
		if (kind === "known") await signUpAndVerify(host, "us-east", email);
		if (kind === "unconfirmed") {
			const form = { name: "Ada", email, password: secret, sawNotYet: true };
			await new Person(host, "us-east").post("/api/account/sign-up", form);
			await waitForMail(host, email);
		}
		return email;
	}

	async function askWith(path: string, body: Body | undefined, person = new Person(host, "us-east")) {
		// whoever comes first after a start also opens what is kept in memory
		await person.get("/healthz");
		await new Person(host, "us-east").get("/api/account");
		const answer = await person.send("POST", path, body, { [workHeader]: "1" });
		const steps = JSON.parse(String(answer.headers[workHeader])) as string[];
		const done = steps
			// the directory's keys are asked for every three minutes, by whoever comes then
			.filter((step) => !step.startsWith("KEYRING."))
			.map((step) => host.statements.textOf(step.split(" ")[1] ?? "") ?? step);
		return { said: sayings(answer), done };
	}

	const sayings = ({ status, headers, text }: Answer) => ({
		status,
		text: text.replace(/req_[0-9a-f]{32}/, "req"),
		headers: Object.keys(headers).sort(),
	});

	const routes: [string, (email: string) => [string, Body]][] = [
		[
			"sign-up",
			(email) => ["/api/account/sign-up", { name: "Eve", email, password: "a stranger's password", sawNotYet: true }],
		],
		["forgot", (email) => ["/api/account/forgot", { email }]],
		["resend", (email) => ["/api/account/resend", { email }]],
		["sign-in", (email) => ["/api/account/sign-in", { email, password: wrong }]],
	];

	test.each(routes)("%s: the same for a known, an unconfirmed and an unknown address", async (_, route) => {
		const seen = [];
		for (const kind of kinds) {
			const [path, body] = route(await addressOf(kind));
			seen.push(await askWith(path, body));
		}
		const [first, ...others] = seen;
		for (const other of others) expect(other).toEqual(first);
		// it is seen what is done: the tries at least are counted, in one transaction
		const counted = first?.done.join("\n").match(/insert into "rate_limits"/g) ?? [];
		expect(counted.length).toBeGreaterThanOrEqual(2);
		expect(first?.done.filter((step) => step.startsWith("MAIL."))).toEqual([]);
	});

	test("what differs comes after the answer: the mails", async () => {
		const mails: number[] = [];
		for (const kind of kinds) {
			const email = await addressOf(kind);
			const before = mailsTo(host, email).length;
			const { done } = await askWith("/api/account/forgot", { email });
			expect(done.join()).not.toMatch(/MAIL|accounts|verifications/);
			// long enough for a mail that comes on a busy machine, and a while for the one that must not
			const longest = kind === "unknown" ? 40 : 400;
			for (let tries = 0; tries < longest && mailsTo(host, email).length === before; tries++)
				await new Promise((resume) => setTimeout(resume, 25));
			mails.push(mailsTo(host, email).length - before);
		}
		expect(mails).toEqual([1, 1, 0]);
	});

	test("sign-in with the password of one's own sign-up for the address: the same", async () => {
		const own = "the password I signed up with";
		const [known, unconfirmed, unknown] = [
			await addressOf("known"),
			await addressOf("unconfirmed", own),
			await addressOf("unknown"),
		];
		const seen = [];
		for (const email of [known, unconfirmed, unknown])
			seen.push(await askWith("/api/account/sign-in", { email, password: own }));
		const [first, ...others] = seen;
		expect(first?.said.status).toBe(401);
		for (const other of others) expect(other).toEqual(first);
	});

	test("signing in by passkey asks for no address, and its answer names no account", async () => {
		const seen = await Promise.all([0, 1].map(() => askWith("/api/account/passkeys/sign-in/options", undefined)));
		const [one, two] = seen.map(({ said, done }) => ({ ...said, text: "", done }));
		expect(one).toEqual(two);
		for (const { said, done } of seen) {
			expect(JSON.parse(said.text)).not.toHaveProperty("allowCredentials.0");
			expect(done.join()).not.toMatch(/from "(accounts|passkeys|credentials)"/);
		}
	});

	test("a change of address to one that has an account: the same", async () => {
		const seen = [];
		for (const kind of kinds) {
			const email = await addressOf(kind);
			seen.push(await askWith("/api/account/email", { email, password }, asker));
		}
		const [first, ...others] = seen;
		expect(first?.said.status).toBe(202);
		for (const other of others) expect(other).toEqual(first);
	});

	test("an invitation to an address that has an account: the same", async () => {
		const seen = [];
		for (const kind of kinds) {
			const email = await addressOf(kind);
			const { said, done } = await askWith(invitations, { email, role: "viewer", scope: "app" }, asker);
			seen.push({ ...said, text: said.text.replace(email, "address").replace(/inv_\w+|\d{13}/g, "…"), done });
		}
		const [first, ...others] = seen;
		expect(first?.status).toBe(201);
		for (const other of others) expect(other).toEqual(first);
	});
});

describe("passwords and sealed values", () => {
	let parts: Parts;
	const opened = { count: 0 };
	let directory: Directory;
	beforeAll(async () => {
		parts = await startParts();
		const { keys } = parts.directory;
		const counted: DirectoryKeys = {
			...keys,
			seal: (...args) => {
				opened.count++;
				return keys.seal(...args);
			},
			open: (...args) => {
				opened.count++;
				return keys.open(...args);
			},
		};
		directory = { ...parts.directory, keys: counted };
	});
	afterAll(() => parts?.dispose());
	const auth = () => openAuth({ env: parts.env, region: "us-east", directory, address: null });

	async function addressOf(kind: Kind): Promise<string> {
		const email = newAddress();
		if (kind === "unknown") return email;
		await (await auth()).api.signUpEmail({ body: { email, password, name: "Ada" } });
		const account = await findAccountByEmail(parts.directory, email);
		if (account && kind === "known") await updateAccount(parts.directory, account.id, { emailVerified: true });
		return email;
	}

	async function workOf(work: () => Promise<unknown>) {
		[hashed.count, opened.count] = [0, 0];
		const outcome = await work().then(
			() => "done",
			() => "refused",
		);
		return { outcome, hashes: hashed.count, sealed: opened.count };
	}

	test("are worked on as often for any address at sign-in", async () => {
		const seen = [];
		for (const kind of kinds) {
			const email = await addressOf(kind);
			seen.push(await workOf(async () => (await auth()).api.signInEmail({ body: { email, password: wrong } })));
		}
		expect(seen).toEqual(kinds.map(() => ({ outcome: "refused", hashes: 1, sealed: 3 })));
	});

	test("are hashed once at sign-up, also for an address that has an account", async () => {
		for (const kind of kinds) {
			const email = await addressOf(kind);
			const body = { email, password: wrong, name: "Eve" };
			const { hashes } = await workOf(async () => (await auth()).api.signUpEmail({ body }));
			expect([kind, hashes]).toEqual([kind, 1]);
		}
	});

	test("are hashed once to check one's own password, also where there is none", async () => {
		const account = await findAccountByEmail(parts.directory, await addressOf("known"));
		for (const id of [account?.id ?? "acc_", "acc_00000000000000000000000000000000"] as const) {
			const { outcome, hashes } = await workOf(() => passwordMatches(directory, id, wrong));
			expect([outcome, hashes]).toEqual(["done", 1]);
		}
	});
});
