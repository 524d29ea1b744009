// Erases everything a tenant has in its shard, ledger included. Only a scope opened for erasing can: in any other the ledger's
// guard refuses, and nothing is deleted at all. Sealed objects and keys are the caller's next steps.
import type { Scope } from "../rls/scope.ts";
import { tenantTables } from "../tables/all.ts";

/** @kept for closing an account */
export async function eraseOwner(scope: Scope): Promise<void> {
	// Children before parents; the list is parents first. The scope adds the owner to every one.
	await scope.write((rows) => [...tenantTables].reverse().map(({ table }) => rows.delete(table)));
}
