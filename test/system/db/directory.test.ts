// The directory on real D1: everything is found by its key, once-only things work once, and a dump shows nobody.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAccount, findAccount, findAccountByEmail, updateAccount } from "#db/directory/accounts.ts";
import { createCredential, findCredential, updatePassword } from "#db/directory/credentials.ts";
import { deleteExpiredEntries } from "#db/directory/erase.ts";
import { findGrantsOfAccount, pageGrantsOfApp, revokeGrant } from "#db/directory/grants.ts";
import type { Directory } from "#db/directory/handle.ts";
import { createInvitation, listInvitations, useInvitation } from "#db/directory/invitations.ts";
import { findLabel, reserveLabel, retireLabel } from "#db/directory/labels.ts";
import { createLink, findLinkByToken, listOpenLinks, revokeLink } from "#db/directory/links.ts";
import { blockListing, findListing, pageListings, publishListing, unpublishListing } from "#db/directory/listings.ts";
import { logOperatorAction, pageOperatorActions } from "#db/directory/operator-log.ts";
import { createPasskey, findPasskeyByCredential, updatePasskey } from "#db/directory/passkeys.ts";
import { findPlacement, placeOwner } from "#db/directory/placements.ts";
import { hitRateLimits } from "#db/directory/rate-limits.ts";
import { addReport, closeReport, pageOpenReports } from "#db/directory/reports.ts";
import { createSession, deleteSessionsOfAccount, findSession, listSessionsOfAccount } from "#db/directory/sessions.ts";
import { findSignedIn, isSuspendedToken } from "#db/directory/signed-in.ts";
import { endSuspension, suspend } from "#db/directory/suspensions.ts";
import { createVerification, findVerification, takeVerification } from "#db/directory/verifications.ts";
import { DbError } from "#db/errors.ts";
import { makeId, makeLabel } from "#schema/ids.ts";
import { type Databases, makeDirectory, startDatabases } from "./databases.ts";

let databases: Databases;
let directory: Directory;
let clock = Date.UTC(2026, 10, 21);
const hour = 3_600_000;
beforeAll(async () => {
	databases = await startDatabases();
	directory = await makeDirectory(databases.directory, () => ++clock);
});
afterAll(() => databases.dispose());

let people = 0;
const person = () => createAccount(directory, { email: `person${++people}@example.org`, name: "Ada Lovelace" });

test("finds an account by its address, whatever its case, and takes no address twice", async () => {
	const account = await createAccount(directory, { email: " Grace@Example.org ", name: "Grace" });
	expect(await findAccountByEmail(directory, "grace@example.ORG")).toEqual(account);
	expect(account.ownerId).toMatch(/^own_/);
	const again = createAccount(directory, { email: "GRACE@example.org", name: "Other" });
	await expect(again).rejects.toEqual(new DbError("conflict"));
	const other = await person();
	await expect(updateAccount(directory, other.id, { email: "grace@example.org" })).rejects.toEqual(
		new DbError("conflict"),
	);
	await updateAccount(directory, account.id, { email: "hopper@example.org", emailVerified: true, tenantReady: true });
	expect(await findAccountByEmail(directory, "grace@example.org")).toBeNull();
	expect(await findAccount(directory, account.id)).toMatchObject({ email: "hopper@example.org", tenantReady: true });
});

test("a dump shows no address, name, token, password hash or browser", async () => {
	const account = await createAccount(directory, { email: "canary-mail@example.org", name: "canary-name" });
	const token = "canary-token-canary-token";
	await createSession(directory, {
		token,
		accountId: account.id,
		expiresAt: clock + hour,
		userAgent: "canary-agent",
		ip: "203.0.113.77",
	});
	await createCredential(directory, {
		id: "cred1",
		accountId: account.id,
		provider: "credential",
		passwordHash: "canary-hash",
	});
	await createVerification(directory, {
		id: "verification_1",
		identifier: "canary-mail@example.org",
		value: "canary-value",
		expiresAt: clock + hour,
	});
	await createLink(directory, { ownerId: account.ownerId, appId: makeId("app"), expiresAt: null, token });
	await createInvitation(directory, {
		ownerId: account.ownerId,
		appId: null,
		role: "viewer",
		email: "canary-guest@example.org",
		invitedBy: account.id,
		expiresAt: clock + hour,
		token,
	});
	await addReport(directory, { appId: makeId("app"), reason: "spam", text: "canary-report" });
	await hitRateLimits(directory, [{ key: "sign-in:canary-mail@example.org", limit: 5, windowSeconds: 60 }]);
	const { results } = await databases.directory
		.prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
		.all<{ name: string }>();
	let dump = "";
	for (const { name } of results.filter((table) => !table.name.startsWith("_cf"))) {
		dump += JSON.stringify((await databases.directory.prepare(`SELECT * FROM ${name}`).all()).results);
	}
	expect(dump).toContain("203.0.113.0/24");
	expect(dump).not.toMatch(/canary|203\.0\.113\.77/);
	expect(await findCredential(directory, account.id, "credential")).toMatchObject({ passwordHash: "canary-hash" });
	expect(await updatePassword(directory, account.id, "credential", "new-hash")).toBe(true);
	expect(await findCredential(directory, account.id, "credential")).toMatchObject({ passwordHash: "new-hash" });
});

test("a session is found by its token until it expires or is ended", async () => {
	const account = await person();
	const input = { accountId: account.id, expiresAt: clock + hour, userAgent: "Firefox" };
	await createSession(directory, { ...input, token: "one" });
	const second = await createSession(directory, { ...input, token: "two" });
	expect(await findSession(directory, "one")).toMatchObject({
		accountId: account.id,
		ownerId: account.ownerId,
		userAgent: "Firefox",
	});
	expect(await findSession(directory, "three")).toBeNull();
	expect(await deleteSessionsOfAccount(directory, account.id, second.tokenHash)).toBe(1);
	expect(await findSession(directory, "one")).toBeNull();
	expect((await listSessionsOfAccount(directory, account.id)).map(({ id }) => id)).toEqual([second.id]);
	clock += 2 * hour;
	expect(await findSession(directory, "two")).toBeNull();
	const noOne = createSession(directory, { ...input, accountId: makeId("account"), token: "four" });
	await expect(noOne).rejects.toEqual(new DbError("guard"));
});

test("a verification is found by its identifier, taken once, and not after it expired", async () => {
	const made = { id: "verification_2", identifier: "reset:abc", value: "secret", expiresAt: clock + hour } as const;
	await createVerification(directory, made);
	expect(await findVerification(directory, "reset:abc")).toMatchObject({ id: "verification_2", value: "secret" });
	const taken = await Promise.all(Array.from({ length: 5 }, () => takeVerification(directory, "verification_2")));
	expect(taken.filter((verification) => verification !== null)).toHaveLength(1);
	await createVerification(directory, { ...made, id: "verification_3" });
	clock += 2 * hour;
	expect(await findVerification(directory, "reset:abc")).toBeNull();
	expect(await takeVerification(directory, "verification_3")).toBeNull();
});

test("counts tries, parallel ones too, and forgets them after the window", async () => {
	const tries = await Promise.all(
		Array.from({ length: 8 }, () => hitRateLimits(directory, [{ key: "sign-in:x", limit: 5, windowSeconds: 60 }])),
	);
	expect(tries.filter((tried) => tried.ok)).toHaveLength(5);
	expect(tries.find((tried) => !tried.ok)).toMatchObject({ retryAfterSeconds: 60 });
	expect(await hitRateLimits(directory, [{ key: "sign-in:y", limit: 5, windowSeconds: 60 }])).toEqual({ ok: true });
	clock += 61_000;
	expect(await hitRateLimits(directory, [{ key: "sign-in:x", limit: 5, windowSeconds: 60 }])).toEqual({ ok: true });
});

test("counts several tries at once, and none after the one that is refused", async () => {
	const both = (limit: number) =>
		hitRateLimits(directory, [
			{ key: "network:z", limit, windowSeconds: 60 },
			{ key: "mail:z", limit: 100, windowSeconds: 60 },
		]);
	const countOf = async () => (await hitRateLimits(directory, [{ key: "mail:z", limit: 0, windowSeconds: 60 }])).ok;
	expect(await both(2)).toEqual({ ok: true });
	expect(await both(2)).toEqual({ ok: true });
	for (let tries = 0; tries < 5; tries++) expect((await both(2)).ok).toBe(false);
	expect(await countOf()).toBe(false);
	// two that were let through, and the look just now: the five that the network's limit refused used up nothing of the mailbox
	const left = await Promise.all(
		Array.from({ length: 100 }, () => hitRateLimits(directory, [{ key: "mail:z", limit: 100, windowSeconds: 60 }])),
	);
	expect(left.filter(({ ok }) => ok)).toHaveLength(97);
	clock += 61_000;
	expect(await both(2)).toEqual({ ok: true });
});

test("places an owner once, and always on the same shard", async () => {
	const ownerId = makeId("owner");
	expect(await findPlacement(directory, ownerId)).toBeNull();
	const placed = await Promise.all([placeOwner(directory, ownerId), placeOwner(directory, ownerId)]);
	expect(placed[0]).toEqual(placed[1]);
	expect(await findPlacement(directory, ownerId)).toEqual(placed[0]);
	const shards = new Set<string>();
	for (let number = 0; number < 40; number++) shards.add((await placeOwner(directory, makeId("owner"))).shard);
	expect(shards.size).toBe(2);
});

test("an invitation works once, for the address it was sent to, before it expires", async () => {
	const [owner, guest, stranger] = [await person(), await person(), await person()];
	const appId = makeId("app");
	const invite = (token: string) =>
		createInvitation(directory, {
			ownerId: owner.ownerId,
			appId,
			role: "editor",
			email: guest.email,
			invitedBy: owner.id,
			expiresAt: clock + hour,
			token,
		});
	await invite("first");
	expect(await listInvitations(directory, owner.ownerId, appId)).toMatchObject([{ appId, email: guest.email }]);
	const by = (account: typeof guest) => ({ accountId: account.id, verifiedEmail: account.email });
	expect(await useInvitation(directory, "first", by(stranger))).toBeNull();
	const uses = await Promise.all(Array.from({ length: 5 }, () => useInvitation(directory, "first", by(guest))));
	expect(uses.filter((grant) => grant !== null)).toMatchObject([{ accountId: guest.id, appId, role: "editor" }]);
	expect(await findGrantsOfAccount(directory, guest.id)).toMatchObject([
		{ ownerId: owner.ownerId, appId, role: "editor" },
	]);
	expect(await findGrantsOfAccount(directory, stranger.id)).toEqual([]);
	expect(await listInvitations(directory, owner.ownerId, appId)).toEqual([]);
	expect((await pageGrantsOfApp(directory, owner.ownerId, appId)).items).toMatchObject([
		{ email: guest.email, name: "Ada Lovelace" },
	]);

	const [grant] = await findGrantsOfAccount(directory, guest.id);
	if (!grant) throw new Error("no grant");
	expect(await revokeGrant(directory, stranger.ownerId, grant.id)).toBeNull();
	expect(await revokeGrant(directory, owner.ownerId, grant.id)).toMatchObject({ accountId: guest.id });
	// Using it again must not bring the grant back.
	expect(await useInvitation(directory, "first", by(guest))).toBeNull();
	expect(await findGrantsOfAccount(directory, guest.id)).toEqual([]);

	await invite("late");
	clock += 2 * hour;
	expect(await useInvitation(directory, "late", by(guest))).toBeNull();
	await deleteExpiredEntries(directory);
	const left = await databases.directory.prepare("SELECT 1 FROM invitations WHERE app_id = ?").bind(appId).all();
	expect(left.results).toEqual([]);
});

test("grants come with the session that they are asked for", async () => {
	const [owner, guest] = [await person(), await person()];
	const appId = makeId("app");
	const grant = async (app: typeof appId | null, role: "viewer" | "editor") => {
		const token = crypto.randomUUID();
		await createInvitation(directory, {
			ownerId: owner.ownerId,
			appId: app,
			role,
			email: guest.email,
			invitedBy: owner.id,
			expiresAt: clock + hour,
			token,
		});
		return useInvitation(directory, token, { accountId: guest.id, verifiedEmail: guest.email });
	};
	await grant(appId, "viewer");
	await grant(null, "editor");
	await grant(null, "viewer");
	expect(await findGrantsOfAccount(directory, guest.id)).toHaveLength(2);

	// with the session come those that the request is about, and nobody else's
	const [other, stranger] = [makeId("app"), await person()];
	await grant(other, "viewer");
	await placeOwner(directory, owner.ownerId);
	await createInvitation(directory, {
		...{ ownerId: owner.ownerId, appId, role: "editor", email: stranger.email, invitedBy: owner.id },
		...{ expiresAt: clock + hour, token: "strangers" },
	});
	await useInvitation(directory, "strangers", { accountId: stranger.id, verifiedEmail: stranger.email });
	await updateAccount(directory, guest.id, { emailVerified: true });
	await createSession(directory, { token: "guests", accountId: guest.id, expiresAt: clock + hour });
	const cameWith = async (asked: typeof appId | "all" | "none") =>
		(await findSignedIn(directory, "guests", asked))?.grants.map(({ appId, role }) => [appId, role]);
	expect(await cameWith("none")).toEqual([]);
	expect(await cameWith(appId)).toHaveLength(2);
	expect(await cameWith(appId)).toEqual(
		expect.arrayContaining([
			[appId, "viewer"],
			[null, "viewer"],
		]),
	);
	expect(await cameWith(makeId("app"))).toEqual([[null, "viewer"]]);
	expect(await cameWith("all")).toHaveLength(3);
});

test("a link opens until it is revoked or expires", async () => {
	const [ownerId, appId] = [makeId("owner"), makeId("app")];
	const link = await createLink(directory, { ownerId, appId, expiresAt: null, token: "l1" });
	await createLink(directory, { ownerId, appId, expiresAt: clock + hour, token: "l2" });
	const placement = await placeOwner(directory, ownerId);
	expect(await findLinkByToken(directory, "l1")).toEqual({ ...link, shard: placement.shard });
	expect(await revokeLink(directory, makeId("owner"), appId, link.id)).toBeNull();
	expect(await revokeLink(directory, ownerId, makeId("app"), link.id)).toBeNull();
	expect(await listOpenLinks(directory, ownerId, appId)).toHaveLength(2);
	expect(await revokeLink(directory, ownerId, appId, link.id)).toMatchObject({ id: link.id });
	expect(await listOpenLinks(directory, ownerId, appId)).toHaveLength(1);
	expect(await findLinkByToken(directory, "l1")).toBeNull();
	clock += 2 * hour;
	expect(await findLinkByToken(directory, "l2")).toBeNull();
	expect(await listOpenLinks(directory, ownerId, appId)).toEqual([]);
});

test("a label is given out once and never comes back", async () => {
	const [ownerId, appId] = [makeId("owner"), makeId("app")];
	const label = await reserveLabel(directory, { ownerId, appId, kind: "live" });
	await expect(reserveLabel(directory, { ownerId, appId, kind: "live", label })).rejects.toEqual(
		new DbError("conflict"),
	);
	expect(await retireLabel(directory, makeId("owner"), label)).toBe(false);
	expect(await retireLabel(directory, ownerId, label)).toBe(true);
	expect(await findLabel(directory, label)).toMatchObject({ appId, state: "retired" });
	await expect(reserveLabel(directory, { ownerId, appId, kind: "live", label })).rejects.toEqual(
		new DbError("conflict"),
	);
	for (const statement of [
		"UPDATE labels SET state = 'active'",
		"UPDATE labels SET owner_id = 'x'",
		"DELETE FROM labels",
		`INSERT OR REPLACE INTO labels SELECT label, 'x', app_id, kind, 'active', 1 FROM labels`,
	]) {
		await expect(databases.directory.prepare(statement).run(), statement).rejects.toThrow(/freehold/);
	}
});

test("a suspended account has no session and nothing in Discover, until that ends", async () => {
	const account = await person();
	await updateAccount(directory, account.id, { emailVerified: true });
	const session = { token: "suspended-token", accountId: account.id, expiresAt: clock + hour };
	await createSession(directory, session);
	const listed = {
		appId: makeId("app"),
		ownerId: account.ownerId,
		title: "Suspended garden",
		description: "",
		liveLabel: makeLabel(),
		versionId: makeId("version"),
		mayFork: true,
	};
	await publishListing(directory, listed);
	const seen = async () => [
		(await findSignedIn(directory, session.token)) !== null,
		(await findListing(directory, listed.appId))?.isBlocked,
		(await pageListings(directory, { search: "suspended garden" })).items.length,
		await isSuspendedToken(directory, session.token),
	];
	expect(await seen()).toEqual([true, false, 1, false]);
	expect(await suspend(directory, { ownerId: account.ownerId, accountId: account.id })).toBe(true);
	expect(await suspend(directory, { ownerId: account.ownerId, accountId: account.id })).toBe(false);
	expect(await seen()).toEqual([false, true, 0, true]);
	expect(await endSuspension(directory, account.ownerId)).toBe(true);
	expect(await seen()).toEqual([true, false, 1, false]);
	expect(await endSuspension(directory, account.ownerId)).toBe(false);
	await unpublishListing(directory, account.ownerId, listed.appId);
});

test("a listing is its owner's, is found by its words, and stays blocked", async () => {
	const listing = (number: number) => ({
		appId: makeId("app"),
		ownerId: makeId("owner"),
		title: `Garden ${number}`,
		description: "100% for PLANTS",
		liveLabel: makeLabel(),
		versionId: makeId("version"),
		mayFork: false,
	});
	const all = Array.from({ length: 30 }, (_, number) => listing(number));
	for (const one of all) expect(await publishListing(directory, one)).toBe(true);
	const first = await pageListings(directory);
	const rest = await pageListings(directory, { after: first.next ?? "" });
	expect([...first.items, ...rest.items].map(({ title }) => title)).toEqual(all.map(({ title }) => title).reverse());
	expect(rest.next).toBeNull();
	expect((await pageListings(directory, { search: "plants GARDEN 17" })).items).toHaveLength(1);
	expect((await pageListings(directory, { search: "100% f_r" })).items).toEqual([]);

	const [one] = all;
	if (!one) throw new Error("no listing");
	expect(await publishListing(directory, { ...one, ownerId: makeId("owner"), title: "stolen" })).toBe(false);
	expect(await unpublishListing(directory, makeId("owner"), one.appId)).toBe(false);
	expect(await blockListing(directory, one.appId)).toBe(true);
	expect(await publishListing(directory, { ...one, title: "back" })).toBe(false);
	expect((await pageListings(directory, { search: "garden 0" })).items.some(({ appId }) => appId === one.appId)).toBe(
		false,
	);
	expect(await findListing(directory, one.appId)).toMatchObject({ isBlocked: true, title: "Garden 0" });
	// what its owner takes back stays back: the block is kept with the app, not here
	expect(await unpublishListing(directory, one.ownerId, one.appId)).toBe(true);
	expect(await findListing(directory, one.appId)).toBeNull();
});

test("a passkey is found by its credential and counts on", async () => {
	const account = await person();
	const passkey = {
		id: "pk1",
		credentialId: "cid1",
		accountId: account.id,
		publicKey: "pub",
		counter: 0,
		deviceType: "singleDevice",
		backedUp: false,
		transports: null,
		aaguid: null,
		name: "Laptop",
	};
	await createPasskey(directory, passkey);
	expect(await updatePasskey(directory, "pk1", { counter: 7 })).toMatchObject({ counter: 7, name: "Laptop" });
	expect(await findPasskeyByCredential(directory, "cid1")).toMatchObject({ counter: 7, accountId: account.id });
});

test("the operator's log is kept, reports are read oldest first and closed", async () => {
	const ownerId = makeId("owner");
	await logOperatorAction(directory, { action: "set_plan", ownerId, subject: "studio" });
	expect((await pageOperatorActions(directory, ownerId)).items).toMatchObject([
		{ action: "set_plan", subject: "studio" },
	]);
	await expect(databases.directory.prepare("DELETE FROM operator_log").run()).rejects.toThrow(/freehold/);
	await expect(databases.directory.prepare("UPDATE operator_log SET subject = 'x'").run()).rejects.toThrow(/freehold/);
	const report = await addReport(directory, { appId: makeId("app"), reason: "phishing", text: "asks for a password" });
	expect((await pageOpenReports(directory)).items[0]).toMatchObject({ text: "asks for a password" });
	expect(await closeReport(directory, report.id)).toBe(true);
	expect((await pageOpenReports(directory)).items.some(({ id }) => id === report.id)).toBe(false);
});
