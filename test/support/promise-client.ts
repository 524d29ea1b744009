// What tests of promises use of the host that runs for all of them: people, apps, an app's own pages, and looks at the real stores.
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import type { D1Database } from "@cloudflare/workers-types";
import { expect, inject } from "vitest";
import type { Region } from "#schema/region.ts";
import { type OperatorAnswer, type OperatorCommand, socketOf } from "../../scripts/local-host/operator.ts";
import { makePkce, openingCookieOf } from "./app-host.ts";
import { type Answer, type Client, makeClient, password, waitForBuild } from "./client.ts";
import { tokenMailedTo } from "./host.ts";
import { type Look, type SentRequest, socketOfTests } from "./promise-host.ts";

export type Person = Client & { email: string };

/** Random, so that it is found nowhere else. */
export const makeCanary = (): string => `zq${randomBytes(12).toString("hex")}`;

export const at = () => inject("promiseHost");
export const urlOf = (host: string): string => `http://${host}:${at().port}`;

async function askSocket<T>(path: string, body: unknown): Promise<T> {
	const text = await new Promise<string>((resolve, reject) => {
		const sent = request({ socketPath: path, method: "POST", path: "/" }, async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk as Buffer);
			resolve(Buffer.concat(chunks).toString());
		});
		sent.on("error", reject);
		sent.end(JSON.stringify(body));
	});
	return JSON.parse(text) as T;
}

export const operate = (command: OperatorCommand): Promise<OperatorAnswer> =>
	askSocket(socketOf(at().stateFolder), command);

async function look<T>(what: Look): Promise<T> {
	const answer = await askSocket<{ seen: T; error?: string }>(socketOfTests(at().stateFolder), what);
	if (answer.error !== undefined) throw new Error(answer.error);
	return answer.seen;
}

/** What reached the model provider and holds the text. */
export const sentWith = (text: string): Promise<SentRequest[]> => look({ look: "sent", text });
export const refusedCalls = (): Promise<string[]> => look({ look: "refused" });
export const logLines = (): Promise<string[]> => look({ look: "logs" });
export const objectsOf = (region: Region, worker: string, bucket: string): Promise<{ key: string; base64: string }[]> =>
	look({ look: "objects", region, worker, bucket });

export const shards = ["TENANTS_0", "TENANTS_1"] as const;

export const rowsOf = (
	region: Region,
	database: string,
	sql: string,
	...params: (string | number | null)[]
): Promise<unknown[][]> => look({ look: "rows", region, database, statement: { sql, params } });

/** A database of the running host. Statements go over the socket to the real D1; only what the gate calls is offered. */
export function databaseOf(region: Region, database: string): D1Database {
	const prepare = (sql: string, params: (string | number | null)[] = []): unknown => ({
		sql,
		params,
		bind: (...bound: (string | number | null)[]) => prepare(sql, bound),
		raw: () => look({ look: "rows", region, database, statement: { sql, params } }),
	});
	return {
		prepare,
		batch: (statements: { sql: string; params: (string | number | null)[] }[]) =>
			look({ look: "batch", region, database, statements: statements.map(({ sql, params }) => ({ sql, params })) }),
	} as unknown as D1Database;
}

/** Every row of a region's shards that names this owner, as text. */
export async function ownerRows(region: Region, ownerId: string): Promise<string[]> {
	const found: string[] = [];
	for (const shard of shards) {
		for (const table of await tenantTablesOf(region, shard)) {
			const rows = await rowsOf(region, shard, `SELECT * FROM ${table} WHERE owner_id = ?`, ownerId);
			found.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`));
		}
	}
	return found;
}

export async function tenantTablesOf(region: Region, shard: string): Promise<string[]> {
	const sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 't\\_%' ESCAPE '\\' ORDER BY name";
	return (await rowsOf(region, shard, sql)).map(([name]) => String(name));
}

/** Signs up, reads the mail, verifies: a client with a session and a tenant, under an address of its own. */
export const signUp = (region: Region, name: string): Promise<Person> => signUpAt(at(), region, name);

/** The same on another host. */
export async function signUpAt(host: { port: number; outbox: string }, region: Region, name: string): Promise<Person> {
	const client = makeClient(host, region);
	const email = `${makeCanary()}@example.org`;
	succeed(await post(client, "/api/account/sign-up", { name, email, password, sawNotYet: true }), 202);
	const token = await tokenMailedTo(host, email, "/verify");
	succeed(await post(client, "/api/account/verify", { token, password }), 200);
	succeed(await client.call("/api/account"), 200);
	return Object.assign(client, { email });
}

/** The owner of an app, read where it is written: no answer of the product tells it. */
export async function ownerOf(region: Region, appId: string): Promise<{ ownerId: string; shard: string }> {
	for (const shard of shards) {
		const [row] = await rowsOf(region, shard, "SELECT owner_id FROM t_apps WHERE id = ?", appId);
		if (row) return { ownerId: String(row[0]), shard };
	}
	throw new Error("no shard has that app");
}

export const post = (client: Client, path: string, body: unknown = {}): Promise<Answer> =>
	client.call(path, { method: "POST", body });

export function succeed(answer: Answer, status: number): Answer["json"] {
	expect(answer.status, answer.text).toBe(status);
	return answer.json;
}

/** Builds a new app and waits until it is there. */
export async function buildApp(
	person: Client,
	prompt: string,
	more: Record<string, unknown> = {},
): Promise<{ appId: string; buildId: string }> {
	const made = succeed(await post(person, "/api/apps", { prompt, ...more }), 201) as { appId: string; buildId: string };
	expect(await waitForBuild(person, made.appId, made.buildId, 60)).toMatchObject({ state: "done" });
	return made;
}

/** Replaces the app's files with these, as a person does who edits by hand. */
export async function writeFiles(person: Client, appId: string, files: Record<string, string>): Promise<void> {
	const { currentVersionId } = succeed(await person.call(`/api/apps/${appId}`), 200);
	const write = Object.entries(files).map(([path, content]) => ({ path, content }));
	succeed(await post(person, `/api/apps/${appId}/versions`, { baseVersionId: currentVersionId, write }), 201);
}

/** Publishes the current version after the review. */
export async function publish(person: Client, appId: string, audience: "people" | "discover"): Promise<void> {
	const { versionId } = succeed(await person.call(`/api/apps/${appId}/publish`), 200);
	succeed(await post(person, `/api/apps/${appId}/publish`, { versionId, audience, reviewed: true }), 200);
}

/** One request to an app's origin as a page of that origin makes it, which is let in furthest: a frame's, or a POST with a body. */
export function callApp(
	origin: string,
	path: string,
	options: { cookie?: string; body?: unknown } = {},
): Promise<{ status: number; text: string; cookie: string }> {
	const payload = options.body === undefined ? undefined : JSON.stringify(options.body);
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				host: "127.0.0.1",
				port: at().port,
				path,
				method: payload === undefined ? "GET" : "POST",
				headers: {
					Host: new URL(origin).host,
					"Sec-Fetch-Site": "same-origin",
					"Sec-Fetch-Dest": payload === undefined ? "iframe" : "empty",
					...(payload === undefined
						? {}
						: {
								Origin: origin,
								"Content-Type": "application/json",
								"Content-Length": Buffer.byteLength(payload),
							}),
					...(options.cookie ? { Cookie: options.cookie } : {}),
				},
			},
			async (answer) => {
				const chunks: Buffer[] = [];
				for await (const chunk of answer) chunks.push(chunk as Buffer);
				const [set = ""] = answer.headers["set-cookie"] ?? [];
				const cookie = set.split(";")[0] ?? "";
				resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString(), cookie });
			},
		);
		sent.on("error", reject);
		sent.end(payload);
	});
}

/** Opens a viewer session on an app's origin, by a route of the studio that answers a code. Null when it answers none. */
export async function openSession(
	client: Client,
	path: string,
	body: Record<string, unknown>,
): Promise<{ origin: string; cookie: string } | null> {
	const { verifier, challenge } = makePkce();
	const { json } = await post(client, path, { ...body, challenge });
	if (typeof json?.code !== "string") return null;
	const session = await callApp(json.origin, "/_freehold/session", {
		cookie: openingCookieOf(verifier),
		body: { code: json.code },
	});
	return session.cookie ? { origin: json.origin, cookie: session.cookie } : null;
}
