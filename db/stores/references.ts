// Files attached to prompts: what they are and where their sealed bytes are.
import { and, eq, inArray, isNull } from "drizzle-orm";
import { type AppId, type BuildId, makeId, type ReferenceId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope } from "../rls/scope.ts";
import { appReferences } from "../tables/app-references.ts";

export interface Reference {
	id: ReferenceId;
	appId: AppId;
	/** Null until a build used it. */
	buildId: BuildId | null;
	name: string;
	contentType: string;
	sizeBytes: number;
	contentKey: string;
	/** JSON: header, types and counts of a table. Null for other files. */
	profile: string | null;
	headerConfirmed: boolean;
	at: number;
}

export interface NewReference
	extends Pick<Reference, "appId" | "name" | "contentType" | "sizeBytes" | "contentKey" | "profile"> {
	/** Made beforehand, because its object's key and AAD name it. */
	id?: ReferenceId;
	headerConfirmed?: boolean;
}

const { table, relation } = appReferences;
const place = (row: string, column: "name" | "profile") => ({ table: "app_references", column, row });

export async function addReference(scope: Scope, input: NewReference): Promise<Reference> {
	const id = input.id ?? makeId("reference");
	const reference = {
		...input,
		id,
		buildId: null,
		headerConfirmed: input.headerConfirmed ?? false,
		at: scope.now(),
	};
	const name = await scope.sealer.seal(place(id, "name"), input.name);
	const profile = input.profile === null ? null : await scope.sealer.seal(place(id, "profile"), input.profile);
	await scope.write((rows) => [rows.insert(table).values({ ...reference, name, profile })]);
	return reference;
}

/** Newest first; of one build when given. */
export async function pageReferences(
	scope: Scope,
	appId: AppId,
	{ buildId, after, size = pageRows }: PageQuery & { buildId?: BuildId } = {},
): Promise<Page<Reference>> {
	const { at, id } = relation;
	const ofBuild = buildId === undefined ? undefined : eq(relation.buildId, buildId);
	const found = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.appId, appId), ofBuild, isAfter(after, at, id)))
			.orderBy(...newestFirst(at, id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => cursorOf(row.at, row.id));
	return mapPage(page, (row) => openReference(scope, row));
}

/** Attaches waiting references of the app to a build; answers how many. Ids of another app, or already attached, are left out. */
export async function attachReferences(
	scope: Scope,
	appId: AppId,
	buildId: BuildId,
	referenceIds: readonly ReferenceId[],
): Promise<number> {
	// D1 binds at most 100 parameters a statement.
	const chunks = Array.from({ length: Math.ceil(referenceIds.length / 50) }, (_, at) =>
		referenceIds.slice(at * 50, at * 50 + 50),
	);
	const attached = await scope.write((rows) =>
		chunks.map((ids) =>
			rows
				.update(table)
				.set({ buildId })
				.where(and(eq(table.appId, appId), isNull(table.buildId), inArray(table.id, ids)))
				.returning({ id: table.id }),
		),
	);
	return attached.flat().length;
}

/** Answers the key of the sealed object that the caller deletes next; null when there was none. */
export async function deleteReference(scope: Scope, appId: AppId, referenceId: ReferenceId): Promise<string | null> {
	const [deleted] = await scope.write((rows) => [
		rows
			.delete(table)
			.where(and(eq(table.id, referenceId), eq(table.appId, appId)))
			.returning({ key: table.contentKey }),
	]);
	return deleted[0]?.key ?? null;
}

async function openReference(scope: Scope, row: typeof relation.$inferSelect): Promise<Reference> {
	const { ownerId: _owner, name, profile, ...rest } = row;
	return {
		...rest,
		name: await scope.sealer.open(place(row.id, "name"), name),
		profile: profile === null ? null : await scope.sealer.open(place(row.id, "profile"), profile),
	};
}
