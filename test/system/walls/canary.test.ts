// A person's whole journey with a planted text in every field, and then a search of everything there is: stores, logs, mails,
// answers to others, what a model provider received. A text in the clear is a failure, except where the list below permits it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Hit, type Report, searchFolder, searchTexts } from "../../../scripts/scan/state-folder.ts";
import { type Client, makeClient, signUpPerson } from "../../support/client.ts";
import { reportFigures } from "../../support/figures.ts";
import { startTestHost, type TestHost } from "../../support/host.ts";
import { type ModelServer, startModelServer } from "../../support/model-server/server.ts";
import { callAppOrigin } from "./app-page.ts";
import {
	keepPrivateApp,
	livePerson,
	plantedTranscripts,
	publishApp,
	readMails,
	type World,
	watchKeys,
} from "./journeys.ts";
import { Garden } from "./planted.ts";

/** Where a group may lie in the clear, and why. The path of a place begins with `at`. */
const allowed: { at: RegExp; what: RegExp; because: string }[] = [
	{
		at: /^outbox\//,
		what: /^(address|token): /,
		because: "a mail carries the address it goes to and the link that it is for; on the local host it ends as a file",
	},
	{
		at: /^kek-(us-east|eu-west)$/,
		what: /^key: key-encryption key$/,
		because: "the local host keeps its KEK in this file",
	},
	{
		at: /^stores\/r2\/freehold-apps-(us-east|eu-west)\//,
		what: /^(deployed|listing): /,
		because:
			"deployed bundles carry code, the app's title and what the composer made of a prompt or a table (its rows become a file of the app), encrypted by the platform only",
	},
	{
		at: /AppRuntime\//,
		what: /^(deployed: (app name|name of)|listing: title)/,
		because: "an app's object knows title and file names of the bundle it serves",
	},
	{
		at: /AppRuntime\//,
		what: /^record: /,
		because: "an app's own data and who wrote it, encrypted by the platform only",
	},
	{
		at: /^D1 of the directory/,
		what: /^listing: /,
		because: "title and description of an app that its owner listed on Discover",
	},
];

let host: TestHost;
let server: ModelServer;
const garden = new Garden();
let world: World;
let person: Client & { email: string };
let other: Client;
let privateApp: string;
let publicApp: string;

beforeAll(async () => {
	server = await startModelServer(plantedTranscripts(garden));
	host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: garden.plant("secret", "provider key"),
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: "play-planted,play-planted-change",
			ANTHROPIC_REGION: "us-east",
		},
	});
	world = { host, region: "us-east", garden };
	person = await livePerson(world);
	other = await signUpPerson(host, "us-east", "Otto");
	privateApp = await keepPrivateApp(person, world);
	publicApp = await publishApp(person, world);
	await watchKeys(world);
});
afterAll(async () => {
	await host?.close();
	await server?.close();
});

const describeHit = ({ canary, form, place, part }: Hit) => `${canary}, ${form}, in ${place}, ${part}`;
const count = ({ places, bytes }: Report) => ({ places, bytes });

it("plants a text in every field and finds each where it is sealed: the owner reads it back", async () => {
	const seen: string[] = [];
	for (const path of [
		"/api/account",
		"/api/history",
		...["", "/versions", "/messages", "/builds", "/disclosures", "/sharing"].map(
			(rest) => `/api/apps/${publicApp}${rest}`,
		),
		...["", "/versions", "/messages", "/builds"].map((rest) => `/api/apps/${privateApp}${rest}`),
	]) {
		const answer = await person.call(path);
		expect(answer.status, path).toBe(200);
		seen.push(answer.text);
	}
	const found = new Set(searchTexts([["owner", seen.join("\n")]], garden.canaries).hits.map(({ canary }) => canary));
	for (const field of ["prompt to the model", "description", "message of a version", "summary of the model"]) {
		expect(found).toContain(`sealed: ${field}`);
	}
	expect(garden.canaries.length).toBeGreaterThan(60);
});

it("keeps every planted text out of what others receive", async () => {
	const answers: [string, string][] = [];
	const elsewhere = makeClient(host, "eu-west");
	const paths = [
		...[
			"/",
			"/apps",
			"/discover",
			"/history",
			"/account",
			"/credits",
			"/models",
			"/s",
			`/apps/${publicApp}`,
			`/view/${privateApp}`,
		],
		...[
			"/api/apps",
			"/api/history",
			"/api/credits",
			"/api/models",
			"/api/discover",
			"/api/account",
			"/api/openapi.json",
		],
		...["", "/versions", "/messages", "/builds", "/disclosures", "/sharing", "/download", "/publish"].flatMap(
			(rest) => [`/api/apps/${publicApp}${rest}`, `/api/apps/${privateApp}${rest}`],
		),
	];
	for (const [who, client] of [
		["another tenant", other],
		["nobody", makeClient(host, "us-east")],
		["the other region", elsewhere],
	] as const) {
		for (const path of paths) {
			const answer = await client.call(path, { headers: { Accept: "text/html" } });
			answers.push([`${who} at ${path}`, JSON.stringify(answer.headers) + answer.text]);
		}
	}
	const detail = (await person.call(`/api/apps/${privateApp}`)).json;
	for (const path of ["/", "/app.js", "/server.js", "/server.ts", "/_freehold/open", "/_freehold/api/viewer"]) {
		const answer = await callAppOrigin(host.port, detail.draftOrigin, path);
		answers.push([`nobody at the private app's ${path}`, JSON.stringify(answer.headers) + answer.text]);
	}
	const report = searchTexts(answers, garden.canaries);
	const leaks = report.hits.filter(
		({ canary, place }) => !(canary.startsWith("listing: ") && place.includes("discover")),
	);
	expect(leaks.map(describeHit)).toEqual([]);
	reportFigures("canary scan, answers to others", { canaries: garden.canaries.length, ...count(report) });
});

it("keeps every planted text out of process output and of mails to others", () => {
	const output: [string, string][] = [
		["process output", host.logs.join("\n")],
		["statements", host.statements.texts().join("\n")],
	];
	const report = searchTexts(output, garden.canaries);
	expect(report.hits.map(describeHit)).toEqual([]);
	expect(host.logs.join("\n")).toContain('"event"');
	const mails = readMails(host);
	expect(mails.length).toBeGreaterThan(5);
	const bodies = searchTexts(
		mails.map((text, at) => [`mail ${at}`, text] as const),
		garden.canaries,
	);
	expect(bodies.hits.filter(({ canary }) => !/^(address|token): /.test(canary)).map(describeHit)).toEqual([]);
});

it("sends the provider the prompt and what the person confirmed, and nothing else that was planted", () => {
	const report = searchTexts(
		server.requests.map(({ body, path }, at) => [`request ${at} ${path}`, body] as const),
		garden.canaries,
	);
	const names = [...new Set(report.hits.map(({ canary }) => canary))].sort();
	expect(names).toContain("sealed: prompt to the model");
	expect(names).toContain("sealed: column of a CSV");
	expect(names.filter((name) => /^(secret|address|token|key|record): /.test(name))).toEqual([]);
	expect(names.filter((name) => /composer|error report|CSV, second|by hand/.test(name))).toEqual([]);
	const received = server.requests.map(({ headers }) => JSON.stringify(headers)).join("\n");
	const inHeaders = searchTexts([["headers", received]], garden.canaries).hits.map(({ canary }) => canary);
	expect([...new Set(inHeaders)]).toEqual(["secret: provider key"]);
});

it("keeps every planted text out of every store, but for the short list that says why", async () => {
	// stopping writes what the runtime still holds; the folder is kept until the end
	await host.restart();
	const report = searchFolder(host.stateFolder, garden.canaries);
	const kinds = databaseKinds(host.stateFolder);
	const hits = report.hits.map((hit) => ({
		...hit,
		place: kinds.get(hit.place.replace(/-(wal|shm)$/, "")) ?? hit.place,
	}));
	const permitted = (hit: Hit) => allowed.some(({ at, what }) => at.test(hit.place) && what.test(hit.canary));
	expect(hits.filter((hit) => !permitted(hit)).map(describeHit)).toEqual([]);
	// a list that permits what never happens hides the day when it does
	for (const { at, what, because } of allowed) {
		expect(
			hits.some((hit) => at.test(hit.place) && what.test(hit.canary)),
			because,
		).toBe(true);
	}
	reportFigures("canary scan, state folder", {
		canaries: garden.canaries.length,
		...count(report),
		"permitted places": allowed.length,
	});
	expect(report.bytes).toBeGreaterThan(1_000_000);
});

it("is done by the operator's script too", async () => {
	const { spawnSync } = await import("node:child_process");
	const run = (text: string) =>
		spawnSync(process.execPath, ["scripts/scan-state.ts", host.stateFolder, "-"], { input: text, encoding: "utf8" });
	const secret = garden.canaries.find(({ name }) => name === "secret: password, sign-up");
	const clean = run(`${Buffer.from(secret?.bytes ?? []).toString()}\n`);
	expect([clean.status, clean.stderr]).toEqual([0, ""]);
	expect(clean.stdout).toContain("nothing found");
	const record = garden.canaries.find(({ name }) => name === "record: value");
	const dirty = run(`${Buffer.from(record?.bytes ?? []).toString()}\n`);
	expect(dirty.status).toBe(1);
	expect(dirty.stdout).toMatch(/^line 1 {2}plain {2}/m);
	expect(dirty.stdout).not.toContain(Buffer.from(record?.bytes ?? []).toString());
	expect(run("short\n").status).toBe(2);
});

/** The runtime names D1 files by a hash: what is inside says which database it is. */
function databaseKinds(folder: string): Map<string, string> {
	const kinds = new Map<string, string>();
	for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
		if (!name.endsWith(".sqlite")) continue;
		if (readFileSync(join(folder, name)).length === 0) continue;
		const db = new DatabaseSync(join(folder, name), { readOnly: true });
		const tables = db.prepare("SELECT name FROM sqlite_master").all();
		db.close();
		const has = (table: string) => tables.some((row) => row["name"] === table);
		if (has("accounts")) kinds.set(name, "D1 of the directory");
		else if (has("t_apps")) kinds.set(name, "D1 of tenants");
	}
	return kinds;
}
