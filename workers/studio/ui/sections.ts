// The pages inside the navigation: one row makes the entry of the menu, that of the palette (Ctrl+K), and the address. What stands on
// the page is in pages/shell-pages.tsx.
import type { IconName } from "#lib/ui/icons.tsx";
import { shell } from "./copy.ts";

interface SectionFacts {
	path: `/${string}`;
	label: string;
	icon: IconName;
	/** Under which heading of the menu; `null`: it has a place of its own. */
	group: "make" | "workspace" | null;
	/** The key that opens it from anywhere (shell.ts binds it). */
	key?: string;
}

export const sections = {
	new: { path: "/apps/new", label: shell.newApp, icon: "plus", group: "make", key: "N" },
	apps: { path: "/apps", label: shell.apps, icon: "apps", group: "make" },
	discover: { path: "/discover", label: shell.discover, icon: "compass", group: "make" },
	history: { path: "/history", label: shell.history, icon: "history", group: "workspace" },
	models: { path: "/models", label: shell.models, icon: "cpu", group: "workspace" },
	credits: { path: "/credits", label: shell.credits, icon: "coins", group: "workspace" },
	account: { path: "/account", label: shell.account, icon: "user", group: null },
} as const satisfies Record<string, SectionFacts>;

export type Section = keyof typeof sections;
export const sectionNames = Object.keys(sections) as Section[];
/** With every property there may be, for whoever walks the table. */
export const factsOf = (section: Section): SectionFacts => sections[section];
