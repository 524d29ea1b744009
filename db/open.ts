// The database of a tenant's placement. What a feature then gets is a scope on it (rls/scope.ts), never the database.
import type { D1Database } from "@cloudflare/workers-types";
import { DbError } from "./errors.ts";
import type { ShardName } from "./shards.ts";

export { openScope, type Scope, type ScopeOptions } from "./rls/scope.ts";

/** Throws DbError `unavailable` for a shard this Worker has no binding for. */
export function openShard(shards: Partial<Record<ShardName, D1Database>>, placement: { shard: ShardName }): D1Database {
	const db = shards[placement.shard];
	if (!db) throw new DbError("unavailable");
	return db;
}
