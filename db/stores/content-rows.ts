// Which sealed objects of an app its rows name: all others are what cut-off work has left.
import { eq } from "drizzle-orm";
import type { AppId } from "#schema/ids.ts";
import type { Scope } from "../rls/scope.ts";
import { appReferences } from "../tables/app-references.ts";
import { disclosures } from "../tables/disclosures.ts";
import { versions } from "../tables/versions.ts";

/** Ids of versions, references and disclosures: an object is named by the id of its row. */
export async function listContentIds(scope: Scope, appId: AppId): Promise<string[]> {
	const rows = await Promise.all(
		[versions.relation, appReferences.relation, disclosures.relation].map((relation) =>
			scope.read((read) => read.select({ id: relation.id }).from(relation).where(eq(relation.appId, appId))),
		),
	);
	return rows.flat().map(({ id }) => id);
}
