// Every sealed value in the stores of a region, each with a way to put another in its place: what somebody can do who writes to the
// databases and buckets and has no key. Values are found by their form (docs/envelope.md), so a column that is sealed later is among them.
import { fromBase64, toBase64Url } from "#lib/bytes.ts";
import type { Region } from "#schema/region.ts";
import type { TestHost } from "../../support/host.ts";

export type Row = Record<string, string | number | null>;

export interface Place {
	region: Region;
	/** For example `t_apps.name` or `R2 pack`. */
	what: string;
	/** The tenant it belongs to, or what stands for one. */
	owner: string;
	/** Of a database; null for an object. */
	row: Row | null;
	/** The key of an object, or the row's. */
	key: string;
	envelope: Uint8Array<ArrayBuffer>;
	put(envelope: Uint8Array): Promise<void>;
}

const databases = ["DIRECTORY", "TENANTS_0", "TENANTS_1"];
const studioOf = (region: Region) => `freehold-studio-${region}`;
/** Type 1, version 1, then key id, nonce and tag. */
const isEnvelope = (bytes: Uint8Array | null): bytes is Uint8Array<ArrayBuffer> =>
	bytes !== null && bytes.length >= 38 && bytes[0] === 1 && bytes[1] === 1;

/** Whether a value of a row is an envelope, by its form. */
export const isSealed = (value: unknown): boolean => typeof value === "string" && isEnvelope(fromBase64(value));

export async function listPlaces(host: TestHost, region: Region): Promise<Place[]> {
	const found = await Promise.all(databases.map((binding) => placesInDatabase(host, region, binding)));
	return [...found.flat(), ...(await placesInContent(host, region))];
}

async function placesInDatabase(host: TestHost, region: Region, binding: string): Promise<Place[]> {
	const db = await host.runtime.getD1Database(binding, studioOf(region));
	const places: Place[] = [];
	for (const table of await tablesOf(host, region, binding)) {
		const { results: columns } = await db.prepare(`PRAGMA table_info("${table}")`).all<{ name: string; pk: number }>();
		const keys = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
		for (const row of (await db.prepare(`SELECT * FROM "${table}"`).all<Row>()).results) {
			const values = keys.map((name) => row[name] ?? null);
			const where = keys.map((name) => `"${name}" = ?`).join(" AND ");
			for (const [column, value] of Object.entries(row)) {
				const envelope = typeof value === "string" ? fromBase64(value) : null;
				if (!isEnvelope(envelope)) continue;
				const write = db.prepare(`UPDATE "${table}" SET "${column}" = ? WHERE ${where}`);
				places.push({
					region,
					what: `${table}.${column}`,
					owner: String(row["owner_id"] ?? `${table} ${values.join()}`),
					row,
					key: values.join(),
					envelope,
					put: async (other) => {
						const { meta } = await write.bind(toBase64Url(other), ...values).run();
						if (!meta.changes) throw new Error(`${table}.${column} was not written`);
					},
				});
			}
		}
	}
	return places;
}

async function placesInContent(host: TestHost, region: Region): Promise<Place[]> {
	const bucket = await host.runtime.getR2Bucket("CONTENT", studioOf(region));
	const places: Place[] = [];
	for (const { key } of (await bucket.list({ limit: 1000 })).objects) {
		const bytes = new Uint8Array((await (await bucket.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0));
		const [owner = "", , kind = ""] = key.split("/");
		if (!isEnvelope(bytes)) continue;
		const put = async (other: Uint8Array) => void (await bucket.put(key, other));
		places.push({ region, what: `R2 ${kind}`, owner, row: null, key, envelope: bytes, put });
	}
	return places;
}

async function tablesOf(host: TestHost, region: Region, binding: string): Promise<string[]> {
	const db = await host.runtime.getD1Database(binding, studioOf(region));
	const { results } = await db
		.prepare(
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
		)
		.all<{ name: string }>();
	return results.map(({ name }) => name);
}

/** Who writes to a database can take its guards away first. Answers how to put them back: no start happens without them. */
export async function dropGuards(host: TestHost, region: Region): Promise<() => Promise<void>> {
	const restores: (() => Promise<unknown>)[] = [];
	for (const binding of databases) {
		const db = await host.runtime.getD1Database(binding, studioOf(region));
		const { results } = await db
			.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
			.all<{ name: string; sql: string }>();
		for (const { name, sql } of results) {
			await db.prepare(`DROP TRIGGER "${name}"`).run();
			restores.push(() => db.prepare(sql).run());
		}
	}
	return async () => {
		for (const restore of restores) await restore();
	};
}

export interface Donor {
	/** How the value is related to the place that it is put in. */
	from: string;
	envelope: Uint8Array;
}

/** For one place: a value from another row, column, tenant, region and store, as far as there is one. */
export function donorsFor(place: Place, all: readonly Place[]): Donor[] {
	const others = all.filter((other) => other !== place);
	const isObject = (one: Place) => one.row === null;
	const isOwn = (one: Place) => one.owner === place.owner && one.region === place.region;
	const isAlike = (one: Place) => one.what === place.what;
	const choices: [string, (one: Place) => boolean][] = [
		["another row of the app", (one) => isAlike(one) && isOwn(one) && isSameApp(one, place)],
		["another row", (one) => isAlike(one) && isOwn(one) && !isSameApp(one, place)],
		["another column of the row", (one) => !isAlike(one) && isOwn(one) && one.row === place.row && !isObject(one)],
		[
			"another table or kind",
			(one) => !isAlike(one) && isOwn(one) && isObject(one) === isObject(place) && one.row !== place.row,
		],
		["another tenant", (one) => isAlike(one) && one.region === place.region && one.owner !== place.owner],
		["the other region", (one) => isAlike(one) && one.region !== place.region],
		["another store", (one) => isOwn(one) && isObject(one) !== isObject(place) && one.envelope.length < 60_000],
	];
	return choices.flatMap(([from, fits]) => {
		const donor = others.find(fits);
		return donor ? [{ from, envelope: donor.envelope }] : [];
	});
}

/** Rows that name the same app; objects name none, and another one is another version, disclosure or file. */
const isSameApp = (one: Place, other: Place) => one.row?.["app_id"] === other.row?.["app_id"];
