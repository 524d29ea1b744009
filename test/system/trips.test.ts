// The table of trips. In production each statement is a trip from the Worker to the database, so what counts is how many a request
// makes, that they do not grow with what somebody has, and how many of them wait for each other. Every route of the API and
// every page stands here: one without a row fails.
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeStudio } from "#studio/app.ts";
import { makeClient } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import type { Heat, Trips } from "../support/recording/trips.ts";
import { tripsHeader } from "../support/recording/wire.ts";
import { readRoutes, rows, zero } from "../support/route-rows.ts";
import { aims, exceptions, pageRows, type TripRow, tripRows } from "../support/trip-rows.ts";
import { makeTripsWorld, type TripsWorld } from "../support/trips-world.ts";
import { isWhole } from "../support/whole.ts";

let host: TestHost;
let world: TripsWorld;

beforeAll(async () => {
	host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test",
			ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
			ANTHROPIC_MODELS: "nobody-asks",
			ANTHROPIC_REGION: "eu-west",
		},
	});
	world = await makeTripsWorld(host);
}, 600_000);
afterAll(() => host?.close());

const sizes = isWhole ? [1, 20, 200] : [1, 200];
/** These end what all others need. */
const last = ["DELETE /api/apps/{appId}/publish", "DELETE /api/apps/{appId}/data/{which}"];

type Measured = { warm: Trips[]; cold: Trips | null };
const table = new Map<string, Measured>();

async function callRow(key: string, row: TripRow, who: string, heat: Heat): Promise<Trips> {
	const [method = "", path = ""] = key.split(" ");
	const given = rows[key];
	// passwords and sessions of this person change all the time
	if (who === "signer") world.signer.cookie = await world.plant.cookie(world.signer.accountId);
	const ready = row.prepare ? await row.prepare(world) : { body: given?.body?.(stand()) };
	const params = { appId: world.appId, label: world.label, ...(given?.params?.(stand()) ?? {}), ...ready.params };
	const filled = Object.entries(params).reduce(
		(text, [name, value]) => text.replace(`{${name}}`, value).replace(`:${name}`, value),
		path,
	);
	const person = who === "nobody" ? null : world[who as "owner"];
	const client = makeClient(host, "us-east", person?.cookie ?? null);
	const answer = await client.call(filled + (ready.query ?? given?.query?.(stand()) ?? ""), {
		method,
		headers: {
			Accept: path.startsWith("/api/") ? "application/json" : "text/html",
			[tripsHeader]: heat,
		},
		...(ready.body === undefined ? {} : { body: ready.body }),
	});
	expect.soft(answer.status, `${key} by ${who}: ${answer.text.slice(0, 300)}`).toBe(row.status);
	// a new session comes in place of the one that was used
	if (person && client.cookie !== person.cookie) person.cookie = client.cookie;
	return JSON.parse(String(answer.headers[tripsHeader])) as Trips;
}

/** What the rows of the matrix ask for. */
const stand = () =>
	({
		appId: world.appId,
		otherAppId: world.appId,
		buildId: world.buildId,
		versionId: `ver_${zero}`,
		otherVersionId: `ver_${zero}`,
	}) as never;

/** Who asks for it: a guest's way to an app is longer than its owner's. */
function askers(key: string, row: TripRow): string[] {
	if (row.who) return [row.who];
	const isGuests = /^GET \/api\/(apps|history)/.test(key) && !/\/(sharing|people|publish|data)$/.test(key);
	return isGuests ? ["owner", "guest"] : ["owner"];
}

const longer = (one: Trips | null, other: Trips): Trips =>
	one && (one.sequence > other.sequence || (one.sequence === other.sequence && total(one) > total(other)))
		? one
		: other;
const total = (trips: Trips) => Object.values(trips.count).reduce((sum, count) => sum + count, 0);

async function measure(key: string, row: TripRow, heat: Heat): Promise<Trips> {
	let longest: Trips | null = null;
	for (const who of askers(key, row)) {
		longest = longer(longest, await callRow(key, row, who, heat));
	}
	if (!longest) throw new Error(`${key} was not measured`);
	return longest;
}

it("counts every route and every page, with 1 and 200 rows of everything", { timeout: 900_000 }, async () => {
	const routes = (await readRoutes(host)).map(({ key }) => key);
	const pages = makeStudio()
		.routes.filter(({ method, path }) => method === "GET" && !/^\/(api|assets)\/|^\/healthz$|^\/\*$/.test(path))
		.map(({ path }) => path);
	expect([...new Set(pages)].sort()).toEqual(Object.keys(pageRows).sort());
	expect(Object.keys(tripRows).filter((key) => !routes.includes(key))).toEqual([]);
	const isLast = (key: string) => last.indexOf(key);
	const all: [string, TripRow][] = [
		...routes
			.sort((a, b) => isLast(a) - isLast(b))
			.map((key): [string, TripRow] => {
				const given = rows[key];
				if (!given) throw new Error(`${key} has no row in test/support/route-rows.ts`);
				return [key, tripRows[key] ?? { status: given.status }];
			}),
		...Object.entries(pageRows).map(([path, { who, status = 200 }]): [string, TripRow] => [
			`GET ${path}`,
			{ who, status },
		]),
	];
	for (const size of sizes) {
		await world.plantTo(size);
		for (const [key, row] of all) {
			const measured = table.get(key) ?? { warm: [], cold: null };
			measured.warm.push(await measure(key, row, "warm"));
			if (size === sizes[0]) measured.cold = await measure(key, row, "cold");
			table.set(key, measured);
		}
	}
	process.stdout.write(`${printed()}\n`);
});

function printed(): string {
	const counts = ({ count: { d1 = 0, rpc = 0, r2 = 0, object = 0, mail = 0 } }: Trips) =>
		[d1, rpc, r2, object, mail].join(" ");
	const lines = [...table].map(([key, { warm, cold }]) =>
		[
			key.padEnd(52),
			...warm.map((one) => counts(one).padEnd(12)),
			warm
				.map(({ sequence }) => sequence)
				.join(" ")
				.padEnd(8),
			cold?.sequence,
		].join("  "),
	);
	const head = ["", ...sizes.map((size) => `with ${size}`.padEnd(12)), "warm".padEnd(8), "cold"];
	return [
		`Trips: statements, calls of Workers, of buckets, of objects, mails; the longest sequence`,
		head.join("  ").padStart(54),
		...lines,
	].join("\n");
}

const rowsOf = () => [...table].map(([key, measured]) => ({ key, ...measured, exception: exceptions[key] }));

it("asks for keys once, and not at each request", async () => {
	const row = { status: 200 };
	for (const who of ["owner", "guest"]) {
		await callRow("GET /api/apps", row, who, "as it is");
		const { steps } = await callRow("GET /api/apps", row, who, "as it is");
		expect(steps.filter((step) => step.includes("KEYRING"))).toEqual([]);
	}
});

it("makes no more of them when there are more rows", () => {
	for (const { key, warm, exception } of rowsOf()) {
		if (exception?.grows) continue;
		const [first, ...others] = warm;
		for (const other of others)
			for (const [kind, count] of Object.entries(other.count))
				expect(count, `${key}: ${kind}\n${other.steps.join("\n")}`).toBeLessThanOrEqual(
					first?.count[kind as keyof Trips["count"]] ?? 0,
				);
	}
});

it("lets at most three wait for each other, and six where nothing is known yet", () => {
	const found = rowsOf().flatMap(({ key, warm, cold, exception }) => {
		const bound = exception ?? aims;
		const longest = Math.max(...warm.map(({ sequence }) => sequence));
		const over = longest > bound.warm ? warm.find(({ sequence }) => sequence === longest) : null;
		const overCold = cold && cold.sequence > bound.cold ? cold : null;
		return [
			...(over ? [`${key} warm ${longest}: ${over.steps.join(" | ")}`] : []),
			...(overCold ? [`${key} cold ${overCold.sequence}: ${overCold.steps.join(" | ")}`] : []),
		];
	});
	expect(found).toEqual([]);
});

it("has no exception without need", () => {
	for (const [key, { warm: bound, cold: coldBound }] of Object.entries(exceptions)) {
		const { warm = [], cold } = table.get(key) ?? {};
		const needs = Math.max(...warm.map(({ sequence }) => sequence)) > aims.warm || (cold?.sequence ?? 0) > aims.cold;
		expect([key, needs || exceptions[key]?.grows === true]).toEqual([key, true]);
		expect([key, bound, coldBound]).toEqual([key, expect.any(Number), expect.any(Number)]);
	}
});
