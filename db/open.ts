// The database of a tenant's placement. What a feature then gets is a scope on it (rls/scope.ts), never the database.
import type { D1Database } from "@cloudflare/workers-types";
import { DbError } from "./errors.ts";
import { openScope as openGuardedScope, type Scope, type ScopeOptions } from "./rls/scope.ts";
import type { ShardName } from "./shards.ts";
import { tenantPolicies } from "./tables/all.ts";

export type { Scope } from "./rls/scope.ts";

/** A scope over the product's own tables. */
export const openScope = (options: Omit<ScopeOptions, "policies">): Scope =>
	openGuardedScope({ ...options, policies: tenantPolicies });

/** A name without its binding does not compile. Throws DbError `unavailable` where a deployment lacks the binding all the same. */
export function openShard(shards: Record<ShardName, D1Database>, placement: { shard: ShardName }): D1Database {
	const db: D1Database | undefined = shards[placement.shard];
	if (!db) throw new DbError("unavailable");
	return db;
}
