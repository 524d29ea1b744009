// Which folder may import which, types included. Each room names what it may import; whatever it does not name is a wall, and
// there are no exceptions. No circle: not of files, not of rooms, and not in this table.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findCircles, type Import, importsOf, listFiles, readAliases } from "../support/imports.ts";
import { type Room, roomOf, rooms } from "../support/rooms.ts";

const root = join(import.meta.dirname, "../..");
const aliases = readAliases(root);
const files = listFiles(root, ["workers", "sandbox-host", "db", "schema", "scripts"]);
const imports = files.flatMap((file) => importsOf(root, file, aliases));

/** What a room does not name, one line each. */
function breaches(found: readonly Import[]): string[] {
	return found.flatMap(({ from, to, isPackage, isType }) => {
		const own = roomOf(from);
		const room = own === null ? undefined : rooms[own];
		if (!room) return [`${from} is in no room`];
		if (isPackage) return isFree(to, room) ? [] : [`${own} may not import the package ${to}: ${from}`];
		const other = roomOf(to);
		if (other === null) return [`${from} imports ${to}, which is in no room`];
		const may = own === other || room.may.includes(other) || (isType && room.types?.includes(other));
		return may ? [] : [`${own} may not import ${isType ? "types of " : ""}${other}: ${from} imports ${to}`];
	});
}

/** What any file may have: checks of input, and types of the platform. */
const freePackages = /^(zod|@cloudflare\/workers-types|cloudflare:workers)$/;

function isFree(specifier: string, { packages = [] }: Room): boolean {
	if (freePackages.test(specifier)) return true;
	const [first = "", second = ""] = specifier.split("/");
	return packages.some((name) => name === first.replace(/^node:.*/, "node") || name === `${first}/${second}`);
}

test("every import of the product is one that its room names", () => {
	expect(breaches(imports)).toEqual([]);
	expect(imports.length).toBeGreaterThan(1500);
});

test("no files import each other in a circle, types included", () => {
	expect(findCircles(imports.filter(({ isPackage }) => !isPackage).map(({ from, to }) => [from, to]))).toEqual([]);
});

test("no rooms import each other in a circle, in fact and as the table says", () => {
	const edges = imports.flatMap(({ from, to, isPackage }) => {
		const [own, other] = [roomOf(from), isPackage ? null : roomOf(to)];
		return own && other && own !== other ? [[own, other] as const] : [];
	});
	expect(findCircles(edges)).toEqual([]);
	expect(
		findCircles(
			Object.entries(rooms).flatMap(([own, { may, types = [] }]) =>
				[...may, ...types].map((other) => [own, other] as const),
			),
		),
	).toEqual([]);
});

test("every room has files, and every name in the table is a room", () => {
	const inUse = new Set<unknown>([...files.map(roomOf), "built"]);
	expect(Object.keys(rooms).filter((room) => !inUse.has(room))).toEqual([]);
	const named = Object.values(rooms).flatMap(({ may, types = [] }) => [...may, ...types]);
	expect(named.filter((name) => !(name in rooms))).toEqual([]);
});

describe("a wrong import is noticed", () => {
	test.each([
		["an app's origin reads a tenant's rows", "sandbox-host/serve.ts", 'import { getApp } from "#db/stores/apps.ts";'],
		[
			"the vault knows a directory",
			"workers/vault/keyring.ts",
			'import type { Directory } from "#db/directory/handle.ts";',
		],
		["the gateway opens a database", "workers/ai-gateway/run.ts", 'export { openScope } from "#db/open.ts";'],
		[
			"the front door uses the studio's pages",
			"workers/front-door/app.tsx",
			'import { Layout } from "../studio/ui/layout.tsx";',
		],
		["a library knows a Worker", "workers/lib/log.ts", 'import type { StudioEnv } from "../studio/env.ts";'],
		["a contract imports a library", "schema/ids.ts", 'import { toBase64 } from "#lib/bytes.ts";'],
		["a contract imports a package", "schema/ids.ts", 'import { Hono } from "hono";'],
		[
			"a page in the browser imports the server's code",
			"workers/studio/ui/islands/sent.tsx",
			'import { listPrompts } from "#db/stores/prompt-history.ts";',
		],
		[
			"row-level security knows the product's tables",
			"db/rls/scope.ts",
			'import { tenantPolicies } from "../tables/all.ts";',
		],
		[
			"a feature goes past the scope",
			"workers/studio/sharing/routes.ts",
			'import { openGate } from "#db/rls/gate.ts";',
		],
		[
			"a feature opens a database by itself",
			"workers/studio/history/routes.ts",
			'import { openScope } from "#db/open.ts";',
		],
		[
			"a feature has more than types of a database",
			"workers/studio/history/routes.ts",
			'import { type Scope, openShard } from "#db/open.ts";',
		],
		["a feature writes SQL", "workers/studio/history/routes.ts", 'import { sql } from "drizzle-orm";'],
		[
			"versions go back up to builds",
			"workers/studio/versions/deploy.ts",
			'import type { BuildRun } from "../builds/maker.ts";',
		],
		["the product imports its tests", "scripts/check.ts", 'import { root } from "../test/support/run-folder.ts";'],
		["a type in the middle of a line", "sandbox-host/serve.ts", 'const a = (await import("#db/open.ts")).openScope;'],
		[
			"a name over several lines",
			"sandbox-host/serve.ts",
			'import {\n\tgetApp,\n\ttype App,\n} from "#db/stores/apps.ts";',
		],
	])("%s", (_why, from, source) => {
		expect(breaches(importsOf(root, from, aliases, source))).toHaveLength(1);
	});

	test("and what only looks like one is none", () => {
		const source = [
			'// import { getApp } from "#db/stores/apps.ts";',
			'/* import { getApp } from "#db/stores/apps.ts"; */',
			"const text = `",
			'import { getApp } from "#db/stores/apps.ts";',
			"`;",
			"const other = \"import { getApp } from '#db/stores/apps.ts'\";",
		].join("\n");
		expect(importsOf(root, "sandbox-host/serve.ts", aliases, source)).toEqual([]);
	});

	test("a circle of three is found, types or not, and a line is none", () => {
		expect(
			findCircles([
				["a", "b"],
				["b", "c"],
				["c", "a"],
				["c", "d"],
			]),
		).toEqual([["a", "b", "c"]]);
		expect(
			findCircles([
				["a", "b"],
				["b", "c"],
				["a", "c"],
			]),
		).toEqual([]);
	});
});
