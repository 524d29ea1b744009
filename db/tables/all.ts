// Every tenant table, parents before children. The gate knows no relation that is not listed here, and the lint no table.
import type { Declared } from "../rls/sql.ts";
import type { TablePolicy } from "../rls/tenant-table.ts";
import { appReferences } from "./app-references.ts";
import { approvals } from "./approvals.ts";
import { apps } from "./apps.ts";
import { balance } from "./balance.ts";
import { builds } from "./builds.ts";
import { disclosures } from "./disclosures.ts";
import { ledger } from "./ledger.ts";
import { messages } from "./messages.ts";
import { teamMembers } from "./team-members.ts";
import { teams } from "./teams.ts";
import { versions } from "./versions.ts";
import { workspace } from "./workspace.ts";

export const tenantTables = [
	workspace,
	balance,
	ledger,
	approvals,
	teams,
	teamMembers,
	apps,
	versions,
	builds,
	messages,
	appReferences,
	disclosures,
] as const satisfies readonly Declared[];

export const tenantPolicies: ReadonlyMap<string, TablePolicy> = new Map(
	tenantTables.map(({ policy }) => [policy.name, policy]),
);
