// Making a tenant: killed at any step, the next try completes it; and no key exists for an address nobody confirmed.
import type { D1Database } from "@cloudflare/workers-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Account, createAccount, findAccount } from "#db/directory/accounts.ts";
import { findPlacement } from "#db/directory/placements.ts";
import { getBalance, pageLedger } from "#db/stores/credits.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { fail } from "#schema/result.ts";
import { entitlements } from "#studio/credits/plans.ts";
import type { StudioEnv } from "#studio/env.ts";
import { ensureTenant } from "#studio/identity/tenant.ts";
import { openTenant } from "#studio/tenants.ts";
import { breaking, type Parts, startParts } from "./identity-parts.ts";

let parts: Parts;
beforeAll(async () => {
	parts = await startParts();
});
afterAll(() => parts.dispose());

const newAccount = (name = "Ada") =>
	createAccount(parts.directory, { email: `${crypto.randomUUID()}@example.org`, name, emailVerified: true });
const keyOf = (account: Account) => parts.keys.head(`keys/${account.ownerId}/content/1`);

async function expectWhole(account: Account): Promise<void> {
	const scope = await openTenant(parts.env, parts.directory, { ownerId: account.ownerId, mayWrite: true });
	expect(await getWorkspace(scope)).toMatchObject({ name: `${account.name}’s workspace`, plan: "free" });
	expect(await getBalance(scope)).toBe(entitlements.free.credits);
	expect((await pageLedger(scope)).items.map(({ delta, note }) => ({ delta, note }))).toEqual([
		{ delta: entitlements.free.credits, note: "welcome" },
	]);
	expect((await findAccount(parts.directory, account.id))?.tenantReady).toBe(true);
}

const withShards = (wrap: (db: D1Database) => D1Database): StudioEnv => ({
	...parts.env,
	TENANTS_0: wrap(parts.env.TENANTS_0 as never) as never,
	TENANTS_1: wrap(parts.env.TENANTS_1 as never) as never,
});

describe("a tenant", () => {
	test("is whole after one try, and after two", async () => {
		const account = await newAccount();
		expect(await keyOf(account)).toBeNull();
		await ensureTenant(parts.env, parts.directory, account);
		await expectWhole(account);
		await ensureTenant(parts.env, parts.directory, account);
		await expectWhole(account);
	});

	test("is made once by eight tries at the same time", async () => {
		const account = await newAccount();
		await Promise.all(Array.from({ length: 8 }, () => ensureTenant(parts.env, parts.directory, account)));
		await expectWhole(account);
	});

	const steps: [string, () => Promise<[StudioEnv, Parts["directory"]]>][] = [
		[
			"before its keys",
			async () => [
				{ ...parts.env, KEYRING: { ...parts.env.KEYRING, ensure: async () => fail("unavailable") } },
				parts.directory,
			],
		],
		[
			"before its keys are opened",
			async () => [
				{ ...parts.env, KEYRING: { ...parts.env.KEYRING, open: async () => fail("unavailable") } },
				parts.directory,
			],
		],
		["before its shard's pin is read", async () => [withShards((db) => breaking(db, /region_pin/)), parts.directory]],
		["before its rows", async () => [withShards((db) => breaking(db, /t_workspace/)), parts.directory]],
		["between its rows", async () => [withShards((db) => breaking(db, /t_ledger/)), parts.directory]],
		["before its placement", async () => [parts.env, parts.brokenDirectory(/insert into "placements"/)]],
		["before the account says so", async () => [parts.env, parts.brokenDirectory(/update "accounts"/)]],
	];

	test.each(steps)("killed %s is completed by the next try", async (_step, broken) => {
		const account = await newAccount("Grace");
		const [env, directory] = await broken();
		await expect(ensureTenant(env, directory, account)).rejects.toThrow();
		expect((await findAccount(parts.directory, account.id))?.tenantReady).toBe(false);
		await ensureTenant(parts.env, parts.directory, account);
		await expectWhole(account);
	});

	test.each(steps.slice(0, -1))("killed %s is not placed", async (_step, broken) => {
		const account = await newAccount();
		const [env, directory] = await broken();
		await expect(ensureTenant(env, directory, account)).rejects.toThrow();
		expect(await findPlacement(parts.directory, account.ownerId)).toBeNull();
	});

	test("spreads over the shards", async () => {
		const shards = new Set<string | undefined>();
		for (let tries = 0; tries < 40 && shards.size < 2; tries++) {
			const account = await newAccount();
			await ensureTenant(parts.env, parts.directory, account);
			shards.add((await findPlacement(parts.directory, account.ownerId))?.shard);
		}
		expect([...shards].sort()).toEqual(["TENANTS_0", "TENANTS_1"]);
	});
});
