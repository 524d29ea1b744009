// What the object of an app's builds keeps, by the first part of its keys.
import type { Holding } from "./holding.ts";

const withApp = { whose: "app", dataClass: "state", exported: "no", erasedWith: "app" } as const;

export const buildSessionKeys = {
	ids: { ...withApp, holds: "Which workspace and app the object belongs to", kept: "until the app is deleted" },
	attempts: { ...withApp, holds: "How often a build was taken up", kept: "until the build ends" },
	work: {
		...withApp,
		holds: "What is under way on the app, so that it is finished or taken back after a crash",
		kept: "until it is done; fifteen minutes after a repair",
	},
} as const satisfies Record<string, Holding>;
