// Disclosures: one for each request that reached a model provider. The exact bytes are sealed in R2 under `contentKey`.
import { and, eq, gte, sql } from "drizzle-orm";
import { type AppId, type BuildId, type Id, makeId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import { cursorOf, cutPage, isAfter, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope } from "../rls/scope.ts";
import { disclosures } from "../tables/disclosures.ts";

export interface Disclosure {
	id: Id<"disclosure">;
	appId: AppId;
	buildId: BuildId;
	provider: string;
	model: string;
	/** scheme, host and port */
	destination: string;
	region: Region | null;
	sizeBytes: number;
	contentKey: string;
	purpose: "build" | "repair";
	at: number;
	/** The provider's terms on that day, dated and linked: configuration, never content. */
	retention: string;
}

const { table, relation } = disclosures;
const { ownerId: _owner, ...columns } = {
	ownerId: relation.ownerId,
	id: relation.id,
	appId: relation.appId,
	buildId: relation.buildId,
	provider: relation.provider,
	model: relation.model,
	destination: relation.destination,
	region: relation.region,
	sizeBytes: relation.sizeBytes,
	contentKey: relation.contentKey,
	purpose: relation.purpose,
	at: relation.at,
	retention: relation.retention,
};

/** `id` is made beforehand, because the key and the AAD of the sealed bytes name it. */
export async function addDisclosure(
	scope: Scope,
	input: Omit<Disclosure, "id" | "at"> & { id?: Id<"disclosure">; at?: number },
): Promise<Disclosure> {
	const disclosure = { ...input, id: input.id ?? makeId("disclosure"), at: input.at ?? scope.now() };
	await scope.write((rows) => [rows.insert(table).values(disclosure)]);
	return disclosure;
}

/** How many requests a build has sent so far. */
export async function countDisclosuresOfBuild(scope: Scope, appId: AppId, buildId: BuildId): Promise<number> {
	const [row] = await scope.read((rows) =>
		rows
			.select({ count: sql<number>`count(*)` })
			.from(relation)
			.where(and(eq(relation.buildId, buildId), eq(relation.appId, appId))),
	);
	return row?.count ?? 0;
}

/** Newest first: of the app, or from a time on. */
export async function pageDisclosures(
	scope: Scope,
	appId: AppId,
	{ since, after, size = pageRows }: PageQuery & { since?: number } = {},
): Promise<Page<Disclosure>> {
	const { at, id } = relation;
	const fromThen = since === undefined ? undefined : gte(at, since);
	const found = await scope.read((rows) =>
		rows
			.select(columns)
			.from(relation)
			.where(and(eq(relation.appId, appId), fromThen, isAfter(after, at, id)))
			.orderBy(...newestFirst(at, id))
			.limit(size + 1),
	);
	return cutPage(found, size, (row) => cursorOf(row.at, row.id));
}

export async function getDisclosure(scope: Scope, appId: AppId, id: Id<"disclosure">): Promise<Disclosure | null> {
	const [row] = await scope.read((rows) =>
		rows
			.select(columns)
			.from(relation)
			.where(and(eq(relation.id, id), eq(relation.appId, appId)))
			.limit(1),
	);
	return row ?? null;
}
