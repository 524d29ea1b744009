// One account's life through every function of the directory, so that each statement that can be said to it is said.
import type { D1Database } from "@cloudflare/workers-types";
import * as accounts from "#db/directory/accounts.ts";
import * as credentials from "#db/directory/credentials.ts";
import * as erase from "#db/directory/erase.ts";
import * as grants from "#db/directory/grants.ts";
import { openDirectory } from "#db/directory/handle.ts";
import * as invitations from "#db/directory/invitations.ts";
import * as labels from "#db/directory/labels.ts";
import * as links from "#db/directory/links.ts";
import * as listings from "#db/directory/listings.ts";
import * as operatorLog from "#db/directory/operator-log.ts";
import * as passkeys from "#db/directory/passkeys.ts";
import * as placements from "#db/directory/placements.ts";
import * as rateLimits from "#db/directory/rate-limits.ts";
import * as reports from "#db/directory/reports.ts";
import * as sessions from "#db/directory/sessions.ts";
import * as signedIn from "#db/directory/signed-in.ts";
import * as suspensions from "#db/directory/suspensions.ts";
import * as verifications from "#db/directory/verifications.ts";
import type { DirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeId } from "#schema/ids.ts";

/** What can be asked of a directory, by the names of the files. */
export const lookUps = {
	accounts,
	credentials,
	erase,
	grants,
	invitations,
	labels,
	links,
	listings,
	"operator-log": operatorLog,
	passkeys,
	placements,
	"rate-limits": rateLimits,
	reports,
	sessions,
	"signed-in": signedIn,
	suspensions,
	verifications,
};

/** The files that ask nothing by themselves: declarations, the handle, and the adapter, which calls these functions. */
export const withoutLookUps = ["all", "auth-adapter", "directory-sql", "directory-table", "handle", "library-email"];
/** Functions that ask nothing. */
export const pureFunctions = [
	"grantCursor",
	"toGrant",
	"shardFor",
	"truncateIp",
	"normalizeEmail",
	"emailIndex",
	"isOfSuspended",
];

export async function liveOneAccount(
	db: D1Database,
	keys: DirectoryKeys,
	called: (name: string) => void,
): Promise<void> {
	let at = Date.UTC(2026, 10, 21);
	const dir = openDirectory({ db, keys, now: () => ++at });
	const hour = 3_600_000;
	const later = at + hour;
	// Calls by name, so that none is forgotten: the test compares the names with what the files export.
	const all = new Proxy(
		{
			...accounts,
			...credentials,
			...erase,
			...grants,
			...invitations,
			...labels,
			...links,
			...listings,
			...operatorLog,
			...passkeys,
			...placements,
			...rateLimits,
			...reports,
			...sessions,
			...signedIn,
			...suspensions,
			...verifications,
		},
		{
			get(target, name) {
				called(String(name));
				return Reflect.get(target, name);
			},
		},
	);

	const account = await all.createAccount(dir, { email: "ada@example.org", name: "Ada" });
	await all.findAccount(dir, account.id);
	await all.findAccountByEmail(dir, account.email);
	await all.findAccountOfOwner(dir, account.ownerId);
	for (const change of [
		{ email: "lovelace@example.org" },
		{ name: "A" },
		{ emailVerified: true },
		{ tenantReady: true },
	])
		await all.updateAccount(dir, account.id, change);
	await all.placeOwner(dir, account.ownerId);
	await all.findPlacement(dir, account.ownerId);

	await all.createCredential(dir, { id: "cred", accountId: account.id, provider: "credential", passwordHash: "hash" });
	await all.findNames(dir, [account.id]);
	await all.findNamesOfOwners(dir, [account.ownerId]);
	await all.listCredentialsOfAccount(dir, account.id);
	await all.findCredential(dir, account.id, "credential");
	await all.findCredentialById(dir, "cred");
	await all.updatePassword(dir, account.id, "credential", "other");
	await all.createPasskey(dir, {
		id: "pk",
		credentialId: "cid",
		accountId: account.id,
		publicKey: "pub",
		counter: 0,
		deviceType: "singleDevice",
		backedUp: false,
		transports: null,
		aaguid: null,
		name: "Laptop",
	});
	await all.findPasskeyByCredential(dir, "cid");
	await all.findPasskey(dir, "pk");
	await all.listPasskeysOfAccount(dir, account.id);
	await all.updatePasskey(dir, "pk", { counter: 1, name: "Phone", backedUp: true });
	await all.deletePasskeyOfAccount(dir, account.id, "pk");
	await all.deletePasskeysOfAccount(dir, account.id);

	const session = await all.createSession(dir, { token: "t".repeat(43), accountId: account.id, expiresAt: later });
	const hash = await keys.hashToken("t".repeat(43));
	await all.findSession(dir, "t".repeat(43));
	await all.findSessionByHash(dir, hash);
	for (const asked of ["none", "all", makeId("app")] as const) await all.findSignedIn(dir, "t".repeat(43), asked);
	await all.listSessionsOfAccount(dir, account.id);
	await all.extendSession(dir, hash, later + hour);
	await all.deleteSessionsOfAccount(dir, account.id, hash);
	await all.deleteSessionOfAccount(dir, account.id, session.id);
	await all.deleteSessionByHash(dir, hash);
	await all.createVerification(dir, { id: "verification_v", identifier: "reset:x", value: "y", expiresAt: later });
	await all.findVerification(dir, "reset:x");
	await all.peekVerification(dir, "verification_v");
	await all.takeVerification(dir, "verification_v");
	await all.hitRateLimits(dir, [{ key: "sign-in", limit: 5, windowSeconds: 60 }]);
	await all.hitRateLimits(dir, [
		{ key: "one", limit: 5, windowSeconds: 60 },
		{ key: "two", limit: 5, windowSeconds: 60 },
	]);

	const guest = await all.createAccount(dir, { email: "guest@example.org", name: "Grace" });
	const appId = makeId("app");
	const { ownerId } = account;
	for (const scope of [appId, null]) {
		const token = `invitation-${scope}`.padEnd(43, "x");
		const invitation = { ownerId, appId: scope, role: "editor" as const, email: guest.email, invitedBy: account.id };
		await all.createInvitation(dir, { ...invitation, expiresAt: later, token });
		await all.listInvitations(dir, ownerId, scope);
		const grant = await all.useInvitation(dir, token, { accountId: guest.id, verifiedEmail: guest.email });
		await all.findGrantsOfAccount(dir, guest.id);
		await all.pageGrantsOfApp(dir, ownerId, scope);
		await all.pageGrantsOfApp(dir, ownerId, scope, { after: `${at}.${appId}` });
		if (grant) await all.revokeGrant(dir, ownerId, grant.id);
		const unused = await all.createInvitation(dir, { ...invitation, expiresAt: later, token: token.replace("i", "I") });
		await all.revokeInvitation(dir, ownerId, unused.id);
	}

	const link = await all.createLink(dir, { ownerId, appId, expiresAt: later, token: "l".repeat(43) });
	await all.findLinkByToken(dir, "l".repeat(43));
	await all.listOpenLinks(dir, ownerId, appId);
	await all.revokeLink(dir, ownerId, appId, link.id);
	const liveLabel = await all.reserveLabel(dir, { ownerId, appId, kind: "live" });
	await all.findLabel(dir, liveLabel);
	await all.listLabelsOfApp(dir, ownerId, appId);
	await all.listLabelsOfOwner(dir, ownerId);
	await all.findLabelOfApp(dir, appId);
	await all.retireLabel(dir, ownerId, liveLabel);
	await all.publishListing(dir, {
		appId,
		ownerId,
		title: "Garden",
		description: "Plants",
		liveLabel,
		versionId: makeId("version"),
		mayFork: true,
	});
	await all.findListing(dir, appId);
	await all.pageListings(dir);
	await all.pageListings(dir, { after: `${at}.${appId}` });
	await all.pageListings(dir, { search: "garden plants" });
	await all.findListed(dir, [appId]);
	await all.blockListing(dir, appId);
	await all.unpublishListing(dir, ownerId, appId);
	const report = await all.addReport(dir, { appId, reason: "spam", text: "" });
	await all.pageOpenReports(dir);
	await all.pageOpenReports(dir, { after: `${at}.${appId}` });
	await all.closeReport(dir, report.id);
	await all.logOperatorAction(dir, { action: "set_plan", ownerId, subject: "studio" });
	await all.pageOperatorActions(dir, ownerId);
	await all.pageOperatorActions(dir, ownerId, { after: `${at}.${appId}` });
	await all.suspend(dir, { ownerId, accountId: account.id });
	await all.isSuspended(dir, ownerId);
	await all.isSuspendedToken(dir, "t".repeat(43));
	await all.endSuspension(dir, ownerId);
	await all.deleteExpiredEntries(dir);
	await all.eraseAppEntries(dir, ownerId, appId);
	await all.eraseTenantEntries(dir, { ownerId, accountId: account.id });
}
