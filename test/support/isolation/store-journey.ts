// One life of a tenant through every function of every store, so that each statement the product can send to a shard is sent.
import type { D1Database } from "@cloudflare/workers-types";
import { openScope, type Scope } from "#db/open.ts";
import * as approvals from "#db/stores/approvals.ts";
import * as apps from "#db/stores/apps.ts";
import * as builds from "#db/stores/builds.ts";
import * as contentRows from "#db/stores/content-rows.ts";
import * as credits from "#db/stores/credits.ts";
import * as disclosures from "#db/stores/disclosures.ts";
import * as erasure from "#db/stores/erasure.ts";
import * as messages from "#db/stores/messages.ts";
import * as history from "#db/stores/prompt-history.ts";
import * as references from "#db/stores/references.ts";
import * as teams from "#db/stores/teams.ts";
import * as versions from "#db/stores/versions.ts";
import * as workspace from "#db/stores/workspace.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { makeId, makeLabel, type OwnerId } from "#schema/ids.ts";

/** The stores by the names of their files. */
export const stores = {
	approvals,
	apps,
	builds,
	"content-rows": contentRows,
	credits,
	disclosures,
	erasure,
	messages,
	"prompt-history": history,
	references,
	teams,
	versions,
	workspace,
};

/** Parts of other functions, which call no database by themselves: they are reached through those. */
export const statementMakers = [
	"reserveStatements",
	"closeStatements",
	"grantStatements",
	"appendStatements",
	"refundAppStatements",
	"promptCursor",
	"appCursor",
];

export async function liveOneLife(db: D1Database, called: (name: string) => void): Promise<OwnerId> {
	const ownerId = makeId("owner");
	const sealer = await makeSealer("us-east", ownerId, "test", new Secret(crypto.getRandomValues(new Uint8Array(32))));
	let at = Date.UTC(2026, 10, 21);
	const open = (more: { isErasing?: boolean } = {}) =>
		openScope({ db, ownerId, sealer, mayWrite: true, now: () => ++at, ...more });
	const scope = open();
	// Calls by name, so that none is forgotten: the test compares the names with what the stores export.
	const on = <S extends object>(store: S) =>
		new Proxy(store, {
			get(target, name) {
				called(String(name));
				return Reflect.get(target, name);
			},
		});
	const [w, c, a, b, v, m, d, r, h, p, n, t] = [
		on(workspace),
		on(credits),
		on(apps),
		on(builds),
		on(versions),
		on(messages),
		on(disclosures),
		on(references),
		on(history),
		on(approvals),
		on(contentRows),
		on(teams),
	] as const;

	const after = `${at}.${makeId("app")}`;
	await w.createWorkspace(scope, { name: "Ada's", plan: "free", credits: 100 });
	await w.setPolicy(scope, "{}");
	await w.getWorkspace(scope);
	await c.grantCredits(scope, 20, "sorry");
	await c.setPlan(scope, "pro", 50);
	await c.getBalance(scope);
	await c.pageLedger(scope);
	await c.pageLedger(scope, { after });

	const app = await a.createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	await a.getApp(scope, app.id);
	await a.pageApps(scope);
	await a.pageApps(scope, { after, search: "plants" });
	await a.findAppIn([scope, scope], app.id);
	await a.pageAppsIn([
		{ scope, after, size: 5 },
		{ scope, size: 5 },
	]);
	await a.changeApp(scope, app.id, { name: "Moss", mayFork: true });
	await a.renameApp(scope, app.id, { name: "Ferns", description: "green" });
	await a.setAppState(scope, app.id, "active");

	await h.pagePrompts(scope, {});
	await h.pagePrompts(scope, { after, appId: app.id });
	await h.pagePromptsIn([{ scope }, { scope, appId: app.id }], { after: undefined, size: 5 });
	await h.pagePrompts(scope, { actorId: makeId("account") });
	const built = await prompt(scope, b, app.id);
	await b.runningBuild(scope, app.id);
	await b.nextQueuedBuild(scope, app.id);
	await b.moveBuild(scope, built.id, ["queued"], "running", "model");
	await b.noteProgress(scope, built.id, { step: "gate", checkpointKey: null });
	await b.getBuild(scope, app.id, built.id);
	await b.findBuild(scope, built.id);
	await b.pageBuilds(scope, app.id);
	await b.pageBuilds(scope, app.id, { after });
	await b.latestBuildStates(scope, [app.id]);
	await b.activeBuild(scope, app.id);
	await m.addMessage(scope, { appId: app.id, buildId: built.id, role: "assistant", body: "Here" });
	await m.pageMessages(scope, app.id);
	await m.pageMessages(scope, app.id, { after });
	await m.pageMessages(scope, app.id, { buildId: built.id });
	const sent = await d.addDisclosure(scope, {
		appId: app.id,
		buildId: built.id,
		provider: "anthropic",
		model: "m",
		destination: "https://api.example",
		region: null,
		sizeBytes: 1,
		contentKey: "k",
		purpose: "build",
		retention: "none",
	});
	await d.pageDisclosures(scope, app.id);
	await d.pageDisclosures(scope, app.id, { since: 0, after });
	await d.getDisclosure(scope, app.id, sent.id);
	await d.countDisclosuresOfBuild(scope, app.id, built.id);
	await n.listContentIds(scope, app.id);
	const file = { appId: app.id, name: "a.csv", contentType: "text/csv", sizeBytes: 1, contentKey: "k", profile: "{}" };
	const reference = await r.addReference(scope, file);
	await r.attachReferences(scope, app.id, built.id, [reference.id]);
	await r.pageReferences(scope, app.id, { after });
	await r.pageReferences(scope, app.id, { buildId: built.id });
	await r.deleteReference(scope, app.id, reference.id);

	const version = {
		appId: app.id,
		parentId: null,
		packKey: "k",
		message: "first",
		origin: "build" as const,
		sizeBytes: 1,
		manifest: { json: "{}" },
	};
	await b.completeBuild(scope, built.id, version, 1);
	await b.endBuild(scope, (await prompt(scope, b, app.id)).id, { state: "stopped" });
	const appended = await v.appendVersion(scope, { ...version, origin: "manual", manifest: { key: "k" } });
	await v.appendVersion(scope, { ...version, parentId: appended.id, onlyIfCurrent: true });
	await v.sealVersion(scope, version);
	await v.getVersion(scope, app.id, appended.id);
	await v.pageVersions(scope, app.id);
	await v.pageVersions(scope, app.id, { after: "2" });
	const [stored] = await scope.read((rows) => rows.select().from(versionsRelation));
	if (stored) await v.openVersion(scope, stored);
	await a.setPublished(scope, app.id, { versionId: appended.id, liveLabel: makeLabel() });
	await h.pagePrompts(scope, { search: "plants", size: 1 });
	await h.deletePrompt(scope, app.id, built.id);

	const approval = await p.recordApproval(scope, {
		provider: "anthropic",
		destination: "https://api.example",
		approvedBy: makeId("account"),
	});
	await p.approvalsInForce(scope);
	await p.pageApprovals(scope);
	await p.pageApprovals(scope, { after });
	await p.revokeApproval(scope, approval.id);

	const [finance, sales] = [await t.createTeam(scope, "Finance"), await t.createTeam(scope, "Sales")];
	const member = makeId("account");
	await t.renameTeam(scope, finance.id, "Money");
	await t.listTeams(scope);
	await t.joinTeam(scope, finance.id, member);
	await t.joinTeam(scope, sales.id, member);
	await t.listTeamMembers(scope, finance.id);
	await t.listTeamsOf(scope, member);
	await t.leaveTeam(scope, finance.id, member);
	await t.leaveAllTeams(scope, member);
	await t.deleteTeam(scope, sales.id);

	// A guest of the app asks the same tables in the narrower width.
	const guest = openScope({ db, ownerId, appId: app.id, sealer, mayWrite: true, now: () => ++at });
	await apps.pageApps(guest);
	await apps.renameApp(guest, app.id, { name: "Edited" });
	await messages.pageMessages(guest, app.id);
	await credits.getBalance(guest);
	await history.pagePrompts(guest, {});

	await a.deleteApp(scope, app.id);
	await on(erasure).eraseOwner(open({ isErasing: true }));
	return ownerId;
}

const versionsRelation = (await import("#db/tables/versions.ts")).versions.relation;

function prompt(scope: Scope, store: typeof builds, appId: Parameters<typeof builds.pageBuilds>[1]) {
	return store.queueBuild(scope, {
		appId,
		actorId: makeId("account"),
		prompt: "plants",
		offerId: null,
		parentVersionId: null,
		credits: 5,
	});
}
