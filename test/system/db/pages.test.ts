// Lists with more rows than a page: each says that it goes on, and walking it gives every row once.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAccount } from "#db/directory/accounts.ts";
import { pageGrantsOfApp } from "#db/directory/grants.ts";
import { createInvitation, listInvitations, useInvitation } from "#db/directory/invitations.ts";
import { createLink, listOpenLinks, revokeLink } from "#db/directory/links.ts";
import { findListed, pageListings, publishListing } from "#db/directory/listings.ts";
import { logOperatorAction, pageOperatorActions } from "#db/directory/operator-log.ts";
import { createPasskey, listPasskeysOfAccount, mostPasskeys } from "#db/directory/passkeys.ts";
import { addReport, pageOpenReports } from "#db/directory/reports.ts";
import { createSession, listSessionsOfAccount, mostSessions } from "#db/directory/sessions.ts";
import { DbError } from "#db/errors.ts";
import { openScope, type Scope } from "#db/open.ts";
import { all, each, type Page, type PageQuery } from "#db/pages.ts";
import { approvalsInForce, pageApprovals, recordApproval, revokeApproval } from "#db/stores/approvals.ts";
import { createApp, pageApps, pageAppsIn } from "#db/stores/apps.ts";
import { activeBuild, latestBuildStates, moveBuild, pageBuilds, queueBuild } from "#db/stores/builds.ts";
import { pageLedger } from "#db/stores/credits.ts";
import { addDisclosure, pageDisclosures } from "#db/stores/disclosures.ts";
import { pageMessages } from "#db/stores/messages.ts";
import { pagePrompts } from "#db/stores/prompt-history.ts";
import { addReference, pageReferences } from "#db/stores/references.ts";
import { appendVersion, pageVersions } from "#db/stores/versions.ts";
import { createWorkspace } from "#db/stores/workspace.ts";
import { type AppId, makeId, makeLabel } from "#schema/ids.ts";
import { type Databases, makeDirectory, makeTenant, startDatabases, steppingClock } from "./databases.ts";

let databases: Databases;
beforeAll(async () => {
	databases = await startDatabases();
});
afterAll(() => databases.dispose());

const actorId = makeId("account");
const many = 26;
const size = 10;
/** Pairs of rows share a millisecond: none of them may be lost at the edge of a page. */
const inPairs = () => {
	const next = steppingClock();
	let calls = 0;
	let at = next();
	return () => {
		if (calls++ % 2 === 0) at = next();
		return at;
	};
};

async function tenantWithApp(): Promise<{ scope: Scope; appId: AppId }> {
	const { ownerId, sealer } = await makeTenant(databases.shard);
	const scope = openScope({ db: databases.shard, ownerId, sealer, mayWrite: true, now: inPairs() });
	await createWorkspace(scope, { name: "Ada", plan: "studio", credits: 10_000 });
	const { id } = await createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	return { scope, appId: id };
}

/** The first page says that there is more; all pages together have every row once. */
async function expectWhole<T>(
	page: (query: PageQuery) => Promise<Page<T>>,
	idOf: (item: T) => string,
	count: number,
): Promise<T[]> {
	const first = await page({ size });
	expect(first.items).toHaveLength(size);
	expect(first.next).not.toBeNull();
	const items = await all((after) => page({ size, after }));
	expect(new Set(items.map(idOf)).size).toBe(count);
	expect(items).toHaveLength(count);
	for (const cursor of ["", "x", "1", `0.${makeId("app")}`, "9'; DROP TABLE t_apps; --"])
		expect(await page({ after: cursor }), cursor).toEqual({ items: [], next: null });
	return items;
}

const repeat = async (count: number, make: (at: number) => Promise<unknown>) => {
	for (let at = 0; at < count; at++) await make(at);
};

describe("of a tenant", () => {
	test("apps, by their time and by their words", async () => {
		const { scope } = await tenantWithApp();
		await repeat(many, (at) =>
			createApp(scope, { name: `Garden ${at}`, description: at % 2 ? "odd" : "even", previewLabel: makeLabel() }),
		);
		const found = await expectWhole(
			(query) => pageApps(scope, query),
			({ id }) => id,
			many + 1,
		);
		const odd = await all((after) => pageApps(scope, { search: "GARDEN odd", size: 7, after }));
		expect(odd).toHaveLength(many / 2);
		expect(new Set(odd.map(({ id }) => id)).size).toBe(many / 2);
		expect(await pageApps(scope, { search: "no such words" })).toEqual({ items: [], next: null });
		const [page, empty] = await pageAppsIn([
			{ scope, size: 9 },
			{ scope, after: "0.app_0", size: 9 },
		]);
		expect(page?.items.map(({ name }) => name)).toEqual(found.slice(0, 9).map(({ name }) => name));
		expect(empty).toEqual({ items: [], next: null });
	});

	test("builds, prompts, messages and the ledger", async () => {
		const { scope, appId } = await tenantWithApp();
		const build = { appId, actorId, offerId: null, parentVersionId: null, credits: 1 };
		await repeat(many, (at) => queueBuild(scope, { ...build, prompt: at % 2 ? "a fern" : "a moss" }));
		const [latest] = await expectWhole(
			(query) => pageBuilds(scope, appId, query),
			({ id }) => id,
			many,
		);
		await expectWhole(
			(query) => pagePrompts(scope, query),
			({ buildId }) => buildId,
			many,
		);
		await expectWhole(
			(query) => pageMessages(scope, appId, query),
			({ id }) => id,
			many,
		);
		await expectWhole(
			(query) => pageLedger(scope, query),
			({ id }) => id,
			many + 1,
		);
		const ferns = await all((after) => pagePrompts(scope, { search: "FERN", size: 11, after }));
		expect(ferns).toHaveLength(many / 2);

		expect((await activeBuild(scope, appId))?.state).toBe("queued");
		if (latest) await moveBuild(scope, latest.id, ["queued"], "running", "reading");
		expect((await activeBuild(scope, appId))?.id).toBe(latest?.id);
		const other = await createApp(scope, { name: "Other", description: "", previewLabel: makeLabel() });
		expect(await latestBuildStates(scope, [appId, other.id])).toEqual(new Map([[appId, "running"]]));
	});

	test("versions, references and what was sent", async () => {
		const { scope, appId } = await tenantWithApp();
		const asked = { appId, actorId, prompt: "p", offerId: null, parentVersionId: null, credits: 1 };
		const { id: buildId } = await queueBuild(scope, asked);
		const version = { appId, parentId: null, packKey: "k", message: "m", origin: "manual", sizeBytes: 1 } as const;
		const sent = { appId, buildId, provider: "p", model: "m", destination: "https://api.example", region: null };
		await repeat(many, async () => {
			await appendVersion(scope, { ...version, manifest: { json: "{}" } });
			const file = { appId, name: "a.csv", contentType: "text/csv", sizeBytes: 1, contentKey: "k", profile: null };
			await addReference(scope, file);
			await addDisclosure(scope, { ...sent, sizeBytes: 1, contentKey: "k", purpose: "build", retention: "none" });
		});
		const versions = await expectWhole(
			(query) => pageVersions(scope, appId, query),
			({ id }) => id,
			many,
		);
		expect(versions.map(({ number }) => number)).toEqual(Array.from({ length: many }, (_, at) => many - at));
		await expectWhole(
			(query) => pageReferences(scope, appId, query),
			({ id }) => id,
			many,
		);
		const all = await expectWhole(
			(query) => pageDisclosures(scope, appId, query),
			({ id }) => id,
			many,
		);
		const since = all[4]?.at ?? 0;
		expect((await pageDisclosures(scope, appId, { since })).items.every(({ at }) => at >= since)).toBe(true);
	});

	test("approvals: one in force for a destination, however old, and a record that goes on", async () => {
		const { scope } = await tenantWithApp();
		const input = { provider: "anthropic", destination: "https://api.example", approvedBy: actorId };
		const oldest = await recordApproval(scope, { ...input, destination: "https://old.example" });
		await repeat(many, async (at) => {
			const made = await recordApproval(scope, input);
			expect((await recordApproval(scope, { ...input, approvedBy: makeId("account") })).id).toBe(made.id);
			if (at < many - 1) expect(await revokeApproval(scope, made.id)).toBe(true);
		});
		await expectWhole(
			(query) => pageApprovals(scope, query),
			({ id }) => id,
			many + 1,
		);
		const inForce = await approvalsInForce(scope);
		expect(inForce).toHaveLength(2);
		expect(inForce.map(({ id }) => id)).toContain(oldest.id);
	});
});

describe("of the directory", () => {
	test("people of an app, Discover, reports and the operator's actions", async () => {
		const directory = await makeDirectory(databases.directory, inPairs());
		const ownerId = makeId("owner");
		const appId = makeId("app");
		const before = (await all((after) => pageListings(directory, { after }))).length;
		const listed: AppId[] = [];
		await repeat(many, async (at) => {
			const email = `${at}.${crypto.randomUUID()}@example.org`;
			const account = await createAccount(directory, { email, name: `Guest ${at}`, emailVerified: true });
			const token = crypto.randomUUID();
			const expiresAt = directory.now() + 1_000_000;
			await createInvitation(directory, {
				ownerId,
				appId,
				role: "viewer",
				email,
				invitedBy: actorId,
				expiresAt,
				token,
			});
			expect(await useInvitation(directory, token, { accountId: account.id, verifiedEmail: email })).not.toBeNull();
			const id = makeId("app");
			listed.push(id);
			const about = { title: `Shown ${at}`, description: "", liveLabel: makeLabel(), mayFork: false };
			await publishListing(directory, { ...about, appId: id, ownerId, versionId: makeId("version") });
			await addReport(directory, { appId, reason: "other", text: `report ${at}` });
			await logOperatorAction(directory, { action: "set_plan", ownerId, subject: "pro" });
		});
		await expectWhole(
			(query) => pageGrantsOfApp(directory, ownerId, appId, query),
			({ id }) => id,
			many,
		);
		await expectWhole(
			(query) => pageListings(directory, query),
			(one) => one.appId,
			before + many,
		);
		await expectWhole(
			(query) => pageOpenReports(directory, query),
			({ id }) => id,
			many,
		);
		await expectWhole(
			(query) => pageOperatorActions(directory, ownerId, query),
			({ id }) => id,
			many,
		);
		expect(await findListed(directory, [...listed.slice(0, 9), makeId("app")])).toEqual(new Set(listed.slice(0, 9)));
	});

	test("sessions: a person sees all of them, and with one more than there can be the oldest ends", async () => {
		const directory = await makeDirectory(databases.directory);
		const email = `${crypto.randomUUID()}@example.org`;
		const account = await createAccount(directory, { email, name: "Ada", emailVerified: true });
		const other = await createAccount(directory, { email: `o${email}`, name: "Bob", emailVerified: true });
		const session = (accountId: typeof account.id) => ({
			token: crypto.randomUUID(),
			accountId,
			expiresAt: directory.now() + 10_000_000,
		});
		await createSession(directory, session(other.id));
		const first = await createSession(directory, session(account.id));
		const made: string[] = [];
		for (let at = 0; at < mostSessions; at++) made.unshift((await createSession(directory, session(account.id))).id);
		const found = (await listSessionsOfAccount(directory, account.id)).map(({ id }) => id);
		expect(found).toEqual(made);
		expect(found).not.toContain(first.id);
		expect(await listSessionsOfAccount(directory, other.id)).toHaveLength(1);
	});
});

describe("what one app or account may have", () => {
	test("versions by hand: so many and so large, at once too; builds go on", async () => {
		const { scope, appId } = await tenantWithApp();
		const version = { appId, parentId: null, packKey: "k", message: "m", sizeBytes: 40, manifest: { json: "{}" } };
		const most = { count: 3, bytes: 100 };
		const byHand = { ...version, origin: "manual" as const, most };
		const tries = await Promise.allSettled(Array.from({ length: 6 }, () => appendVersion(scope, byHand)));
		expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
		for (const one of tries) if (one.status === "rejected") expect(one.reason).toEqual(new DbError("versions"));
		const small = { ...byHand, origin: "restore" as const, sizeBytes: 1 };
		await appendVersion(scope, small);
		await expect(appendVersion(scope, small)).rejects.toEqual(new DbError("versions"));
		await appendVersion(scope, { ...version, origin: "build" });
		const stale = { ...small, most: { count: 9, bytes: 900 }, onlyIfCurrent: true };
		await expect(appendVersion(scope, stale)).rejects.toEqual(new DbError("conflict"));
		const other = await createApp(scope, { name: "Other", description: "", previewLabel: makeLabel() });
		await appendVersion(scope, { ...small, appId: other.id });
		expect((await pageVersions(scope, appId)).items).toHaveLength(4);
	});

	test("links, invitations and passkeys, at once too; a new invitation of one address takes the place of its older one", async () => {
		const directory = await makeDirectory(databases.directory);
		const [ownerId, appId] = [makeId("owner"), makeId("app")];
		const email = `${crypto.randomUUID()}@example.org`;
		const account = await createAccount(directory, { email, name: "Ada", emailVerified: true });
		const expiresAt = directory.now() + 1_000_000;
		const settle = async (count: number, make: (at: number) => Promise<unknown>) => {
			const tries = await Promise.allSettled(Array.from({ length: count }, (_, at) => make(at)));
			for (const one of tries) if (one.status === "rejected") expect(one.reason).toEqual(new DbError("many"));
			return tries.filter(({ status }) => status === "fulfilled").length;
		};
		const link = () => createLink(directory, { ownerId, appId, expiresAt, token: crypto.randomUUID() }, 3);
		expect(await settle(6, link)).toBe(3);
		const [first] = await listOpenLinks(directory, ownerId, appId);
		if (first) await revokeLink(directory, ownerId, appId, first.id);
		expect(await settle(2, link)).toBe(1);

		const invite = (to: string) =>
			createInvitation(
				directory,
				{ ownerId, appId, role: "viewer", email: to, invitedBy: actorId, expiresAt, token: crypto.randomUUID() },
				3,
			);
		expect(await settle(6, (at) => invite(`${at}${email}`))).toBe(3);
		const open = await listInvitations(directory, ownerId, appId);
		await invite(open[1]?.email ?? "");
		await expect(invite(`new${email}`)).rejects.toEqual(new DbError("many"));
		const now = await listInvitations(directory, ownerId, appId);
		expect(now.map((one) => one.email).sort()).toEqual(open.map((one) => one.email).sort());

		const passkey = { publicKey: "k", counter: 0, deviceType: "d", backedUp: false, transports: null, aaguid: null };
		const add = () => {
			const id = crypto.randomUUID();
			return createPasskey(directory, { ...passkey, id, credentialId: id, accountId: account.id, name: null });
		};
		for (let at = 0; at < mostPasskeys - 2; at++) await add();
		expect(await settle(5, add)).toBe(2);
		expect(await listPasskeysOfAccount(directory, account.id)).toHaveLength(mostPasskeys);
	});
});

test("a list is walked page by page, not read beforehand", async () => {
	const asked: (string | undefined)[] = [];
	const pages = each(async (after?: string) => {
		asked.push(after);
		return { items: [after ?? "first"], next: asked.length < 3 ? `to ${asked.length}` : null };
	});
	expect((await pages.next()).value).toBe("first");
	expect(asked).toHaveLength(1);
	const rest: string[] = [];
	for await (const item of pages) rest.push(item);
	expect(rest).toEqual(["to 1", "to 2"]);
});
