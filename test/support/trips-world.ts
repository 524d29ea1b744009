// A workspace for the table of trips, with as many rows of everything as one asks for. They are planted in the stores, not made by
// people: 200 of each would take minutes.
import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";
import { createAccount, findAccountByEmail } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { createInvitation, useInvitation } from "#db/directory/invitations.ts";
import { createLink } from "#db/directory/links.ts";
import { publishListing } from "#db/directory/listings.ts";
import { logOperatorAction } from "#db/directory/operator-log.ts";
import { createPasskey } from "#db/directory/passkeys.ts";
import { placeOwner } from "#db/directory/placements.ts";
import { createSession } from "#db/directory/sessions.ts";
import type { Scope } from "#db/open.ts";
import { recordApproval, revokeApproval } from "#db/stores/approvals.ts";
import { createApp } from "#db/stores/apps.ts";
import { endBuild, moveBuild, queueBuild } from "#db/stores/builds.ts";
import { addDisclosure } from "#db/stores/disclosures.ts";
import { addMessage } from "#db/stores/messages.ts";
import { createWorkspace } from "#db/stores/workspace.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { type AccountId, type AppId, type BuildId, type Id, makeId, makeLabel, type OwnerId } from "#schema/ids.ts";
import { type Client, liveLabelOf, signUpPerson, waitForBuild } from "./client.ts";
import type { TestHost } from "./host.ts";
import { openStores } from "./tenant-scope.ts";

const region = "us-east";
const day = 86_400_000;

type Person = Client & { email: string; accountId: AccountId; ownerId: OwnerId };

export interface TripsWorld {
	host: TestHost;
	directory: Directory;
	scope: Scope;
	owner: Person;
	/** Edits the app as a guest, and has as many others shared with them as there are rows. */
	guest: Person;
	/** Signs in and out, and changes passwords: nobody else's sessions end by it. */
	signer: Person;
	appId: AppId;
	buildId: BuildId;
	label: string;
	offer: { id: string; destination: string; provider: string };
	/** Makes sure that there are this many rows of everything. */
	plantTo(rows: number): Promise<void>;
	plant: ReturnType<typeof planter>;
}

/**
 * What is asked at the same moment goes to the database in one call: from outside the runtime a call takes longer than its
 * statements. One that fails lets all fail.
 */
function gathered(db: D1Database): D1Database {
	type Asked = { real: D1PreparedStatement[]; answer(results: D1Result[]): void; fail(error: unknown): void };
	const reals = new WeakMap<object, D1PreparedStatement>();
	let asked: Asked[] = [];
	const flush = async () => {
		const all = asked;
		asked = [];
		try {
			const results = await db.batch(all.flatMap(({ real }) => real));
			for (const one of all) one.answer(results.splice(0, one.real.length) as D1Result[]);
		} catch (error) {
			for (const one of all) one.fail(error);
		}
	};
	const ask = (real: D1PreparedStatement[]) =>
		new Promise<D1Result[]>((answer, fail) => {
			if (asked.push({ real, answer, fail }) === 1) setTimeout(flush, 3);
		});
	const wrap = (real: D1PreparedStatement): D1PreparedStatement => {
		const one = async () => (await ask([real]))[0] as D1Result<Record<string, unknown>>;
		const wrapped = {
			bind: (...values: unknown[]) => wrap(real.bind(...values)),
			all: one,
			run: one,
			raw: async () => (await one()).results.map((row) => Object.values(row)),
			first: async () => (await one()).results[0] ?? null,
		};
		reals.set(wrapped, real);
		return wrapped as unknown as D1PreparedStatement;
	};
	const known = (statement: D1PreparedStatement) => {
		const real = reals.get(statement);
		if (!real) throw new TypeError("a statement of another database");
		return real;
	};
	return {
		prepare: (sql: string) => wrap(db.prepare(sql)),
		batch: (statements: D1PreparedStatement[]) => ask(statements.map(known)),
	} as unknown as D1Database;
}

export async function makeTripsWorld(host: TestHost): Promise<TripsWorld> {
	const stores = await openStores(host, gathered);
	const { directory } = stores;
	const join = async (name: string): Promise<Person> => {
		const person = await signUpPerson(host, region, name);
		const account = await findAccountByEmail(directory, person.email);
		if (!account) throw new Error("nobody signed up");
		return Object.assign(person, { accountId: account.id, ownerId: account.ownerId });
	};
	const [owner, guest, signer] = await Promise.all([join("Olga"), join("Gil"), join("Sid")]);
	for (const { email } of [owner, guest])
		await host.operate({ command: "set-plan", region, who: email, plan: "studio" });
	const { appId, buildId } = (await owner.call("/api/apps", { method: "POST", body: { prompt: "A list of books" } }))
		.json;
	await waitForBuild(owner, appId, buildId);
	const path = `/api/apps/${appId}`;
	await owner.call(path, { method: "PATCH", body: { mayFork: true } });
	const publish = async () => {
		const { versionId } = (await owner.call(`${path}/publish`)).json;
		const body = { versionId, audience: "discover", reviewed: true };
		const published = await owner.call(`${path}/publish`, { method: "POST", body });
		if (published.status !== 200) throw new Error(published.text);
	};
	await publish();
	const { choices } = (await owner.call("/api/models")).json;
	const offer = choices.find((choice: { isInRegion: boolean }) => !choice.isInRegion);
	const scope = await stores.open(owner.ownerId);
	const plant = planter({ ...stores, scope, owner, guest, appId });
	await plant.grant(guest, owner.ownerId, appId, "editor");
	let planted = 0;
	return {
		...{ host, directory, scope, owner, guest, signer, appId, buildId, offer, plant },
		label: await liveLabelOf(owner, appId),
		async plantTo(rows) {
			for (; planted < rows; planted += 20) {
				const numbers = Array.from({ length: Math.min(20, rows - planted) }, (_, at) => planted + at);
				await Promise.all(numbers.map((number) => plant.everything(number)));
			}
			planted = rows;
			// each deployment but the first takes something away, and a database is looked at once
			const { currentVersionId } = (await owner.call(path)).json;
			await owner.call(`${path}/restore`, { method: "POST", body: { versionId: currentVersionId } });
			await publish();
			await publish();
			for (const person of [owner, guest]) await person.call("/api/apps");
		},
	};
}

interface Place extends Awaited<ReturnType<typeof openStores>> {
	scope: Scope;
	owner: Person;
	guest: Person;
	appId: AppId;
}

function planter({ directory, keyring, open, scope, owner, guest, appId }: Place) {
	const later = () => Date.now() + day;
	const named = () => crypto.randomUUID().replaceAll("-", "");

	async function invite(email: string, ownerId: OwnerId, app: AppId | null, role: "viewer" | "editor" = "viewer") {
		const token = makeToken();
		const input = { ownerId, appId: app, role, email, invitedBy: owner.accountId, expiresAt: later(), token };
		return { token, id: (await createInvitation(directory, input, 10_000)).id };
	}

	async function grant(
		to: { accountId: AccountId; email: string },
		ownerId: OwnerId,
		app: AppId | null,
		role: "viewer" | "editor",
	): Promise<Id<"grant">> {
		const { token } = await invite(to.email, ownerId, app, role);
		const made = await useInvitation(directory, token, { accountId: to.accountId, verifiedEmail: to.email });
		if (!made) throw new Error("nothing was granted");
		return made.id;
	}

	async function person(): Promise<{ accountId: AccountId; ownerId: OwnerId; email: string }> {
		const email = `${named()}@example.org`;
		const account = await createAccount(directory, { email, name: "Somebody", emailVerified: true });
		return { accountId: account.id, ownerId: account.ownerId, email };
	}

	async function build(state: "stopped" | "queued" | "asking" = "stopped"): Promise<BuildId> {
		const about = { appId, actorId: owner.accountId, prompt: "Paint it", offerId: null, parentVersionId: null };
		const { id } = await queueBuild(scope, { ...about, credits: 0 });
		if (state === "stopped") await endBuild(scope, id, { state });
		if (state === "asking") await moveBuild(scope, id, ["queued"], "asking", "asking");
		return id;
	}

	/** Somebody's own workspace with an app, which they share with the guest. */
	async function workspace(): Promise<void> {
		const other = await person();
		await keyring.ensure(other.ownerId);
		const theirs = await open(other.ownerId);
		await createWorkspace(theirs, { name: "Theirs", plan: "free", credits: 0 });
		await placeOwner(directory, other.ownerId);
		const app = await createApp(theirs, { name: "Theirs", description: "", previewLabel: makeLabel() });
		await grant(guest, other.ownerId, app.id, "editor");
	}

	return {
		grant,
		invite,
		person,
		build,
		link: async () => {
			const token = makeToken();
			return {
				token,
				id: (await createLink(directory, { ownerId: owner.ownerId, appId, expiresAt: later(), token })).id,
			};
		},
		cookie: async (accountId: AccountId) => {
			const token = makeToken();
			await createSession(directory, { token, accountId, expiresAt: later() });
			return `__Host-freehold_session=${token}`;
		},
		session: async (accountId: AccountId) =>
			(await createSession(directory, { token: makeToken(), accountId, expiresAt: later() })).id,
		passkey: async (accountId: AccountId) => {
			const id = `passkey_${named()}`;
			await createPasskey(directory, {
				...{ id, credentialId: named(), accountId, publicKey: "key", counter: 0, deviceType: "singleDevice" },
				...{ backedUp: false, transports: null, aaguid: null, name: "Telephone" },
			});
			return id;
		},
		approval: async () => {
			const about = {
				provider: "somebody",
				destination: `https://${named()}.example.org`,
				approvedBy: owner.accountId,
			};
			return (await recordApproval(scope, about)).id;
		},
		/** One more row of each. */
		async everything(number: number): Promise<void> {
			const previewLabel = makeLabel();
			const other = await createApp(scope, { name: `App ${number}`, description: "One of many", previewLabel });
			const buildId = await build();
			const [somebody] = await Promise.all([
				person(),
				addMessage(scope, { appId, buildId, role: "assistant", body: "It is painted." }),
				addDisclosure(scope, {
					...{ appId, buildId, provider: "somebody", model: "some", destination: "https://example.org" },
					...{ region: null, sizeBytes: 1, contentKey: named(), purpose: "build", retention: "none" },
				}),
				publishListing(directory, {
					...{ appId: other.id, ownerId: owner.ownerId, versionId: makeId("version"), mayFork: false },
					...{ title: `App ${number}`, description: "", liveLabel: makeLabel() },
				}),
				logOperatorAction(directory, { action: "set-plan", ownerId: owner.ownerId, subject: "studio" }),
			]);
			await grant(somebody, owner.ownerId, appId, "viewer");
			await grant(guest, owner.ownerId, other.id, number % 2 ? "viewer" : "editor");
			// of these there can be fewer
			if (number < 150) await invite(`${named()}@example.org`, owner.ownerId, appId);
			if (number < 40) {
				await workspace();
				await this.link();
				await this.session(owner.accountId);
				await this.passkey(owner.accountId);
				await revokeApproval(scope, await this.approval());
			}
		},
	};
}
