// Every sealed value of a filled installation, put where another belongs: another row, column, table, tenant, region, store. The product
// is then asked for it, and answers what it did before or a plain error, never what was moved there; whoever else asks is not disturbed.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toWire } from "#lib/http/errors.ts";
import type { Region } from "#schema/region.ts";
import { canaryOf } from "../../../scripts/scan/forms.ts";
import { searchTexts } from "../../../scripts/scan/state-folder.ts";
import { type Answer, type Client, makeClient, password, waitForBuild } from "../../support/client.ts";
import { reportFigures } from "../../support/figures.ts";
import { tokenMailedTo } from "../../support/host.ts";
import { keyBuckets, type MovedWorld, type Person, startMovedWorld } from "./moved-world.ts";
import { donorsFor, type Place } from "./sealed-places.ts";

let world: MovedWorld;
/** How the builds ended whose references were moved: they take a while, and other tests run meanwhile. */
let ends: Promise<Answer["json"][]>;
let sentBefore = 0;

const post = (client: Client, path: string, body: unknown = {}) => client.call(path, { method: "POST", body });
const directoryOf = (region: Region) => world.host.runtime.getD1Database("DIRECTORY", `freehold-studio-${region}`);

beforeAll(async () => {
	world = await startMovedWorld();
	await readBefore();
	sentBefore = world.server.requests.length;
	ends = moveReferences();
}, 180_000);
afterAll(() => world?.close());

/** What of the reference of each waiting build is moved, and whether the other value is of the same person. One build is left alone. */
const moved: [what: string, isOwn: boolean][] = [
	["t_app_references.name", false],
	["t_app_references.profile", false],
	["R2 reference", false],
	["t_app_references.name", true],
	["R2 reference", true],
];

async function moveReferences(): Promise<Answer["json"][]> {
	const { waiting, places } = world;
	for (const [at, [what, isOwn]] of moved.entries()) {
		const place = waiting[at]?.place(what);
		const all = isOwn ? waiting.flatMap((one) => one.place(what) ?? []) : places;
		const donor = all.find((one) => one.what === what && one.region === "us-east" && one !== place);
		if (!place || !donor) throw new Error(`nothing to move for ${what}`);
		await place.put(donor.envelope);
	}
	for (const build of waiting) {
		const answered = await post(build.person, `/api/apps/${build.appId}/builds/${build.buildId}/answer`, {
			text: "Blue",
		});
		expect(answered.status, answered.text).toBe(200);
	}
	return Promise.all(waiting.map(({ person, appId, buildId }) => waitForBuild(person, appId, buildId, 100)));
}

/** What is asked for a value: by whom it belongs to, wherever the product shows it. */
const readers: Record<string, (row: Place["row"], place: Place) => string[]> = {
	"accounts.email": () => ["/api/account"],
	"accounts.name": () => ["/api/account"],
	"passkeys.name": () => ["/api/account/passkeys"],
	"sessions.user_agent": () => ["/api/account/sessions"],
	"invitations.email": (row) => [`/api/apps/${row?.["app_id"]}/sharing`],
	"t_workspace.name": () => ["/api/account"],
	"t_apps.name": (row) => ["/api/apps", `/api/apps/${row?.["id"]}`],
	"t_apps.description": (row) => ["/api/apps", `/api/apps/${row?.["id"]}`],
	"t_builds.prompt": (row) => ["/api/history", `/api/apps/${row?.["app_id"]}/builds`],
	"t_messages.body": (row) => [`/api/apps/${row?.["app_id"]}/messages`],
	"t_versions.message": (row) => [`/api/apps/${row?.["app_id"]}/versions`],
	"t_versions.manifest": (row) => [`/api/apps/${row?.["app_id"]}/versions/${row?.["id"]}`],
	"R2 pack": (_, { key }) => [ofRow("t_versions", key, (app, id) => `/api/apps/${app}/versions/${id}`)],
	"R2 disclosure": (_, { key }) => disclosurePaths.get(key) ?? [],
};
/** Sealed values that no reading route shows: each has a test of its own below. */
const shownElsewhere = [
	"R2 reference",
	"credentials.password_hash",
	"reports.text",
	"t_app_references.name",
	"t_app_references.profile",
	"verifications.value",
].sort();
const disclosurePaths = new Map<string, string[]>();

function ofRow(table: string, key: string, path: (app: unknown, id: string) => string): string {
	const id = key.split("/").at(-1) ?? "";
	const row = world.places.find((place) => place.what.startsWith(`${table}.`) && place.row?.["id"] === id)?.row;
	return path(row?.["app_id"], id);
}

/** Says what is wrong with an answer, or whether it is the one from before or a refusal that tells nothing but its reason. */
function judge(answer: Answer, before: string): "as before" | "refused" | string {
	if (answer.text === before && answer.status === 200) return "as before";
	const refusal = JSON.stringify(toWire("damaged", answer.json?.error?.requestId));
	return answer.status === 500 && answer.text === refusal ? "refused" : `${answer.status} ${answer.text.slice(0, 200)}`;
}

const before = new Map<string, string>();
const keyOf = (person: Person, path: string) => `${person.owner} ${path}`;
const readAll = (person: Person, paths: readonly string[]) =>
	Promise.all(paths.map(async (path) => ({ path, answer: await person.call(path) })));

/** What everybody gets while everything is in its place. */
async function readBefore(): Promise<void> {
	for (const person of world.people.values()) {
		const { apps } = (await person.call("/api/apps")).json;
		for (const { id: app } of apps)
			for (const { id } of (await person.call(`/api/apps/${app}/disclosures`)).json.disclosures)
				disclosurePaths.set(`${person.owner}/${app}/disclosure/${id}`, [`/api/apps/${app}/disclosures/${id}`]);
	}
	for (const place of world.places) {
		const person = world.people.get(place.owner);
		if (!person || !readers[place.what]) continue;
		for (const path of readers[place.what]?.(place.row, place) ?? []) {
			const { status, text } = await person.call(path);
			expect([path, status], text).toEqual([path, 200]);
			before.set(keyOf(person, path), text);
		}
	}
}

describe("a sealed value that is moved", () => {
	it("does not open, wherever it is put, and nobody else notices", { timeout: 180_000 }, async () => {
		const figures = { "sealed values": 0, moves: 0, answers: 0 };
		const moves = new Map<string, number>();
		const { places, people, waiting } = world;
		const bystander = waiting[0]?.person;
		const besideBefore = await bystander?.call("/api/account");
		expect(besideBefore?.status).toBe(200);
		const moveAll = async (person: Person) => {
			for (const place of places.filter(({ owner }) => owner === person.owner)) {
				const paths = readers[place.what]?.(place.row, place);
				if (!paths) continue;
				figures["sealed values"]++;
				for (const [at, { from, envelope }] of donorsFor(place, places).entries()) {
					const what = `${place.region} ${place.what} from ${from}`;
					await place.put(envelope);
					const [answers, beside] = await Promise.all([
						readAll(person, paths),
						at === 0 ? bystander?.call("/api/account") : besideBefore,
					]);
					await place.put(place.envelope);
					const verdicts = answers.map(({ path, answer }) => judge(answer, before.get(keyOf(person, path)) ?? ""));
					for (const verdict of verdicts) expect(["as before", "refused"], `${what}: ${verdict}`).toContain(verdict);
					// it was asked for: what answers as before has not looked
					expect(verdicts, what).toContain("refused");
					expect(beside?.text, what).toBe(besideBefore?.text);
					figures.moves++;
					figures.answers += verdicts.length;
					moves.set(from, (moves.get(from) ?? 0) + 1);
				}
			}
		};
		// a person's values are read by that person only, so all may be moved at the same time
		await Promise.all([...people.values()].map(moveAll));
		const kinds = new Set(places.map(({ what }) => what));
		// what is sealed and not among the readers is named, so a new column cannot be forgotten
		expect([...kinds].filter((kind) => !readers[kind]).sort()).toEqual(shownElsewhere);
		expect(Object.keys(readers).filter((kind) => !kinds.has(kind))).toEqual([]);
		for (const from of [
			"another row",
			"another column of the row",
			"another table or kind",
			"another tenant",
			"the other region",
			"another store",
		])
			expect(moves.get(from) ?? 0, from).toBeGreaterThan(5);
		reportFigures("moved envelopes", figures);
	});

	it("and back in its place it opens again: everything answers as before", async () => {
		for (const person of world.people.values()) {
			for (const [key, text] of before) {
				const [owner, path = ""] = key.split(" ");
				if (owner === person.owner) expect((await person.call(path)).text, path).toBe(text);
			}
		}
	});

	it("says so on the page of its app, under a request id that the log has", async () => {
		const place = world.places.find(({ what }) => what === "t_apps.name");
		const person = world.people.get(place?.owner ?? "");
		const donor = place && donorsFor(place, world.places)[0];
		if (!place || !person || !donor) throw new Error("nobody has an app");
		await place.put(donor.envelope);
		const page = await person.call(`/apps/${place.row?.["id"]}`, { headers: { Accept: "text/html" } });
		await place.put(place.envelope);
		expect(page.status).toBe(500);
		expect(page.text).toContain("Something here does not open");
		const [id] = /req_[0-9a-f]{32}/.exec(page.text) ?? ["none"];
		await expect.poll(() => world.host.logs.join("\n")).toContain(id);
	});
});

describe("a password's hash that is moved", () => {
	const signIn = (person: Person) =>
		post(makeClient(world.host, person.region), "/api/account/sign-in", { email: person.email, password });

	it("signs nobody in: not with the password it was made of, not with the right one", async () => {
		let tries = 0;
		for (const place of world.places.filter(({ what }) => what === "credentials.password_hash")) {
			const person = world.people.get(place.owner);
			if (!person) continue;
			for (const { from, envelope } of donorsFor(place, world.places)) {
				await (await directoryOf(place.region)).prepare("DELETE FROM rate_limits").run();
				await place.put(envelope);
				const answer = await signIn(person);
				await place.put(place.envelope);
				expect(judge(answer, ""), from).toBe("refused");
				expect(answer.headers["set-cookie"], from).toBeUndefined();
				tries++;
			}
			expect((await signIn(person)).status).toBe(200);
		}
		expect(tries).toBeGreaterThanOrEqual(6);
	});
});

describe("what a mailed link stands for, moved", () => {
	it("to another link's row opens neither", async () => {
		const db = await directoryOf("us-east");
		const client = makeClient(world.host, "us-east");
		const [one, other] = ["moved-one@example.org", "moved-other@example.org"];
		for (const email of [one, other])
			await post(client, "/api/account/sign-up", { name: "Eve", email, password, sawNotYet: true });
		const token = await tokenMailedTo(world.host, one, "/verify");
		await tokenMailedTo(world.host, other, "/verify");
		const rows = (await db.prepare("SELECT * FROM verifications").all<Record<string, string>>()).results;
		const id = createHash("sha256").update(`verify/${token}`).digest("base64url");
		const mine = rows.find((row) => row["id"] === id);
		const donors = rows.filter((row) => row["id"] !== id).map((row) => row["value"] ?? "");
		const abroad = world.places.find(({ what, region }) => what === "accounts.name" && region === "eu-west");
		donors.push(Buffer.from(abroad?.envelope ?? []).toString("base64url"));
		expect(donors.length).toBeGreaterThanOrEqual(2);
		const restore = () =>
			db
				.prepare(
					`INSERT OR REPLACE INTO verifications(${Object.keys(mine ?? {}).join()}) VALUES (${Object.keys(mine ?? {})
						.map(() => "?")
						.join()})`,
				)
				.bind(...Object.values(mine ?? {}))
				.run();
		for (const value of donors) {
			await db.prepare("UPDATE verifications SET value = ? WHERE id = ?").bind(value, id).run();
			const answer = await post(client, "/api/account/verify", { token, password });
			expect(judge(answer, "")).toBe("refused");
			expect(answer.headers["set-cookie"]).toBeUndefined();
			await restore();
		}
		expect((await post(client, "/api/account/verify", { token, password })).status).toBe(200);
	});
});

describe("a report that is moved", () => {
	it("is not read to the operator in another's place", async () => {
		for (const place of world.places.filter(({ what }) => what === "reports.text")) {
			for (const { from, envelope } of donorsFor(place, world.places)) {
				await place.put(envelope);
				const answer = await world.host.operate({ command: "reports", region: place.region }).then(
					({ text }) => text,
					(error: Error) => error.message,
				);
				await place.put(place.envelope);
				expect(searchTexts([["operator", answer]], world.garden.canaries).hits, from).toEqual([]);
			}
			const restored = await world.host.operate({ command: "reports", region: place.region });
			expect(searchTexts([["operator", restored.text]], world.garden.canaries).hits.length).toBeGreaterThan(0);
		}
	});
});

describe("a reference that is moved", () => {
	it("reaches no model: the build ends as failed, and nothing of the other's text is in a request or the conversation", {
		timeout: 120_000,
	}, async () => {
		const outcomes = (await ends).map(({ state, failure }) => [state, failure]);
		// the one that was left alone went on, and asks again: its reference, and nobody else's, was sent
		expect(outcomes).toEqual([...moved.map(() => ["failed", "crashed"]), ["asking", null]]);
		const sent = world.server.requests.slice(sentBefore).map(({ body }, at) => [`request ${at}`, body] as const);
		const { hits } = searchTexts(sent, world.garden.canaries);
		expect(new Set(hits.map(({ canary }) => canary))).toEqual(new Set(["record: reference that is sent"]));
		expect(sent).toHaveLength(1);
		for (const { person, appId } of world.waiting.slice(0, moved.length)) {
			const said = (await person.call(`/api/apps/${appId}/messages`)).text;
			expect(searchTexts([["conversation", said]], world.garden.canaries).hits).toEqual([]);
		}
	});
});

describe("after all this", () => {
	it("no log line holds a text of anybody", () => {
		const canaries = [...world.garden.canaries, canaryOf("password", password)];
		expect(searchTexts([["process output", world.host.logs.join("\n")]], canaries).hits).toEqual([]);
		expect(world.host.logs.join("\n")).toContain("SealError");
	});

	it("a wrapped key that is moved to another holder, purpose or region opens nothing: every answer is 503", {
		timeout: 120_000,
	}, async () => {
		const { host, people, waiting, putGuardsBack } = world;
		const [us, eu] = [await keyBuckets(host, "us-east"), await keyBuckets(host, "eu-west")];
		const read = async (from: typeof us, key: string) => (await from.keys.get(key))?.arrayBuffer();
		const put = async (to: typeof us, key: string, bytes: ArrayBuffer | undefined) => {
			for (const bucket of [to.keys, to.copy]) await bucket.put(key, bytes ?? new ArrayBuffer(0));
		};
		const keyOf = (owner: string) => `keys/${owner}/content/1`;
		const ofUs = [...people.values()].filter(({ region }) => region === "us-east");
		const [ada, bob] = ofUs;
		const uwe = [...people.values()].find(({ region }) => region === "eu-west");
		if (!ada || !bob || !uwe) throw new Error("somebody is missing");
		const [adas, uwes] = [await read(us, keyOf(ada.owner)), await read(eu, keyOf(uwe.owner))];
		const [index, seal] = [await read(eu, "keys/directory/index/1"), await read(eu, "keys/directory/seal/1")];
		await put(us, keyOf(bob.owner), adas);
		await put(us, keyOf(ada.owner), uwes);
		await put(eu, "keys/directory/index/1", seal);
		await put(eu, "keys/directory/seal/1", index);
		// what was unwrapped before is kept in memory for minutes
		await putGuardsBack();
		await host.restart();
		for (const person of [ada, bob, uwe]) {
			for (const path of ["/api/apps", "/api/account", "/api/history"]) {
				const answer = await person.call(path);
				expect([answer.status, answer.json?.error?.code], path).toEqual([503, "unavailable"]);
			}
		}
		expect((await waiting[0]?.person.call("/api/apps"))?.status).toBe(200);
	});
});
