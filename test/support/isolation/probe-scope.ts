// What only the scope does, on the product's own tables: it fills the owner in, refuses a viewer before the database is
// asked, and runs no write outside its transaction. Answers what happened, by claim.
import type { D1Database } from "@cloudflare/workers-types";
import { DbError, toDbError } from "#db/errors.ts";
import { openScope } from "#db/open.ts";
import type { Sealer } from "#db/sealer.ts";
import { balance } from "#db/tables/balance.ts";
import { workspace } from "#db/tables/workspace.ts";
import type { OwnerId } from "#schema/ids.ts";

export async function probeScope(db: D1Database): Promise<Record<string, unknown>> {
	const [ada, bob] = [`own_${crypto.randomUUID()}`, `own_${crypto.randomUUID()}`] as OwnerId[];
	// No statement here seals anything.
	const sealer = {} as Sealer;
	const scopeOf = (ownerId: OwnerId | undefined, mayWrite = true) =>
		openScope({ db, ownerId: ownerId as OwnerId, mayWrite, sealer, now: Date.now });
	const said = async (work: () => Promise<unknown>) => {
		try {
			return await work();
		} catch (error) {
			return error instanceof DbError ? error.reason : `not a DbError: ${toDbError(error).reason}`;
		}
	};
	const fill = (ownerId: OwnerId | undefined, credits: number) =>
		scopeOf(ownerId).write((rows) => [
			rows.insert(balance.table).values({ credits }).returning({ ownerId: balance.table.ownerId }),
		]);
	const filled = await said(async () => (await fill(ada, 1))[0][0]?.ownerId === ada);
	await said(() => fill(bob, 2));
	let escaped: PromiseLike<unknown> = Promise.resolve();
	await scopeOf(ada).write((rows) => {
		escaped = rows.delete(balance.table);
		return [];
	});
	return {
		"fills the owner in": filled,
		"reads one owner": await said(async () =>
			(await scopeOf(ada).read((rows) => rows.select().from(balance.relation))).map((row) => row.credits).join(),
		),
		"a viewer is refused where no row would change": await said(() =>
			scopeOf(ada, false).write((rows) => [rows.update(workspace.table).set({ plan: "pro" })]),
		),
		"a write by itself does not run": await said(async () => {
			await escaped;
			return "ran";
		}),
	};
}

/** What all is well looks like. */
export const soundScope: Record<string, unknown> = {
	"fills the owner in": true,
	"reads one owner": "1",
	"a viewer is refused where no row would change": "guard",
	"a write by itself does not run": "not a DbError: gate",
};
