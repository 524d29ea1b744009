// Builds: queued with their credits, moved from state to state by whoever holds the expected one, ended exactly once.
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { BuildFailure, BuildState } from "#schema/build-events.ts";
import { type AccountId, type AppId, type BuildId, makeId, type VersionId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope, WriteRows } from "../rls/scope.ts";
import { builds } from "../tables/builds.ts";
import { messages } from "../tables/messages.ts";
import { closeStatements, reserveStatements } from "./credits.ts";
import { appendStatements, type NewVersion, openVersion, sealVersion, type Version } from "./versions.ts";

export interface Build {
	id: BuildId;
	appId: AppId;
	/** The account that asked. */
	actorId: AccountId;
	state: BuildState;
	/** Null once it was deleted from the history. */
	prompt: string | null;
	offerId: string | null;
	parentVersionId: VersionId | null;
	versionId: VersionId | null;
	creditsReserved: number;
	creditsCharged: number | null;
	failure: BuildFailure | null;
	step: string;
	checkpointKey: string | null;
	createdAt: number;
	startedAt: number | null;
	finishedAt: number | null;
}

export interface NewBuild {
	id?: BuildId;
	appId: AppId;
	actorId: AccountId;
	prompt: string;
	/** Null: the composer. */
	offerId: string | null;
	parentVersionId: VersionId | null;
	credits: number;
}

const { table, relation } = builds;
const unfinished = ["queued", "running", "asking"] as const;

/**
 * Writes a queued build, its prompt as the conversation's next message, and its reservation, in one transaction. The scope is
 * the tenant's, also when an invited editor asks: credits are the owner's. Throws DbError `credits`.
 */
export async function queueBuild(scope: Scope, input: NewBuild): Promise<Build> {
	const id = input.id ?? makeId("build");
	const messageId = makeId("message");
	const at = scope.now();
	const prompt = await scope.sealer.seal({ table: "builds", column: "prompt", row: id }, input.prompt);
	const body = await scope.sealer.seal({ table: "messages", column: "body", row: messageId }, input.prompt);
	const row = {
		id,
		appId: input.appId,
		actorId: input.actorId,
		state: "queued" as const,
		offerId: input.offerId,
		parentVersionId: input.parentVersionId,
		versionId: null,
		creditsReserved: input.credits,
		creditsCharged: null,
		failure: null,
		step: "queued",
		checkpointKey: null,
		createdAt: at,
		startedAt: null,
		finishedAt: null,
	};
	await scope.write((rows) => [
		// First, so that its CHECK decides before anything else is written.
		...reserveStatements(scope, rows, id, input.credits),
		rows.insert(table).values({ ...row, prompt }),
		rows.insert(messages.table).values({ id: messageId, appId: input.appId, buildId: id, role: "user", body, at }),
	]);
	return { ...row, prompt: input.prompt };
}

export async function getBuild(scope: Scope, appId: AppId, buildId: BuildId): Promise<Build | null> {
	const [row] = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.id, buildId), eq(relation.appId, appId)))
			.limit(1),
	);
	return row ? openBuild(scope, row) : null;
}

/** A build whose app is not known. */
export async function findBuild(scope: Scope, buildId: BuildId): Promise<Build | null> {
	const [row] = await scope.read((rows) => rows.select().from(relation).where(eq(relation.id, buildId)).limit(1));
	return row ? openBuild(scope, row) : null;
}

/** Newest first. */
export async function pageBuilds(
	scope: Scope,
	appId: AppId,
	{ after, size = pageRows }: PageQuery = {},
): Promise<Page<Build>> {
	const { createdAt, id } = relation;
	const found = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.appId, appId), isAfter(after, createdAt, id)))
			.orderBy(...newestFirst(createdAt, id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => cursorOf(row.createdAt, row.id));
	return mapPage(page, (row) => openBuild(scope, row));
}

/** The state of each app's latest build, for at most as many apps as a statement takes ids. */
export async function latestBuildStates(scope: Scope, appIds: readonly AppId[]): Promise<Map<AppId, BuildState>> {
	if (appIds.length === 0) return new Map();
	const { appId, state, createdAt } = relation;
	// SQLite takes a bare column from the row that has the maximum
	const found = await scope.read((rows) =>
		rows
			.select({ appId, state, at: sql<number>`max(${createdAt})` })
			.from(relation)
			.where(inArray(appId, [...appIds]))
			.groupBy(appId),
	);
	return new Map(found.map((row) => [row.appId, row.state]));
}

/** The build of this app that runs, asks or waits: the one that has begun, else the next in the queue. */
export async function activeBuild(scope: Scope, appId: AppId): Promise<Build | null> {
	const isQueued = sql`${relation.state} = 'queued'`;
	const [row] = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.appId, appId), inArray(relation.state, unfinished)))
			.orderBy(asc(isQueued), asc(relation.createdAt), asc(relation.id))
			.limit(1),
	);
	return row ? openBuild(scope, row) : null;
}

/** The build of this app that runs or waits for an answer, if any. */
export async function runningBuild(scope: Scope, appId: AppId): Promise<Build | null> {
	return firstOf(scope, appId, ["running", "asking"]);
}

/** The oldest queued build of this app, if any. */
export async function nextQueuedBuild(scope: Scope, appId: AppId): Promise<Build | null> {
	return firstOf(scope, appId, ["queued"]);
}

/** Moves a build on, if it is in one of `from`; false otherwise. `done` is only for `completeBuild`, the other ends for `endBuild`. */
export async function moveBuild(
	scope: Scope,
	buildId: BuildId,
	from: readonly BuildState[],
	to: "queued" | "running" | "asking",
	step: string,
): Promise<boolean> {
	const started = to === "running" ? { startedAt: sql<number>`coalesce(${table.startedAt}, ${scope.now()})` } : {};
	const [moved] = await scope.write((rows) => [
		rows
			.update(table)
			.set({ state: to, step, ...started })
			.where(and(eq(table.id, buildId), inArray(table.state, from)))
			.returning({ id: table.id }),
	]);
	return moved.length > 0;
}

/** Notes where a running build stands and where its sealed checkpoint is. False once it has ended. */
export async function noteProgress(
	scope: Scope,
	buildId: BuildId,
	progress: { step?: string; checkpointKey?: string | null },
): Promise<boolean> {
	if (Object.keys(progress).length === 0) return true;
	const [noted] = await scope.write((rows) => [
		rows
			.update(table)
			.set(progress)
			.where(and(eq(table.id, buildId), inArray(table.state, unfinished)))
			.returning({ id: table.id }),
	]);
	return noted.length > 0;
}

/**
 * Ends a build with a version: appends the version, points the app at it, charges, all or nothing. Null when the build had
 * already ended, or its app is gone; then nothing changed and nothing was charged.
 */
export async function completeBuild(
	scope: Scope,
	buildId: BuildId,
	input: Omit<NewVersion, "buildId">,
	charged: number,
): Promise<Version | null> {
	const version = await sealVersion(scope, { ...input, buildId });
	const isEndedByThis = sql`EXISTS (SELECT 1 FROM ${relation} b WHERE b.id = ${buildId} AND b.version_id = ${version.id})`;
	const end = { state: "done", step: "done", versionId: version.id, creditsCharged: charged } as const;
	const [, , , inserted] = await scope.write((rows) => [
		endStatement(scope, rows, buildId, end),
		...closeStatements(scope, rows, "settle", buildId, charged),
		...appendStatements(scope, rows, version, isEndedByThis),
	]);
	const row = inserted[0];
	return row ? openVersion(scope, row) : null;
}

/** Ends a build without a version: everything reserved goes back. False when it had already ended. */
export async function endBuild(
	scope: Scope,
	buildId: BuildId,
	end: { state: "failed"; failure: BuildFailure } | { state: "stopped" },
): Promise<boolean> {
	const failure = end.state === "failed" ? end.failure : null;
	const [ended] = await scope.write((rows) => [
		endStatement(scope, rows, buildId, { state: end.state, step: end.state, failure, creditsCharged: 0 }),
		...closeStatements(scope, rows, "refund", buildId, 0),
	]);
	return ended.length > 0;
}

// Ends a build that has not ended; what follows in the transaction asks whether it did.
function endStatement(
	scope: Scope,
	rows: WriteRows,
	buildId: BuildId,
	end: Pick<Build, "state" | "step" | "creditsCharged"> & Partial<Pick<Build, "failure" | "versionId">>,
) {
	return rows
		.update(table)
		.set({ ...end, checkpointKey: null, finishedAt: scope.now() })
		.where(and(eq(table.id, buildId), inArray(table.state, unfinished)))
		.returning({ id: table.id });
}

async function firstOf(scope: Scope, appId: AppId, states: readonly BuildState[]): Promise<Build | null> {
	const [row] = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.appId, appId), inArray(relation.state, states)))
			.orderBy(asc(relation.createdAt), asc(relation.id))
			.limit(1),
	);
	return row ? openBuild(scope, row) : null;
}

async function openBuild(scope: Scope, row: typeof relation.$inferSelect): Promise<Build> {
	const { ownerId: _owner, prompt, ...rest } = row;
	const place = { table: "builds", column: "prompt", row: row.id };
	return { ...rest, prompt: prompt === null ? null : await scope.sealer.open(place, prompt) };
}
