// Versions: appended, never changed. Their files are a sealed pack in R2; their manifest is sealed here, or in R2 when large.
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { type AppId, type BuildId, makeId, type VersionId } from "#schema/ids.ts";
import { DbError } from "../errors.ts";
import { cutPage, mapPage, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope, WriteRows } from "../rls/scope.ts";
import { apps } from "../tables/apps.ts";
import { versions } from "../tables/versions.ts";

export interface Version {
	id: VersionId;
	appId: AppId;
	/** 1, 2, 3 … within the app */
	number: number;
	parentId: VersionId | null;
	/** JSON; null when it is in R2 under `manifestKey` */
	manifest: string | null;
	manifestKey: string | null;
	packKey: string;
	message: string;
	origin: "build" | "manual" | "restore" | "fork" | "upload";
	buildId: BuildId | null;
	sizeBytes: number;
	createdAt: number;
}

export interface NewVersion
	extends Pick<Version, "appId" | "parentId" | "packKey" | "message" | "origin" | "sizeBytes"> {
	/** Made beforehand, because the keys of its objects and the AAD of its pack name it. */
	id?: VersionId;
	buildId?: BuildId | null;
	/** JSON of at most 64 KB, or the R2 key of a sealed larger one. */
	manifest: { json: string } | { key: string };
}

const { table, relation } = versions;

/** How many versions of an app no build has made, and how many bytes they have at most. */
export interface HandVersions {
	count: number;
	bytes: number;
}

/**
 * Appends a version and makes it the app's current one, in one transaction. With `onlyIfCurrent`, only while `parentId` is still
 * the current version; with `most`, only while those made by hand fit in it, also when several are saved at once. Throws DbError
 * `versions` when they don't, and `conflict` when the current version changed or the app is gone.
 */
export async function appendVersion(
	scope: Scope,
	input: NewVersion & { onlyIfCurrent?: boolean; most?: HandVersions },
): Promise<Version> {
	const version = await sealVersion(scope, input);
	const isCurrent = sql`EXISTS (SELECT 1 FROM ${apps.relation} a WHERE a.id = ${version.appId} AND a.current_version_id IS ${version.parentId})`;
	const fits = input.most
		? sql`EXISTS (SELECT 1 FROM (${handVersions(input.appId)}) h
			WHERE h.count < ${input.most.count} AND h.bytes + ${input.sizeBytes} <= ${input.most.bytes})`
		: sql`1`;
	const [inserted] = await scope.write((rows) =>
		appendStatements(scope, rows, version, sql`${input.onlyIfCurrent ? isCurrent : sql`1`} AND ${fits}`),
	);
	const row = inserted[0];
	if (!row) {
		const has = await countHandVersions(scope, input.appId);
		const { count = Infinity, bytes = Infinity } = input.most ?? {};
		throw new DbError(has.count >= count || has.bytes + input.sizeBytes > bytes ? "versions" : "conflict");
	}
	return openVersion(scope, row);
}

const handVersions = (appId: AppId) =>
	sql`SELECT count(*) AS count, coalesce(sum(v.size_bytes), 0) AS bytes FROM ${relation} v
		WHERE v.app_id = ${appId} AND v.origin IN ('manual', 'restore', 'upload')`;

async function countHandVersions(scope: Scope, appId: AppId): Promise<HandVersions> {
	const [has] = await scope.read((rows) =>
		rows
			.select({ count: sql<number>`count(*)`, bytes: sql<number>`coalesce(sum(${relation.sizeBytes}), 0)` })
			.from(relation)
			.where(and(eq(relation.appId, appId), inArray(relation.origin, ["manual", "restore", "upload"]))),
	);
	return has ?? { count: 0, bytes: 0 };
}

/** Sealed values first: the write itself must not wait inside a transaction. */
export async function sealVersion(scope: Scope, input: NewVersion) {
	const id = input.id ?? makeId("version");
	const seal = (column: string, text: string) => scope.sealer.seal({ table: "versions", column, row: id }, text);
	return {
		id,
		appId: input.appId,
		parentId: input.parentId,
		manifest: "json" in input.manifest ? await seal("manifest", input.manifest.json) : null,
		manifestKey: "key" in input.manifest ? input.manifest.key : null,
		packKey: input.packKey,
		message: await seal("message", input.message),
		origin: input.origin,
		buildId: input.buildId ?? null,
		sizeBytes: input.sizeBytes,
		createdAt: scope.now(),
	};
}

/** The two statements of an append, which happens only `when` that holds inside the transaction. The first returns the row. */
export function appendStatements(
	scope: Scope,
	rows: WriteRows,
	version: Awaited<ReturnType<typeof sealVersion>>,
	when: SQL,
) {
	const next = sql`(SELECT coalesce(max(v.number), 0) + 1 FROM ${relation} v WHERE v.app_id = ${version.appId})`;
	const { id, appId, parentId, manifest, manifestKey, packKey, message, origin, buildId, sizeBytes, createdAt } =
		version;
	return [
		rows
			.insert(table)
			.select(
				// In the order the columns are declared.
				sql`SELECT ${scope.ownerId}, ${id}, ${appId}, ${next}, ${parentId}, ${manifest}, ${manifestKey}, ${packKey}, ${message},
				${origin}, ${buildId}, ${sizeBytes}, ${createdAt} WHERE ${when}`,
			)
			.returning(),
		rows
			.update(apps.table)
			.set({ currentVersionId: id, updatedAt: scope.now() })
			.where(and(eq(apps.table.id, appId), sql`EXISTS (SELECT 1 FROM ${relation} v WHERE v.id = ${id})`)),
	] as const;
}

export async function getVersion(scope: Scope, appId: AppId, versionId: VersionId): Promise<Version | null> {
	const [row] = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.id, versionId), eq(relation.appId, appId)))
			.limit(1),
	);
	return row ? openVersion(scope, row) : null;
}

/** Newest first, without manifests: a history shows none. */
export async function pageVersions(
	scope: Scope,
	appId: AppId,
	{ after, size = pageRows }: PageQuery = {},
): Promise<Page<Omit<Version, "manifest" | "manifestKey">>> {
	// their numbers are the cursor: they only grow
	const before = after === undefined ? undefined : lt(relation.number, /^\d{1,9}$/.test(after) ? Number(after) : 0);
	const { id, number, parentId, packKey, message, origin, buildId, sizeBytes, createdAt } = relation;
	const found = await scope.read((rows) =>
		rows
			.select({ id, appId: relation.appId, number, parentId, packKey, message, origin, buildId, sizeBytes, createdAt })
			.from(relation)
			.where(and(eq(relation.appId, appId), before))
			.orderBy(desc(number))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => String(row.number));
	return mapPage(page, async (row) => ({ ...row, message: await openMessage(scope, row) }));
}

export async function openVersion(scope: Scope, row: typeof relation.$inferSelect): Promise<Version> {
	const { ownerId: _owner, manifest, ...rest } = row;
	const place = { table: "versions", column: "manifest", row: row.id };
	return {
		...rest,
		manifest: manifest === null ? null : await scope.sealer.open(place, manifest),
		message: await openMessage(scope, row),
	};
}

function openMessage(scope: Scope, row: { id: string; message: string }): Promise<string> {
	return scope.sealer.open({ table: "versions", column: "message", row: row.id }, row.message);
}
