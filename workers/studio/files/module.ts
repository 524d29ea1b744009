// One code file of an app as the gate knows it: parsed, with its links to others, and the edits that make it what is served.
import type { Target } from "./modules.ts";
import type { Problem } from "./problem.ts";
import type { Node } from "./program.ts";
import type { Scopes } from "./scope.ts";

export type Resolved = Extract<Target, { ok: true }>;

/** One import or re-export declaration. */
export interface Link {
	target: Resolved;
	specifier: string;
	line: number;
	isReexport: boolean;
	names: {
		/** `*` for the whole namespace. */
		imported: string;
		/** The name in this file, or the name it is exported under; null for an import by `lazy(() => import())`. */
		local: string | null;
		start: number;
		end: number;
	}[];
}

interface Edit {
	start: number;
	end: number;
	text: string;
}

export interface Module {
	path: string;
	/** A script of a page that is no module: what it declares at the top is seen by the others. */
	isClassic: boolean;
	source: string;
	/** Without types and JSX, before the edits. */
	js: string;
	/** Null when it does not parse. */
	program: Extract<Node, { type: "Program" }> | null;
	scopes: Scopes | null;
	links: Link[];
	/** Files and other modules that this one imports, in the order of evaluation; dynamic imports last. */
	targets: { target: Resolved; isDynamic: boolean }[];
	/** Exported name → where it comes from: a name of this file, or one of another. */
	exports: Map<string, { local: string } | { from: Resolved; name: string }>;
	/** `export * from` */
	stars: Resolved[];
	edits: Edit[];
	problems: Problem[];
}
