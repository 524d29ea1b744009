// What the stores do for one tenant, on real D1: apps, versions, builds, credits, history, erasure.
import { afterAll, beforeAll, expect, test } from "vitest";
import { DbError } from "#db/errors.ts";
import { openScope } from "#db/open.ts";
import { all } from "#db/pages.ts";
import { createApp, deleteApp, findAppIn, getApp, pageApps, pageAppsIn, renameApp } from "#db/stores/apps.ts";
import {
	completeBuild,
	endBuild,
	getBuild,
	moveBuild,
	nextQueuedBuild,
	queueBuild,
	runningBuild,
} from "#db/stores/builds.ts";
import { getBalance, grantCredits, pageLedger, setPlan } from "#db/stores/credits.ts";
import { addDisclosure, pageDisclosures } from "#db/stores/disclosures.ts";
import { eraseOwner } from "#db/stores/erasure.ts";
import { addMessage, pageMessages } from "#db/stores/messages.ts";
import { deletePrompt, pagePrompts, pagePromptsIn } from "#db/stores/prompt-history.ts";
import { addReference, attachReferences, pageReferences } from "#db/stores/references.ts";
import {
	createTeam,
	deleteTeam,
	joinTeam,
	leaveAllTeams,
	leaveTeam,
	listTeamMembers,
	listTeams,
	listTeamsOf,
	renameTeam,
} from "#db/stores/teams.ts";
import { appendVersion, getVersion, pageVersions } from "#db/stores/versions.ts";
import { createWorkspace, getWorkspace, setPolicy } from "#db/stores/workspace.ts";
import { type AccountId, type AppId, makeId, makeLabel, type ReferenceId } from "#schema/ids.ts";
import { type Databases, makeTenant, startDatabases, steppingClock, type Tenant } from "./databases.ts";

let databases: Databases;
beforeAll(async () => {
	databases = await startDatabases();
});
afterAll(() => databases.dispose());

const actorId: AccountId = makeId("account");

async function tenantWithApp(credits = 100): Promise<Tenant & { appId: AppId }> {
	const tenant = await makeTenant(databases.shard);
	await createWorkspace(tenant.scope, { name: "Ada's workspace", plan: "free", credits });
	const app = await createApp(tenant.scope, { name: "Plants", description: "water them", previewLabel: makeLabel() });
	return { ...tenant, appId: app.id };
}

const build = (appId: AppId, prompt = "an app for plants", credits = 10) => ({
	appId,
	actorId,
	prompt,
	offerId: null,
	parentVersionId: null,
	credits,
});

const version = (appId: AppId) => ({
	appId,
	parentId: null,
	packKey: "own/pack/x",
	message: "first",
	origin: "build" as const,
	sizeBytes: 10,
	manifest: { json: '{"files":[]}' },
});

test("reads several tenants of one database at once, each with its own rows", async () => {
	const [one, other] = [await tenantWithApp(), await tenantWithApp()];
	await renameApp(other.scope, other.appId, { name: "Stones" });
	const guest = other.guest(makeId("app"), false);
	const scopes = [one.scope, guest, other.scope];
	const pages = await pageAppsIn(scopes.map((scope) => ({ scope, size: 5 })));
	expect(pages.map(({ items }) => items.map(({ name }) => name))).toEqual([["Plants"], [], ["Stones"]]);
	expect(await findAppIn(scopes, other.appId)).toMatchObject({ at: 2, app: { name: "Stones" } });
	expect(await findAppIn([one.scope, guest], other.appId)).toBeNull();
	await queueBuild(other.scope, build(other.appId, "a wall of stones"));
	const prompts = await pagePromptsIn(
		scopes.map((scope) => ({ scope })),
		{ after: undefined, size: 5 },
	);
	expect(prompts.map(({ items }) => items.map(({ prompt, appName }) => [prompt, appName]))).toEqual([
		[],
		[],
		[["a wall of stones", "Stones"]],
	]);
});

test("makes a workspace once, whatever how often it is asked", async () => {
	const { scope } = await makeTenant(databases.shard);
	for (let time = 0; time < 3; time++) await createWorkspace(scope, { name: "Ada", plan: "free", credits: 50 });
	expect(await getWorkspace(scope)).toMatchObject({ name: "Ada", plan: "free", policy: null });
	expect(await getBalance(scope)).toBe(50);
	expect((await pageLedger(scope)).items).toMatchObject([{ kind: "plan", delta: 50, note: "welcome" }]);
	await setPolicy(scope, '{"ai":true}');
	expect((await getWorkspace(scope))?.policy).toBe('{"ai":true}');
});

test("keeps names sealed in the database and opens them in the store", async () => {
	const { scope, appId } = await tenantWithApp();
	await renameApp(scope, appId, { name: "Ferns" });
	expect(await getApp(scope, appId)).toMatchObject({ name: "Ferns", description: "water them", state: "active" });
	expect((await pageApps(scope)).items.map((app) => app.name)).toEqual(["Ferns"]);
	const dump = JSON.stringify(
		(await databases.shard.prepare("SELECT * FROM t_apps WHERE id = ?").bind(appId).all()).results,
	);
	expect(dump).not.toMatch(/Ferns|water/);
});

test("ends a build with a version, charges it once, and points the app at it", async () => {
	const { scope, appId } = await tenantWithApp();
	const queued = await queueBuild(scope, build(appId));
	expect(await getBalance(scope)).toBe(90);
	expect((await nextQueuedBuild(scope, appId))?.id).toBe(queued.id);
	expect(await moveBuild(scope, queued.id, ["queued"], "running", "model")).toBe(true);
	expect(await moveBuild(scope, queued.id, ["queued"], "running", "model")).toBe(false);
	expect((await runningBuild(scope, appId))?.startedAt).toBeGreaterThan(0);

	const made = await completeBuild(scope, queued.id, version(appId), 4);
	expect(made).toMatchObject({ number: 1, message: "first", manifest: '{"files":[]}', buildId: queued.id });
	expect(await completeBuild(scope, queued.id, version(appId), 4)).toBeNull();
	expect(await endBuild(scope, queued.id, { state: "stopped" })).toBe(false);

	expect(await getBalance(scope)).toBe(96);
	expect(await getBuild(scope, appId, queued.id)).toMatchObject({
		state: "done",
		versionId: made?.id,
		creditsCharged: 4,
	});
	expect((await getApp(scope, appId))?.currentVersionId).toBe(made?.id);
	expect(await runningBuild(scope, appId)).toBeNull();
	expect((await pageLedger(scope)).items.map((entry) => [entry.kind, entry.delta])).toEqual([
		["settle", 6],
		["reserve", -10],
		["plan", 100],
	]);
});

test("gives everything back when a build ends without a version", async () => {
	const { scope, appId } = await tenantWithApp();
	const queued = await queueBuild(scope, build(appId));
	expect(await endBuild(scope, queued.id, { state: "failed", failure: "model_stalled" })).toBe(true);
	expect(await completeBuild(scope, queued.id, version(appId), 4)).toBeNull();
	expect((await pageVersions(scope, appId)).items).toEqual([]);
	expect(await getBalance(scope)).toBe(100);
});

test("never lets parallel builds spend more than there is", async () => {
	const { scope, appId } = await tenantWithApp(35);
	const tries = await Promise.allSettled(Array.from({ length: 8 }, () => queueBuild(scope, build(appId))));
	const refused = tries.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
	expect(refused).toHaveLength(5);
	for (const reason of refused) expect(reason).toEqual(new DbError("credits"));
	expect(await getBalance(scope)).toBe(5);
	expect((await pageLedger(scope)).items).toHaveLength(4);
});

test("settles once when many try at the same time", async () => {
	const { scope, appId } = await tenantWithApp(100);
	const queued = await queueBuild(scope, build(appId));
	await moveBuild(scope, queued.id, ["queued"], "running", "model");
	const made = await Promise.all(Array.from({ length: 6 }, () => completeBuild(scope, queued.id, version(appId), 4)));
	expect(made.filter((each) => each !== null)).toHaveLength(1);
	expect(await endBuild(scope, queued.id, { state: "failed", failure: "crashed" })).toBe(false);
	expect(await getBalance(scope)).toBe(96);
	expect((await pageVersions(scope, appId)).items).toHaveLength(1);
});

test("grants once a note, and a change of plan shows in the tenant's ledger", async () => {
	const { scope } = await tenantWithApp(0);
	expect(await grantCredits(scope, 20, "sorry_2026_11")).toBe(true);
	expect(await grantCredits(scope, 20, "sorry_2026_11")).toBe(false);
	expect(await setPlan(scope, "studio", 500)).toBe(true);
	expect(await getBalance(scope)).toBe(520);
	expect((await getWorkspace(scope))?.plan).toBe("studio");
	expect((await pageLedger(scope)).items[0]).toMatchObject({ kind: "plan", delta: 500 });
});

test("refuses to reserve for a tenant without a balance", async () => {
	const { scope } = await makeTenant(databases.shard);
	const app = await createApp(scope, { name: "Plants", description: "", previewLabel: makeLabel() });
	await expect(queueBuild(scope, { ...build(app.id), credits: 0 })).rejects.toBeInstanceOf(DbError);
	expect((await pageLedger(scope)).items).toEqual([]);
});

test("numbers versions in order and refuses one made from an outdated parent", async () => {
	const { scope, appId } = await tenantWithApp();
	const first = await appendVersion(scope, version(appId));
	const second = await appendVersion(scope, { ...version(appId), parentId: first.id, onlyIfCurrent: true });
	expect(second.number).toBe(2);
	const late = appendVersion(scope, { ...version(appId), parentId: first.id, onlyIfCurrent: true });
	await expect(late).rejects.toEqual(new DbError("conflict"));
	expect((await getApp(scope, appId))?.currentVersionId).toBe(second.id);
	expect((await pageVersions(scope, appId)).items.map((entry) => entry.number)).toEqual([2, 1]);
	expect(await getVersion(scope, makeId("app"), first.id)).toBeNull();
});

test("finds prompts by what they say, page by page, and deletes them with all that was said and sent", async () => {
	const { appId, ownerId, sealer } = await tenantWithApp();
	// One fixed moment: pages must not lose prompts of the same millisecond.
	const scope = openScope({ db: databases.shard, ownerId, sealer, mayWrite: true, now: () => 1_000 });
	const made = [];
	for (const prompt of ["Track my FERNS", "a kanban board", "ferns again"])
		made.push(await queueBuild(scope, build(appId, prompt, 1)));
	const target = made[0];
	if (!target) throw new Error("no build");
	const found = await pagePrompts(scope, { search: "ferns" });
	expect(found.items.map((entry) => entry.prompt).sort()).toEqual(["Track my FERNS", "ferns again"]);
	const pages = await all((after) => pagePrompts(scope, { size: 1, after }));
	expect(new Set(pages.map((entry) => entry.buildId)).size).toBe(3);

	await addMessage(scope, { appId, buildId: target.id, role: "assistant", body: "Here it is" });
	const sent = { appId, buildId: target.id, provider: "anthropic", model: "m", destination: "https://api.example" };
	const disclosure = {
		...sent,
		region: null,
		sizeBytes: 3,
		contentKey: "own/disclosure/1",
		purpose: "build",
		retention: "none",
	} as const;
	const { id: disclosureId } = await addDisclosure(scope, disclosure);
	expect((await pageMessages(scope, appId, { buildId: target.id })).items).toMatchObject([
		{ body: "Here it is" },
		{ body: "Track my FERNS" },
	]);
	expect((await pageDisclosures(scope, appId)).items).toHaveLength(1);

	expect(await deletePrompt(scope, appId, target.id)).toEqual({ disclosureIds: [disclosureId] });
	expect((await pagePrompts(scope, { search: "track" })).items).toEqual([]);
	expect((await pageMessages(scope, appId, { buildId: target.id })).items).toEqual([]);
	expect((await pageDisclosures(scope, appId)).items).toEqual([]);
	expect(await getBuild(scope, appId, target.id)).toMatchObject({ prompt: null, creditsReserved: 1 });
});

test("attaches any number of references to a build, once, and keeps a confirmed header", async () => {
	const { scope, appId } = await tenantWithApp();
	const queued = await queueBuild(scope, build(appId));
	const file = {
		appId,
		name: "cars.csv",
		contentType: "text/csv",
		sizeBytes: 5,
		contentKey: "k",
		profile: '{"rows":2}',
	};
	const added: ReferenceId[] = [];
	for (let number = 0; number < 120; number++) added.push((await addReference(scope, file)).id);
	expect(await attachReferences(scope, appId, queued.id, added)).toBe(120);
	expect(await attachReferences(scope, appId, queued.id, added)).toBe(0);
	expect(await all((after) => pageReferences(scope, appId, { buildId: queued.id, after }))).toHaveLength(120);
});

test("deletes an app with everything of it, names the objects to delete, and leaves the other app alone", async () => {
	const { scope, appId } = await tenantWithApp();
	const other = await createApp(scope, { name: "Other", description: "", previewLabel: makeLabel() });
	const queued = await queueBuild(scope, build(appId));
	await queueBuild(scope, build(other.id));
	await completeBuild(scope, queued.id, { ...version(appId), manifest: { key: "own/manifest/1" } }, 1);
	await addReference(scope, {
		appId,
		name: "n",
		contentType: "t",
		sizeBytes: 1,
		contentKey: "own/reference/1",
		profile: null,
	});
	// two more that reserved: one waits, one runs
	const before = await getBalance(scope);
	const waiting = await queueBuild(scope, build(appId));
	const running = await queueBuild(scope, build(appId));
	await moveBuild(scope, running.id, ["queued"], "running", "reading");
	expect(await getBalance(scope)).toBeLessThan(before);
	expect(await deleteApp(scope, appId)).toBe(true);
	expect(await getBalance(scope)).toBe(before);
	// what ends late finds nothing, and is neither charged nor refunded again
	expect(await completeBuild(scope, running.id, { ...version(appId), manifest: { key: "k" } }, 1)).toBeNull();
	expect(await endBuild(scope, waiting.id, { state: "stopped" })).toBe(false);
	expect(await getBalance(scope)).toBe(before);
	expect(await deleteApp(scope, appId)).toBe(false);
	expect((await pageApps(scope)).items.map((app) => app.name)).toEqual(["Other"]);
	expect((await pagePrompts(scope)).items).toHaveLength(1);
	expect((await pageLedger(scope)).items).toHaveLength(8);
});

test("as many apps are made as there may be, also when several are made at once", async () => {
	const { scope } = await tenantWithApp();
	const make = () => createApp(scope, { name: "n", description: "", previewLabel: makeLabel() }, 3);
	const made = await Promise.allSettled([make(), make(), make(), make()]);
	expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
	expect(made.find((one) => one.status === "rejected")).toMatchObject({ reason: new DbError("limit") });
	expect((await pageApps(scope)).items).toHaveLength(3);
});

test("erases a whole owner, ledger too, and only in a scope opened for that", async () => {
	const { scope, appId, ownerId, sealer } = await tenantWithApp();
	await queueBuild(scope, build(appId));
	await expect(eraseOwner(scope)).rejects.toEqual(new DbError("guard"));
	expect((await pageApps(scope)).items).toHaveLength(1);
	const erasing = { db: databases.shard, ownerId, sealer, mayWrite: true, now: steppingClock(), isErasing: true };
	await eraseOwner(openScope(erasing));
	for (const table of ["workspace", "balance", "ledger", "apps", "builds", "messages"]) {
		const { results } = await databases.shard
			.prepare(`SELECT 1 FROM t_${table} WHERE owner_id = ?`)
			.bind(ownerId)
			.all();
		expect(results, table).toEqual([]);
	}
});

test("teams have a sealed name and members, who leave one by one or all at once", async () => {
	const { scope } = await makeTenant(databases.shard);
	const { scope: other } = await makeTenant(databases.shard);
	const [ada, bob] = [makeId("account"), makeId("account")];
	const [finance, sales] = [await createTeam(scope, " Finance "), await createTeam(scope, "Sales")];
	expect(await renameTeam(scope, sales.id, "Market")).toBe(true);
	expect((await listTeams(scope)).map(({ name }) => name)).toEqual(["Finance", "Market"]);
	const { results } = await databases.shard.prepare("SELECT name FROM t_teams").all<{ name: string }>();
	expect(results.map(({ name }) => name).join()).not.toMatch(/Finance|Market/);

	for (const team of [finance, sales]) expect(await joinTeam(scope, team.id, ada)).toBe(true);
	expect(await joinTeam(scope, finance.id, ada)).toBe(true);
	expect(await joinTeam(scope, finance.id, bob)).toBe(true);
	expect(await listTeamMembers(scope, finance.id)).toEqual([ada, bob]);
	expect(new Set(await listTeamsOf(scope, ada))).toEqual(new Set([finance.id, sales.id]));
	expect(await leaveTeam(scope, finance.id, bob)).toBe(true);
	expect(await leaveTeam(scope, finance.id, bob)).toBe(false);
	await leaveAllTeams(scope, ada);
	expect(await listTeamsOf(scope, ada)).toEqual([]);

	// another workspace's team is not there, by its id either
	expect(await joinTeam(other, finance.id, bob)).toBe(false);
	expect(await renameTeam(other, finance.id, "Mine")).toBe(false);
	expect(await deleteTeam(other, finance.id)).toBe(false);
	expect(await listTeams(other)).toEqual([]);
	await joinTeam(scope, sales.id, bob);
	expect(await deleteTeam(scope, sales.id)).toBe(true);
	expect(await joinTeam(scope, sales.id, bob)).toBe(false);
	expect((await listTeams(scope)).map(({ name }) => name)).toEqual(["Finance"]);
});
