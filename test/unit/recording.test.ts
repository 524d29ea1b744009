// What the tests of equal work and of trips rest on: a binding that the recording does not know is not left out in silence.
import { expect, test } from "vitest";
import { placements, readWorker } from "../../scripts/local-host/workers.ts";
import { traceTrips, trip } from "../support/recording/trips.ts";
import { bindingKinds, recordEnv } from "../support/recording/worker.ts";

test("refuses a binding that it does not know", () => {
	expect(() => recordEnv({ SECRETS: {} })).toThrow("SECRETS is a binding that the recording does not know");
	expect(recordEnv({ REGION: "us-east" })).toEqual({ REGION: "us-east" });
});

interface Named {
	binding?: string;
	name?: string;
}

test("knows every binding of every Worker, and no other", () => {
	const named = placements.flatMap(({ worker, region }) => {
		const { config } = readWorker(worker, region);
		const of = (kind: string, list: readonly Named[] = []) => list.map((one) => [one.binding ?? one.name, kind]);
		return [
			...of("d1", config.d1_databases),
			...of("r2", config.r2_buckets),
			...of("rpc", config.services),
			...of("object", config.durable_objects.bindings),
			...of("mail", config.send_email),
		];
	});
	expect(bindingKinds).toEqual(Object.fromEntries(named));
});

const later = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

test("counts what waits for what, however long it takes", async () => {
	const call = (ms: number) => trip("d1", "A", () => later(ms));
	const { trips } = await traceTrips("warm", async () => {
		await call(1);
		// two beside each other, and three beside them: the three decide
		await Promise.all([
			call(30).then(() => call(1)),
			call(1)
				.then(() => call(1))
				.then(() => call(1)),
		]);
	});
	expect(trips).toMatchObject({ sequence: 4, count: { d1: 6 } });
});

test("waits for the longer of two, when the shorter has nothing more to ask", async () => {
	const { trips } = await traceTrips("warm", () =>
		Promise.all([
			trip("d1", "A", () => later(1)),
			trip("object", "B", (tell) => tell({ sequence: 1, count: {}, steps: [] })),
		]),
	);
	expect(trips.sequence).toBe(2);
});

test("counts an object as a trip of its own, and a Worker as what it asks for", async () => {
	const inner = { sequence: 2, count: { r2: 2 }, steps: [] };
	const of = async (kind: "rpc" | "object", told = inner) =>
		(await traceTrips("warm", () => trip(kind, "B", (tell) => tell(told)))).trips;
	expect(await of("rpc")).toMatchObject({ sequence: 2, count: { rpc: 1, r2: 2 } });
	expect(await of("object")).toMatchObject({ sequence: 3, count: { object: 1, r2: 2 } });
	expect((await of("rpc", { sequence: 0, count: {} as never, steps: [] })).sequence).toBe(1);
});
