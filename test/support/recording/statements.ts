// What the running product said to its databases, and the two judges of it: SQLite's authorizer for the tenants' shards, and
// the query plan for the directory. Every test host asks them when it is closed.
import { join } from "node:path";
import { declaredSchema } from "#db/migrations/schema.ts";
import { tenantPolicies } from "#db/tables/all.ts";
import { root } from "../../../scripts/local-host/workers.ts";
import { reportFigures } from "../figures.ts";
import { startAudit } from "../isolation/audit.ts";
import { startDirectoryAudit } from "../isolation/directory-audit.ts";
import { type Recorded, recordedPrefix } from "./wire.ts";

/** What stands in front of a Worker's entry: `exports` are its entrypoints and classes of objects, by name. */
const recorded: Readonly<Record<string, { exports: Record<string, "entrypoint" | "object">; isFront?: true }>> = {
	"workers/studio/index.ts": { exports: { BuildSession: "object" }, isFront: true },
	"workers/vault/index.ts": { exports: { Keyring: "entrypoint" } },
	"workers/ai-gateway/index.ts": { exports: { Generation: "entrypoint" } },
	"sandbox-host/index.ts": { exports: { Access: "entrypoint", Deploy: "entrypoint", AppRuntime: "object" } },
};

/** A module that stands in front of a Worker's entry and records what goes to its stores and other bindings. */
export function recordingEntry(main: string): string | undefined {
	const [, found] = Object.entries(recorded).find(([end]) => main.endsWith(`/${end}`)) ?? [];
	if (!found) return undefined;
	const classes = Object.entries(found.exports).map(
		([name, kind]) => `export class ${name} extends recordable(worker.${name}, ${kind === "object"}) {}`,
	);
	return `
		import entry, * as worker from ${JSON.stringify(main)};
		import { answerRecorded, recordable } from ${JSON.stringify(join(root, "test/support/recording/worker.ts"))};
		${classes.join("\n")}
		export default ${
			found.isFront
				? "{ fetch: (request, env, context) => answerRecorded(request, env, (recorded) => entry.fetch(request, recorded, context)) }"
				: "entry"
		};`;
}

export interface StatementRecord {
	/** Keeps a recorded line of a Worker's log; false for any other line. */
	take(line: string): boolean;
	/** What the statement with this digest says, for a test that explains a difference. */
	textOf(digest: string): string | undefined;
	/** Every statement so far, as it was said, without its values. */
	texts(): string[];
	/** What is wrong with what was said to the databases, one line each. */
	findings(): string[];
}

export function keepStatements(): StatementRecord {
	const calls = new Map<string, Recorded>();
	const texts = (call: Recorded) => call.statements.map(({ sql }) => sql).join("; ");
	return {
		take(line) {
			if (!line.startsWith(recordedPrefix)) return false;
			const call = JSON.parse(line.slice(recordedPrefix.length)) as Recorded;
			calls.set(`${call.database.replace(/_\d+$/, "")} ${call.kind} ${texts(call)}`, call);
			return true;
		},
		textOf: (digest) => [...calls.values()].filter((call) => call.digest === digest).map(texts)[0],
		texts: () => [...calls.values()].map(texts),
		findings() {
			const shards = startAudit(declaredSchema("tenants"), [...tenantPolicies.values()]);
			const directory = startDirectoryAudit(declaredSchema("directory"));
			try {
				const all = [...calls.entries()];
				if (all.length === 0) return [];
				reportFigures("statements of the running hosts", {
					"to shards": all.filter(([, { database }]) => database !== "DIRECTORY").map(([key]) => key),
					"to directories": all.filter(([, { database }]) => database === "DIRECTORY").map(([key]) => key),
				});
				return all.flatMap(([, call]) =>
					(call.database === "DIRECTORY" ? directory : shards)
						.findings(call)
						.map((finding) => `${call.database}: ${finding}: ${texts(call)}`),
				);
			} finally {
				shards.close();
				directory.close();
			}
		},
	};
}
