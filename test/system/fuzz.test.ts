// Fuzzing of every route from the API's own document: no 500, no hang, no input echoed in an error, answers match their schemas.
// A failing run prints its seed; FUZZ_SEED=… repeats it, FUZZ_RUNS=… tries more.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Client, signUpPerson, waitForBuild } from "../support/client.ts";
import { reportFigures } from "../support/figures.ts";
import { startTestHost, type TestHost } from "../support/host.ts";

interface Schema {
	type?: string | string[];
	properties?: Record<string, Schema>;
	required?: string[];
	items?: Schema;
	enum?: unknown[];
	const?: unknown;
	maxLength?: number;
	pattern?: string;
	anyOf?: Schema[];
	oneOf?: Schema[];
}
interface Operation {
	"x-access": string;
	parameters?: { name: string; in: "path" | "query"; schema: Schema }[];
	requestBody?: { content: { "application/json": { schema: Schema } } };
	responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}

const marker = "ZQXfuzzJKW";
const runs = Number(process.env["FUZZ_RUNS"] ?? 12);
const seed = Number(process.env["FUZZ_SEED"] ?? Date.now() % 1_000_000);

let host: TestHost;
let person: Client & { email: string };
let appId: string;
let operations: { method: string; path: string; operation: Operation }[] = [];
let tried = 0;

beforeAll(async () => {
	host = await startTestHost();
	person = await signUpPerson(host, "us-east");
	const made = (await person.call("/api/apps", { method: "POST", body: { prompt: "A list of plants" } })).json;
	appId = made.appId;
	await waitForBuild(person, appId, made.buildId);
	const document = (await person.call("/api/openapi.json")).json;
	operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([path, byMethod]) =>
		Object.entries(byMethod).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
	);
});
afterAll(async () => {
	reportFigures("fuzz", { requests: tried, routes: operations.length, seed: String(seed) });
	await host?.close();
});

const nasty = fc.constantFrom(
	"",
	marker,
	`${marker}'; DROP TABLE t_apps;--`,
	`<script>${marker}</script>`,
	`../../${marker}`,
	"\u0000",
	"\u202e",
	"__proto__",
	"🦊".repeat(50),
	`{{secret:${marker}}}`,
	`${marker}\r\nSet-Cookie: a=b`,
	"%00%2e%2e%2f",
	"NaN",
	"x".repeat(30_000),
);
const anything: fc.Arbitrary<unknown> = fc.oneof(
	nasty,
	fc.string(),
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.array(fc.string(), { maxLength: 3 }),
	fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
);

/** Values near a schema: mostly of its type, sometimes anything at all. */
function near(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
	const right = (): fc.Arbitrary<unknown> => {
		if (schema.const !== undefined) return fc.constant(schema.const);
		if (schema.enum) return fc.constantFrom(...schema.enum);
		const options = schema.anyOf ?? schema.oneOf;
		if (options && options.length > 0) return fc.oneof(...options.map((option) => near(option, depth + 1)));
		switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
			case "string":
				return fc.oneof(nasty, fc.string({ maxLength: 80 }), fc.emailAddress());
			case "integer":
			case "number":
				return fc.oneof(fc.integer(), fc.double());
			case "boolean":
				return fc.boolean();
			case "array":
				return fc.array(near(schema.items ?? {}, depth + 1), { maxLength: 4 });
			case "object":
				return fc.record(
					Object.fromEntries(
						Object.entries(schema.properties ?? {}).map(([name, one]) => [name, near(one, depth + 1)]),
					),
					{ requiredKeys: [] },
				);
			default:
				return anything;
		}
	};
	if (depth > 5) return anything;
	return fc.oneof({ weight: 6, arbitrary: right() }, { weight: 1, arbitrary: anything });
}

const pathValue = (name: string): fc.Arbitrary<string> =>
	fc.oneof(
		fc.constant(name === "appId" ? appId : `${name.slice(0, 3)}_${"a".repeat(32)}`),
		nasty.filter((text) => text.length < 200 && text !== "").map((text) => encodeURIComponent(text.toWellFormed())),
	);

/** A longer URL is refused by the listener before any route sees it. */
const fitsUrl = (text: string): boolean => encodeURIComponent(text).length < 4000;
const asText = (value: unknown): string =>
	(typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();

/** Routes that would end the session or the app the others need. */
const spared = new Set(["POST /api/account/sign-out", "DELETE /api/account/sessions", "DELETE /api/apps/{appId}"]);

describe("every route", () => {
	it("holds against input near its schema and far from it", async () => {
		for (const { method, path, operation } of operations) {
			if (spared.has(`${method} ${path}`)) continue;
			const pathParams = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
			const queryParams = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
			const body = operation.requestBody?.content["application/json"].schema;
			const request = fc.record({
				path: fc.tuple(...pathParams.map(({ name }) => pathValue(name))),
				query: fc.tuple(...queryParams.map(({ schema }) => fc.option(near(schema).map(asText).filter(fitsUrl)))),
				body: body ? near(body) : fc.constant(undefined),
			});
			await fc.assert(
				fc.asyncProperty(request, async (given) => {
					const filled = pathParams.reduce(
						(text, { name }, at) => text.replace(`{${name}}`, given.path[at] ?? ""),
						path,
					);
					const query = queryParams
						.flatMap(({ name }, at) =>
							given.query[at] === null ? [] : [`${name}=${encodeURIComponent(given.query[at] ?? "")}`],
						)
						.join("&");
					const answer = await person.call(query ? `${filled}?${query}` : filled, {
						method,
						...(given.body === undefined ? {} : { body: given.body }),
					});
					tried++;
					const what = `${method} ${filled}`;
					expect(answer.status, `${what} ${answer.text}`).not.toBe(500);
					if (answer.status >= 400) {
						expect(answer.json?.error?.code, what).toBeTypeOf("string");
						expect(answer.text, what).not.toContain(marker);
						return;
					}
					const content = operation.responses[String(answer.status)]?.content;
					expect(
						operation.responses[String(answer.status)],
						`${what} answered ${answer.status}, which its document does not name`,
					).toBeDefined();
					const schema = content?.["application/json"]?.schema;
					if (schema)
						expect(
							z.fromJSONSchema(schema as never).safeParse(answer.json).success,
							`${what} ${answer.text.slice(0, 500)}`,
						).toBe(true);
				}),
				{ numRuns: runs, seed, endOnFailure: true },
			);
		}
	}, 400_000);
});
