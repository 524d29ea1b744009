// One life of a tenant through every function of every store, so that each statement the product can send to a shard is sent.
import type { D1Database } from "@cloudflare/workers-types";
import { openScope, type Scope } from "#db/rls/scope.ts";
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
	const [w, c, a, b, v, m, d, r, h, p, n] = [
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
	] as const;

	await w.createWorkspace(scope, { name: "Ada's", plan: "free", credits: 100 });
	await w.renameWorkspace(scope, "Ada's garden");
	await w.setPolicy(scope, "{}");
	await w.getWorkspace(scope);
	await c.grantCredits(scope, 20, "sorry");
	await c.setPlan(scope, "pro", 50);
	await c.getBalance(scope);
	const spent = makeId("build");
	await c.reserveCredits(scope, spent, 5);
	await c.settleCredits(scope, spent, 2);
	await c.reserveCredits(scope, makeId("build"), 5);
	await c.listLedger(scope);

	const app = await a.createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	await a.getApp(scope, app.id);
	await a.listApps(scope);
	await a.renameApp(scope, app.id, { name: "Ferns", description: "green" });
	await a.setMayFork(scope, app.id, true);
	await a.setAppState(scope, app.id, "active");

	await h.listPrompts(scope, {});
	const built = await prompt(scope, b, app.id);
	await b.runningBuild(scope, app.id);
	await b.nextQueuedBuild(scope, app.id);
	await b.listUnfinishedBuilds(scope);
	await b.moveBuild(scope, built.id, ["queued"], "running", "model");
	await b.noteProgress(scope, built.id, { step: "gate", checkpointKey: null });
	await b.getBuild(scope, app.id, built.id);
	await b.findBuild(scope, built.id);
	await b.listBuilds(scope, app.id);
	await m.addMessage(scope, { appId: app.id, buildId: built.id, role: "assistant", body: "Here" });
	await m.listMessages(scope, app.id);
	await m.listMessages(scope, app.id, { buildId: built.id });
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
	await d.listDisclosures(scope, app.id);
	await d.listDisclosedSince(scope, app.id, 0);
	await d.listDisclosuresOfBuild(scope, app.id, built.id);
	await d.getDisclosure(scope, app.id, sent.id);
	await d.countDisclosuresOfBuild(scope, app.id, built.id);
	await n.listContentIds(scope, app.id);
	const file = { appId: app.id, name: "a.csv", contentType: "text/csv", sizeBytes: 1, contentKey: "k", profile: "{}" };
	const reference = await r.addReference(scope, file);
	await r.getReference(scope, app.id, reference.id);
	await r.attachReferences(scope, app.id, built.id, [reference.id]);
	await r.updateReference(scope, app.id, reference.id, { headerConfirmed: true, profile: "{}" });
	await r.listReferences(scope, app.id);
	await r.listReferences(scope, app.id, built.id);
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
	await v.getVersionByNumber(scope, app.id, 1);
	await v.listVersions(scope, app.id);
	const [stored] = await scope.read((rows) => rows.select().from(versionsRelation));
	if (stored) await v.openVersion(scope, stored);
	await a.setCurrentVersion(scope, app.id, appended.id);
	await a.setPublished(scope, app.id, { versionId: appended.id, liveLabel: makeLabel() });
	await h.listPrompts(scope, { search: "plants", limit: 1 });
	await h.deletePrompt(scope, app.id, built.id);

	const approval = await p.recordApproval(scope, {
		provider: "anthropic",
		destination: "https://api.example",
		approvedBy: makeId("account"),
	});
	await p.findApproval(scope, "anthropic", "https://api.example");
	await p.listApprovals(scope);
	await p.revokeApproval(scope, approval.id);

	// A guest of the app asks the same tables in the narrower width.
	const guest = openScope({ db, ownerId, appId: app.id, sealer, mayWrite: true, now: () => ++at });
	await apps.listApps(guest);
	await apps.renameApp(guest, app.id, { name: "Edited" });
	await messages.listMessages(guest, app.id);
	await credits.getBalance(guest);
	await history.listPrompts(guest, {});

	await a.deleteApp(scope, app.id);
	await on(erasure).eraseOwner(open({ isErasing: true }));
	return ownerId;
}

const versionsRelation = (await import("#db/tables/versions.ts")).versions.relation;

function prompt(scope: Scope, store: typeof builds, appId: Parameters<typeof builds.listBuilds>[1]) {
	return store.queueBuild(scope, {
		appId,
		actorId: makeId("account"),
		prompt: "plants",
		offerId: null,
		parentVersionId: null,
		credits: 5,
	});
}
