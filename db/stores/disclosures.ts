// Disclosures: one for each request that reached a model provider. The exact bytes are sealed in R2 under `contentKey`.
import { and, asc, desc, eq, gte, sql } from "drizzle-orm";
import { type AppId, type BuildId, type Id, makeId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
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

/** In the order they were sent. */
export function listDisclosuresOfBuild(scope: Scope, appId: AppId, buildId: BuildId): Promise<Disclosure[]> {
	return scope.read((rows) =>
		rows
			.select(columns)
			.from(relation)
			.where(and(eq(relation.buildId, buildId), eq(relation.appId, appId)))
			.orderBy(asc(relation.at), asc(relation.id))
			.limit(500),
	);
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

/** Where the sealed bodies are of all that was sent for an app from a time on, oldest first. */
export function listDisclosedSince(
	scope: Scope,
	appId: AppId,
	since: number,
): Promise<{ id: Id<"disclosure">; buildId: BuildId }[]> {
	return scope.read((rows) =>
		rows
			.select({ id: relation.id, buildId: relation.buildId })
			.from(relation)
			.where(and(eq(relation.appId, appId), gte(relation.at, since)))
			.orderBy(asc(relation.at), asc(relation.id)),
	);
}

/** Newest first. */
export function listDisclosures(scope: Scope, appId: AppId, limit = 200): Promise<Disclosure[]> {
	return scope.read((rows) =>
		rows
			.select(columns)
			.from(relation)
			.where(eq(relation.appId, appId))
			.orderBy(desc(relation.at), desc(relation.id))
			.limit(limit),
	);
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
