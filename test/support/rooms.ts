// The rooms of the house, and which other rooms each may import. A file belongs to the room with the longest fitting beginning.
// What is not named is a wall: a Worker sees no other Worker, only db/ has SQL, only the studio's way to a tenant opens a
// database, and pages in the browser have no server code.

export interface Room {
	/** Files, or folders with a slash at the end. */
	files: readonly string[];
	may: readonly string[];
	/** Rooms of which it may have types, and nothing that runs. */
	types?: readonly string[];
	/** Packages beside those that any file may have; a scope stands for its packages, `node` for Node's own modules. */
	packages?: readonly string[];
}

const ground = ["schema", "lib"] as const;
/** What every route has: how it answers, who may call it, and how often. */
const route = [...ground, "studio/http", "studio/access", "studio/limits"] as const;

export const rooms: Readonly<Record<string, Room>> = {
	built: { files: [".build/"], may: [] },
	schema: { files: ["schema/"], may: [] },
	// what several Workers share: it knows no Worker
	lib: { files: ["workers/lib/"], may: ["schema"], packages: ["hono", "punycode"] },
	"db/ground": {
		files: ["db/errors.ts", "db/sealer.ts", "db/shards.ts", "db/region-pin.ts", "db/pages.ts"],
		may: ground,
		packages: ["drizzle-orm"],
	},
	// row-level security: it knows no table of the product
	"db/rls": { files: ["db/rls/"], may: ["schema", "db/ground"], packages: ["drizzle-orm"] },
	"db/tables": { files: ["db/tables/"], may: ["schema", "db/ground", "db/rls"], packages: ["drizzle-orm"] },
	"db/stores": {
		files: ["db/stores/"],
		may: ["schema", "db/ground", "db/rls", "db/tables"],
		packages: ["drizzle-orm"],
	},
	"db/directory": {
		files: ["db/directory/"],
		may: [...ground, "db/ground", "db/rls"],
		packages: ["drizzle-orm", "better-auth"],
	},
	"db/content": { files: ["db/content.ts"], may: ["schema", "db/ground"] },
	// the only way to a scope on somebody's rows
	"db/open": { files: ["db/open.ts"], may: ["db/ground", "db/rls", "db/tables"] },
	"db/register": {
		files: ["db/register.ts"],
		may: [...ground, "db/content", "db/directory", "db/tables"],
		packages: ["drizzle-orm"],
	},
	"db/migrations": { files: ["db/migrations/"], may: ["db/directory", "db/rls", "db/tables"], packages: ["node"] },
	// Workers know contracts and the library, and no other Worker
	vault: { files: ["workers/vault/"], may: ground },
	"ai-gateway": { files: ["workers/ai-gateway/"], may: ground, packages: ["@anthropic-ai/sdk", "openai"] },
	"front-door": { files: ["workers/front-door/"], may: [...ground, "built"], packages: ["hono"] },
	"sandbox-host": { files: ["sandbox-host/"], may: [...ground, "built"], packages: ["node", "parse5"] },
	"sandbox-host/runtime": { files: ["sandbox-host/runtime/"], may: ground, packages: ["preact"] },
	"studio/env": { files: ["workers/studio/env.ts"], may: ["schema"] },
	"studio/http": {
		files: ["workers/studio/http.ts", "workers/studio/lists.ts"],
		may: [...ground, "studio/env"],
		types: ["db/open", "db/directory", "db/ground", "db/stores"],
		packages: ["hono", "@hono/zod-openapi"],
	},
	"studio/tenants": {
		files: ["workers/studio/tenants.ts", "workers/studio/open-tenant.ts"],
		may: [...ground, "db/ground", "db/open", "db/directory", "studio/env"],
	},
	"studio/content": {
		files: ["workers/studio/content.ts"],
		may: ["schema", "db/content", "studio/env"],
		types: ["db/open"],
	},
	"studio/identity": {
		files: ["workers/studio/identity/"],
		may: [
			...ground,
			"db/directory",
			"db/ground",
			"db/open",
			"db/stores",
			"studio/env",
			"studio/http",
			"studio/tenants",
			"studio/credits",
		],
		packages: ["@better-auth/passkey", "better-auth", "hono", "node"],
	},
	"studio/limits": {
		files: ["workers/studio/limits.ts"],
		may: [...ground, "db/directory", "studio/http", "studio/identity"],
	},
	"studio/access": {
		files: ["workers/studio/access.ts"],
		may: [...ground, "db/directory", "db/stores", "studio/http", "studio/tenants", "studio/identity", "studio/limits"],
		types: ["db/open", "db/ground"],
		packages: ["hono"],
	},
	"studio/protect": {
		files: ["workers/studio/protect.ts", "workers/studio/openapi.ts"],
		may: [...ground, "studio/http", "studio/tenants"],
		packages: ["hono"],
	},
	"studio/identity/routes": {
		files: ["workers/studio/identity/routes/", "workers/studio/identity/routes.ts"],
		may: [...route, "db/directory", "db/ground", "db/stores", "studio/identity"],
		packages: ["@hono/zod-openapi", "better-auth", "hono"],
	},
	"studio/credits": { files: ["workers/studio/credits/"], may: ["schema"] },
	"studio/credits/routes": {
		files: ["workers/studio/credits/routes.ts"],
		may: [...route, "db/stores"],
		types: ["db/ground"],
		packages: ["@hono/zod-openapi"],
	},
	// what is under way on an app, and the object that knows it
	"studio/work": { files: ["workers/studio/work/"], may: [...ground, "studio/env", "studio/tenants"] },
	"studio/files": {
		files: ["workers/studio/files/"],
		may: [...ground, "built"],
		packages: ["acorn", "css-tree", "fflate", "parse5", "sucrase"],
	},
	"studio/references": { files: ["workers/studio/references/"], may: ground },
	"studio/composer": {
		files: ["workers/studio/composer/"],
		may: [...ground, "studio/files", "studio/references"],
		packages: ["node"],
	},
	// ships into every composed app: it imports what an app may
	"studio/composer/template": {
		files: ["workers/studio/composer/template/"],
		may: [],
		packages: ["chart.js", "freehold", "preact", "react"],
	},
	"studio/ai": {
		files: ["workers/studio/ai/"],
		may: [
			...route,
			"db/stores",
			"db/directory",
			"studio/env",
			"studio/tenants",
			"studio/content",
			"studio/credits",
			"studio/references",
		],
		types: ["db/open", "db/ground"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/versions": {
		files: ["workers/studio/versions/"],
		may: [
			...route,
			"db/ground",
			"db/stores",
			"studio/env",
			"studio/content",
			"studio/files",
			"studio/work",
			"studio/credits",
			"studio/tenants",
		],
		types: ["db/open"],
		packages: ["@hono/zod-openapi", "diff"],
	},
	// deleting an app, and bringing one back in order
	"studio/repair": {
		files: ["workers/studio/repair/"],
		may: [...ground, "db/directory", "db/stores", "studio/env", "studio/content", "studio/versions", "studio/work"],
		types: ["db/open"],
	},
	"studio/builds": {
		files: ["workers/studio/builds/"],
		may: [
			...route,
			"db/ground",
			"db/stores",
			"studio/env",
			"studio/tenants",
			"studio/content",
			"studio/credits",
			"studio/files",
			"studio/references",
			"studio/composer",
			"studio/ai",
			"studio/versions",
			"studio/work",
			"studio/repair",
		],
		types: ["db/open"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/apps": {
		files: ["workers/studio/apps/"],
		may: [
			...route,
			"db/directory",
			"db/stores",
			"studio/env",
			"studio/credits",
			"studio/files",
			"studio/versions",
			"studio/work",
			"studio/repair",
			"studio/builds",
		],
		types: ["db/open", "db/ground"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/sharing": {
		files: ["workers/studio/sharing/"],
		may: [
			...route,
			"db/directory",
			"db/stores",
			"studio/tenants",
			"studio/identity",
			"studio/credits",
			"studio/versions",
			"studio/work",
			"studio/apps",
		],
		types: ["db/open", "db/ground"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/history": {
		files: ["workers/studio/history/"],
		may: [...route, "db/ground", "db/stores", "db/directory", "studio/env", "studio/content", "studio/ai"],
		types: ["db/open"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/audit": {
		files: ["workers/studio/audit/"],
		may: [...route, "db/directory"],
		types: ["db/ground"],
		packages: ["@hono/zod-openapi"],
	},
	"studio/ui": {
		files: ["workers/studio/ui/"],
		may: [...ground, "built", "studio/http", "studio/protect"],
		packages: ["hono"],
	},
	// what runs in the browser
	"studio/ui/islands": {
		files: ["workers/studio/ui/islands/"],
		may: [...ground, "studio/ui"],
		packages: ["hono", "@codemirror", "@lezer", "@simplewebauthn"],
	},
	// what every request passes, and what is mounted
	studio: {
		files: ["workers/studio/app.ts", "workers/studio/index.ts"],
		may: [
			"lib",
			"studio/env",
			"studio/http",
			"studio/tenants",
			"studio/access",
			"studio/protect",
			"studio/identity",
			"studio/identity/routes",
			"studio/credits/routes",
			"studio/ai",
			"studio/versions",
			"studio/builds",
			"studio/apps",
			"studio/sharing",
			"studio/history",
			"studio/audit",
			"studio/ui",
		],
	},
	// the local host and what npm scripts call
	scripts: {
		files: ["scripts/"],
		may: [
			...ground,
			"db/ground",
			"db/content",
			"db/directory",
			"db/stores",
			"db/open",
			"db/register",
			"db/migrations",
			"vault",
			"studio/tenants",
			"studio/credits",
		],
		packages: ["esbuild", "miniflare", "node", "playwright-core", "wrangler"],
	},
};

export function roomOf(file: string): string | null {
	let best: [room: string, length: number] | null = null;
	for (const [name, { files }] of Object.entries(rooms)) {
		for (const start of files) {
			const fits = start.endsWith("/") ? file.startsWith(start) : file === start;
			if (fits && start.length > (best?.[1] ?? 0)) best = [name, start.length];
		}
	}
	return best?.[0] ?? null;
}
