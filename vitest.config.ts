// Four kinds of tests; each folder says what its tests may start. Times are bounds against hangs, never assertions.
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const project = (name: string, seconds: number, more: { globalSetup?: string[] } = {}) => ({
	extends: true as const,
	test: {
		name,
		include: [`test/${name}/**/*.test.{ts,tsx}`],
		testTimeout: seconds * 1000,
		hookTimeout: 120_000,
		...more,
	},
});

export default defineConfig({
	// what the code of composed apps imports from its own origin
	resolve: { alias: { "freehold/tables": join(import.meta.dirname, "workers/lib/tables/app.ts") } },
	test: {
		maxWorkers: 2,
		// a worker goes on to the next file with the packages it has loaded; our own modules are loaded anew for each file
		isolate: false,
		// of tests that a file lets run together
		maxConcurrency: 3,
		projects: [
			project("unit", 30),
			project("system", 60),
			project("browser", 180),
			// one host for all of them: each promise is looked at on the product as it runs
			project("promises", 240, { globalSetup: ["test/support/promise-host.ts"] }),
		],
	},
});
