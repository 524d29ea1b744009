// What an app keeps, and for whom: data calls over HTTP of the real Worker in workerd.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DataCall, DataRecord } from "#schema/data.ts";
import { makeId } from "#schema/ids.ts";
import type { Viewer, ViewerRole } from "#schema/rpc.ts";
import { type AppHost, startAppHost } from "../../support/app-host.ts";

let host: AppHost;
beforeAll(async () => {
	host = await startAppHost();
});
afterAll(() => host?.stop());

const person = (role: ViewerRole, name: string): Viewer => ({ role, accountId: makeId("account"), linkId: null, name });
const makeApp = () => host.makeApp({ files: { "app.js": "" } });

async function as(label: string, viewer: Viewer) {
	const cookie = await host.openSession(label, viewer);
	return async <T = Record<string, unknown>>(call: DataCall | unknown, headers: Record<string, string> = {}) => {
		const response = await host.ask(label, "/_freehold/api/data", cookie, call, headers);
		const body = (await response.json()) as T & { error?: { code: string } };
		return { status: response.status, body, code: body.error?.code };
	};
}

describe("a collection", () => {
	test("keeps records in order, for everyone of the app, with who added them", async () => {
		const label = await makeApp();
		const [ada, eve] = [await as(label, person("owner", "Ada")), await as(label, person("editor", "Eve"))];
		const one = (
			await ada<{ record: DataRecord }>({ op: "add", collection: "notes", value: { t: 1, deep: { a: [null, "x"] } } })
		).body.record;
		expect(one.id).toMatch(/^rec_[0-9a-f]{32}$/);
		expect(one).toMatchObject({ by: "Ada", value: { t: 1, deep: { a: [null, "x"] } } });
		await eve({ op: "addMany", collection: "notes", values: [{ t: 2 }, { t: 3 }] });
		const list = (await eve<{ records: DataRecord[]; next: string | null }>({ op: "list", collection: "notes" })).body;
		expect(list.records.map((record) => [record.value.t, record.by])).toEqual([
			[1, "Ada"],
			[2, "Eve"],
			[3, "Eve"],
		]);
		expect(list.next).toBeNull();
		const changed = (
			await eve<{ record: DataRecord }>({ op: "change", collection: "notes", id: one.id, value: { t: 9 } })
		).body.record;
		expect(changed).toMatchObject({ id: one.id, by: "Ada", createdAt: one.createdAt, value: { t: 9 } });
		expect((await ada({ op: "remove", collection: "notes", id: one.id })).body).toEqual({ removed: true });
		expect((await ada({ op: "remove", collection: "notes", id: one.id })).body).toEqual({ removed: false });
		expect(await ada({ op: "change", collection: "notes", id: one.id, value: {} })).toMatchObject({ status: 404 });
		expect(await ada({ op: "change", collection: "other", id: list.records[1]?.id, value: {} })).toMatchObject({
			status: 404,
		});
	});

	test("keeps every field as it was sent, also one that objects inherit", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		const value = JSON.parse(
			'{"__proto__":{"a":1},"constructor":2,"deep":{"__proto__":[3],"toString":null}}',
		) as unknown;
		const { status } = await ada({ op: "add", collection: "n", value });
		expect(status).toBe(200);
		const list = (await ada<{ records: DataRecord[] }>({ op: "list", collection: "n" })).body;
		expect(JSON.stringify(list.records[0]?.value)).toBe(JSON.stringify(value));
	});

	test("refuses values that are nested deeper than a record may be, with the limit", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as unknown;
		expect((await ada({ op: "add", collection: "n", value: nested(60) })).status).toBe(200);
		for (const levels of [70, 2000]) {
			const refused = await ada({ op: "add", collection: "n", value: nested(levels) });
			expect([refused.status, refused.code]).toEqual([422, "record_too_deep"]);
		}
	});

	test("is changed only from the state that was read, where the page asks for that", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		const { record } = (await ada<{ record: DataRecord }>({ op: "add", collection: "n", value: { count: 0 } })).body;
		const read = async () => (await ada<{ records: DataRecord[] }>({ op: "list", collection: "n" })).body.records[0];
		let conflicts = 0;
		const increment = async () => {
			for (;;) {
				const now = await read();
				const value = { count: Number(now?.value.count) + 1 };
				const done = await ada({ op: "change", collection: "n", id: record.id, value, ifUpdatedAt: now?.updatedAt });
				if (done.status === 200) return;
				expect([done.status, done.code]).toEqual([409, "record_changed"]);
				conflicts++;
			}
		};
		await Promise.all(Array.from({ length: 12 }, increment));
		expect((await read())?.value).toEqual({ count: 12 });
		expect(conflicts).toBeGreaterThan(0);
		// without the condition the last one wins, as ever
		expect((await ada({ op: "change", collection: "n", id: record.id, value: { count: 1 } })).status).toBe(200);
	});

	test("is emptied by its owner, with what people have stored", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		await ada({ op: "add", collection: "n", value: { a: 1 } });
		await ada({ op: "storageSet", key: "view", value: "cards" });
		expect(await host.rpc("ACCESS", "resetData", label)).toEqual({ ok: true, value: null });
		expect((await ada({ op: "list", collection: "n" })).body).toEqual({ records: [], next: null });
		expect((await ada({ op: "storageAll" })).body).toEqual({ entries: [] });
		expect(await host.rpc("ACCESS", "inventory", label)).toEqual({
			ok: true,
			value: { collections: [], sizeBytes: 0 },
		});
		expect((await ada({ op: "add", collection: "n", value: { a: 2 } })).status).toBe(200);
	});

	test("is listed in pages that survive removals", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		await ada({ op: "addMany", collection: "n", values: Array.from({ length: 25 }, (_, t) => ({ t })) });
		const seen: unknown[] = [];
		let after: string | null | undefined;
		do {
			const page: { records: DataRecord[]; next: string | null } = (
				await ada<{ records: DataRecord[]; next: string | null }>({
					op: "list",
					collection: "n",
					limit: 10,
					...(after ? { after } : {}),
				})
			).body;
			seen.push(...page.records.map((record) => record.value.t));
			after = page.next;
			if (after) await ada({ op: "remove", collection: "n", id: after });
		} while (after);
		expect(seen).toEqual(Array.from({ length: 25 }, (_, t) => t));
	});

	test("is apart for every app, and for draft and live", async () => {
		const viewer = person("owner", "Ada");
		const [live, draft] = [await makeApp(), await host.makeApp({ files: { "app.js": "" }, kind: "draft" })];
		const [inLive, inDraft] = [await as(live, viewer), await as(draft, viewer)];
		await inDraft({ op: "add", collection: "n", value: {} });
		expect((await inLive({ op: "list", collection: "n" })).body).toEqual({ records: [], next: null });
	});
});

describe("roles", () => {
	test("a viewer reads and has a storage of his own, and changes nothing", async () => {
		const label = await makeApp();
		const [ada, vic] = [await as(label, person("owner", "Ada")), await as(label, person("viewer", "Vic"))];
		const id = (await ada<{ record: DataRecord }>({ op: "add", collection: "n", value: {} })).body.record.id;
		expect((await vic<{ records: unknown[] }>({ op: "list", collection: "n" })).body.records).toHaveLength(1);
		for (const call of [
			{ op: "add", collection: "n", value: {} },
			{ op: "addMany", collection: "n", values: [{}] },
			{ op: "change", collection: "n", id, value: {} },
			{ op: "remove", collection: "n", id },
		]) {
			expect(await vic(call)).toMatchObject({ status: 403, code: "read_only" });
		}
		expect((await vic({ op: "storageSet", key: "a", value: "1" })).status).toBe(200);
		expect((await ada({ op: "storageAll" })).body).toEqual({ entries: [] });
		expect((await vic({ op: "storageAll" })).body).toEqual({ entries: [["a", "1"]] });
	});

	test("a visitor reaches nothing, by link or in a public app", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		await ada({ op: "add", collection: "n", value: { secret: 1 } });
		const byLink = await as(label, { role: "visitor", accountId: null, linkId: "lnk_1", name: "Guest" });
		const claimed = await as(label, { role: "editor", accountId: null, linkId: "lnk_1", name: "Guest" });
		await host.rpc("ACCESS", "setAudience", label, "public");
		for (const call of [
			{ op: "list", collection: "n" },
			{ op: "add", collection: "n", value: {} },
			{ op: "storageAll" },
			{ op: "storageSet", key: "a", value: "b" },
		]) {
			for (const ask of [byLink, claimed]) expect(await ask(call)).toMatchObject({ status: 403, code: "visitor_data" });
			expect((await host.ask(label, "/_freehold/api/data", "", call)).status).toBe(403);
		}
		expect((await ada<{ records: unknown[] }>({ op: "list", collection: "n" })).body.records).toHaveLength(1);
	});

	test("without a session a private app answers no data call", async () => {
		const label = await makeApp();
		expect((await host.ask(label, "/_freehold/api/data", "", { op: "list", collection: "n" })).status).toBe(401);
	});
});

describe("bad input", () => {
	test("is refused with the reason, and nothing is kept", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		const bad: unknown[] = [
			"{",
			"[]",
			"null",
			{ op: "drop" },
			{ op: "add", collection: "n" },
			{ op: "add", collection: "n", value: [] },
			{ op: "add", collection: "n", value: "x" },
			{ op: "add", collection: "Bad Name", value: {} },
			{ op: "add", collection: "n'; DROP TABLE records; --", value: {} },
			{ op: "add", collection: "n", value: {}, owner_id: "x" },
			{ op: "addMany", collection: "n", values: [] },
			{ op: "addMany", collection: "n", values: Array.from({ length: 501 }, () => ({})) },
			{ op: "list", collection: "n", limit: 0 },
			{ op: "list", collection: "n", after: "rec_x" },
			{ op: "change", collection: "n", id: "rec_1", value: {} },
			{ op: "storageSet", key: "", value: "x" },
			{ op: "storageSet", key: "k", value: 1 },
		];
		for (const call of bad) expect(await ada(call), JSON.stringify(call)).toMatchObject({ status: 400 });
		expect((await ada({ op: "list", collection: "n" })).body).toEqual({ records: [], next: null });
		expect(await ada({ op: "storageAll" }, { Origin: "http://evil.example" })).toMatchObject({ status: 403 });
		expect(await ada({ op: "storageAll" }, { "Content-Type": "application/x-www-form-urlencoded" })).toMatchObject({
			status: 415,
		});
		expect(await ada("x".repeat(9 * 1024 * 1024))).toMatchObject({ status: 413 });
	});

	test("prototype keys are plain data", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		const value = '{"constructor":{"prototype":{"x":1}},"a":1}';
		expect((await ada(`{"op":"add","collection":"n","value":${value}}`)).status).toBe(200);
		const listed = (await ada<{ records: DataRecord[] }>({ op: "list", collection: "n" })).body.records;
		expect(JSON.stringify(listed[0]?.value)).toBe(value);
	});
});

// thousands of calls: a bound against a hang, on a machine that does other things too
describe("quotas", { timeout: 180_000 }, () => {
	test("a record holds 64 KB, counted in bytes", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		const room = 64 * 1024 - '{"t":""}'.length;
		expect((await ada({ op: "add", collection: "n", value: { t: "x".repeat(room) } })).status).toBe(200);
		expect(await ada({ op: "add", collection: "n", value: { t: "x".repeat(room + 1) } })).toMatchObject({
			code: "record_too_large",
		});
		expect(await ada({ op: "add", collection: "n", value: { t: "ä".repeat(room / 2 + 1) } })).toMatchObject({
			code: "record_too_large",
		});
		const two = { op: "addMany", collection: "m", values: [{ t: 1 }, { t: "x".repeat(room + 1) }] };
		expect(await ada(two)).toMatchObject({ status: 413, code: "record_too_large" });
		expect((await ada({ op: "list", collection: "m" })).body).toEqual({ records: [], next: null });
	});

	test("an app holds 50,000 records, and more again after a removal", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		const values = Array.from({ length: 500 }, (_, at) => ({ at }));
		for (let at = 0; at < 100; at++) expect((await ada({ op: "addMany", collection: "n", values })).status).toBe(200);
		expect(await ada({ op: "add", collection: "n", value: {} })).toMatchObject({ status: 413, code: "app_full" });
		const first = (await ada<{ records: DataRecord[] }>({ op: "list", collection: "n", limit: 1 })).body.records[0];
		await ada({ op: "remove", collection: "n", id: first?.id });
		expect((await ada({ op: "add", collection: "n", value: {} })).status).toBe(200);
		const inventory = await host.rpc<{ ok: true; value: { collections: unknown[] } }>("ACCESS", "inventory", label);
		expect(inventory.value.collections).toEqual([{ name: "n", records: 50_000 }]);
	});

	test("an app holds 100 MB, and changes count", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		const value = { t: "x".repeat(64 * 1024 - 100) };
		const values = Array.from({ length: 120 }, () => value);
		let status = 200;
		for (let at = 0; at < 13; at++) status = (await ada({ op: "addMany", collection: "n", values })).status;
		expect(status).toBe(200);
		expect(await ada({ op: "addMany", collection: "n", values })).toMatchObject({ status: 413, code: "app_full" });
		const small = (await ada<{ record: DataRecord }>({ op: "add", collection: "m", value: {} })).body.record;
		for (let at = 0; at < 42; at++) await ada({ op: "add", collection: "n", value });
		expect(await ada({ op: "change", collection: "m", id: small.id, value })).toMatchObject({ code: "app_full" });
		const inventory = await host.rpc<{ ok: true; value: { sizeBytes: number } }>("ACCESS", "inventory", label);
		expect(inventory.value.sizeBytes).toBeLessThanOrEqual(100 * 1024 * 1024);
		expect(inventory.value.sizeBytes).toBeGreaterThan(99 * 1024 * 1024);
	});

	test("a person's storage holds 1 MB and 1,000 keys", async () => {
		const ada = await as(await makeApp(), person("owner", "Ada"));
		for (let at = 0; at < 10; at++)
			expect((await ada({ op: "storageSet", key: `k${at}`, value: "x".repeat(100_000) })).status).toBe(200);
		expect(await ada({ op: "storageSet", key: "more", value: "x".repeat(100_000) })).toMatchObject({
			code: "storage_full",
		});
		expect((await ada({ op: "storageSet", key: "k0", value: null })).status).toBe(200);
		expect((await ada({ op: "storageSet", key: "more", value: "x".repeat(100_000) })).status).toBe(200);
	});

	test("a loop of calls is stopped", async () => {
		const label = await makeApp();
		const ada = await as(label, person("owner", "Ada"));
		const codes = new Set<string | undefined>();
		for (let at = 0; at < 26 && !codes.has("rate_limited"); at++) {
			const many = await Promise.all(Array.from({ length: 100 }, () => ada({ op: "storageAll" })));
			for (const { code } of many) codes.add(code);
		}
		expect(codes).toContain("rate_limited");
		const eve = await as(label, person("editor", "Eve"));
		expect((await eve({ op: "storageAll" })).status).toBe(200);
	});
});
