// One host, and one played model provider, for all tests of promises: vitest starts them once for the project. What tests may
// look at beside HTTP (real D1 and R2, what reached the provider) is asked over a Unix socket in the state folder.
import { createServer } from "node:http";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { Region } from "#schema/region.ts";
import { startTestHost, type TestHost } from "./host.ts";
import { type ModelServer, startModelServer } from "./model-server/server.ts";

declare module "vitest" {
	interface ProvidedContext {
		promiseHost: { port: number; outbox: string; stateFolder: string; modelOrigin: string };
	}
}

export const socketOfTests = (stateFolder: string): string => join(stateFolder, "tests.sock");

const Statement = z.strictObject({ sql: z.string(), params: z.array(z.union([z.string(), z.number(), z.null()])) });

/** What a test may ask. */
export const Look = z.discriminatedUnion("look", [
	/** One statement as arrays, or several as one transaction. */
	z.strictObject({ look: z.literal("rows"), region: Region, database: z.string(), statement: Statement }),
	z.strictObject({ look: z.literal("batch"), region: Region, database: z.string(), statements: z.array(Statement) }),
	/** Keys and bytes (base64) of a bucket's objects. */
	z.strictObject({ look: z.literal("objects"), region: Region, worker: z.string(), bucket: z.string() }),
	/** Requests that reached the played provider and hold this text. */
	z.strictObject({ look: z.literal("sent"), text: z.string() }),
	/** Calls to the network by Workers that may make none. */
	z.strictObject({ look: z.literal("refused") }),
	z.strictObject({ look: z.literal("logs") }),
]);
export type Look = z.infer<typeof Look>;

export interface SentRequest {
	api: "anthropic" | "openai";
	model: string;
	body: string;
}

export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
	const server = await startModelServer();
	const models = ["good", "change", "long", "bad-import-then-good", "429"].map((name) => `play-${name}`).join(",");
	const host = await startTestHost({
		providers: {
			ANTHROPIC_API_KEY: "test-anthropic",
			ANTHROPIC_BASE_URL: server.anthropicUrl,
			ANTHROPIC_MODELS: models,
			ANTHROPIC_REGION: "us-east",
			OPENAI_API_KEY: "test-openai",
			OPENAI_BASE_URL: server.openaiUrl,
			OPENAI_MODELS: models,
			OPENAI_REGION: "us-east",
		},
	});
	const looks = createServer(async (request, answer) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		try {
			const seen = await lookAt(host, server, Look.parse(JSON.parse(Buffer.concat(chunks).toString())));
			answer.end(JSON.stringify({ seen }));
		} catch (error) {
			answer.end(JSON.stringify({ error: error instanceof Error ? error.message : "unknown" }));
		}
	});
	await new Promise<void>((done) => looks.listen(socketOfTests(host.stateFolder), done));
	provide("promiseHost", {
		port: host.port,
		outbox: host.outbox,
		stateFolder: host.stateFolder,
		modelOrigin: server.anthropicUrl,
	});
	return async () => {
		looks.closeAllConnections();
		await new Promise((done) => looks.close(done));
		await host.close();
		await server.close();
	};
}

async function lookAt(host: TestHost, server: ModelServer, look: Look): Promise<unknown> {
	switch (look.look) {
		case "rows": {
			const db = await host.runtime.getD1Database(look.database, `freehold-studio-${look.region}`);
			return db
				.prepare(look.statement.sql)
				.bind(...look.statement.params)
				.raw();
		}
		case "batch": {
			const db = await host.runtime.getD1Database(look.database, `freehold-studio-${look.region}`);
			return db.batch(look.statements.map(({ sql, params }) => db.prepare(sql).bind(...params)));
		}
		case "objects": {
			const bucket = await host.runtime.getR2Bucket(look.bucket, `freehold-${look.worker}-${look.region}`);
			const { objects } = await bucket.list();
			return Promise.all(
				objects.map(async ({ key }) => {
					const object = await bucket.get(key);
					return { key, base64: Buffer.from((await object?.arrayBuffer()) ?? []).toString("base64") };
				}),
			);
		}
		case "sent":
			return server.requests
				.map(({ api, model, body }): SentRequest => ({ api, model, body: body.toString("utf8") }))
				.filter(({ body }) => body.includes(look.text));
		case "refused":
			return host.refusedOutbound;
		case "logs":
			return host.logs;
	}
}
