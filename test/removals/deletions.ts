// Deletions: what goes with an app, in every store that the register names.
import { inFile, type Removal } from "./removal.ts";

const erase = inFile("workers/studio/repair/erase.ts");
const left = {
	file: "test/system/register.test.ts",
	name: "after an app was deleted > nothing that is declared as an app's is left of it, and everything of other apps is",
};
const attacks = ["something of an app that was deleted"];

export const deletionRemovals: readonly Removal[] = [
	{
		attacks,
		defence: "deleting an app deletes its rows in the directory",
		edits: [
			erase(
				"eraseAppEntries(directory, scope.ownerId, appId)",
				'eraseAppEntries(directory, scope.ownerId, appId.replace("app_", "") as AppId)',
			),
		],
		test: left,
	},
	{
		attacks,
		defence: "deleting an app deletes its sealed objects",
		edits: [erase("contentOf(env, scope, appId).deleteAll()", "contentOf(env, scope, appId).deleteKeys([])")],
		test: left,
	},
	{
		attacks,
		defence: "deleting an app deletes what its build object keeps",
		edits: [erase("object.forget()", "object.endBuilds()")],
		test: left,
	},
	{
		attacks,
		defence: "every table that is declared as an app's is deleted from, not those that somebody thought of",
		edits: [
			inFile("db/directory/erase.ts")(
				'declared.holding.erasedWith === "app" && owner && app',
				'declared.holding.erasedWith === "app" && declared.table !== links.table && owner && app',
			),
			inFile("db/directory/erase.ts")(
				'import { labels } from "./labels.ts";',
				'import { labels } from "./labels.ts";\nimport { links } from "./links.ts";',
			),
		],
		test: {
			file: "test/system/db/directory-erase.test.ts",
			name: "an app's rows go, in every table that declares it; those of other apps and tenants stay",
		},
	},
	{
		attacks,
		defence: "a deletion in the directory names the tenant",
		edits: [
			inFile("db/directory/erase.ts")(
				"and(eq(owner, ownerId), eq(app, appId))",
				"and(eq(app, appId), ownerId ? eq(app, appId) : undefined)",
			),
		],
		test: {
			file: "test/system/db/directory-erase.test.ts",
			name: "an app's rows go, in every table that declares it; those of other apps and tenants stay",
		},
	},
];
