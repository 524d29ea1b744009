// A model provider on loopback that speaks Anthropic's and OpenAI's streaming APIs and plays transcripts.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import * as anthropic from "./anthropic-wire.ts";
import * as openai from "./openai-wire.ts";
import type { Transcript } from "./transcript.ts";
import { chooseTranscript } from "./transcripts.ts";
import type { Chunk } from "./wire-chunks.ts";

interface PlayedRequest {
	api: "anthropic" | "openai";
	model: string;
	path: string;
	headers: Record<string, string>;
	/** The bytes as they came. */
	body: Buffer;
	json: Record<string, unknown>;
	/** Resolves when the connection closed: true when the client went away before the answer was whole. */
	closed: Promise<boolean>;
}

export interface ModelServer {
	/** For ANTHROPIC_BASE_URL. */
	anthropicUrl: string;
	/** For OPENAI_BASE_URL. */
	openaiUrl: string;
	requests: PlayedRequest[];
	close(): Promise<void>;
}

/** `transcripts` adds to, or replaces, those of transcripts.ts; the model id `play-<name>` chooses one. */
export async function startModelServer(transcripts: Record<string, Transcript> = {}): Promise<ModelServer> {
	const requests: PlayedRequest[] = [];
	const counts = new Map<string, number>();
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = (request.url ?? "/").replace(/\?.*$/, "");
		const api = path === "/v1/messages" ? "anthropic" : path === "/v1/responses" ? "openai" : null;
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		if (api === null || request.method !== "POST") {
			response.writeHead(404).end();
			return;
		}
		const body = Buffer.concat(parts);
		const json = JSON.parse(body.toString("utf8")) as Record<string, unknown>;
		const model = String(json["model"]);
		const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
		const closed = new Promise<boolean>((resolve) => response.on("close", () => resolve(!response.writableFinished)));
		requests.push({ api, model, path, headers, body, json, closed });

		// Anthropic takes a key in either header; its SDK sends the second.
		const hasKey = (api === "anthropic" && headers["x-api-key"]) || headers["authorization"]?.startsWith("Bearer ");
		const count = counts.get(`${api} ${model}`) ?? 0;
		counts.set(`${api} ${model}`, count + 1);
		const named = transcripts[model.replace(/^play-/, "")];
		const transcript = hasKey ? (named ?? chooseTranscript(model, count, body.toString("utf8"))) : noKey;
		if (!("steps" in transcript)) {
			const wire = api === "anthropic" ? anthropic : openai;
			response.writeHead(transcript.status, { "content-type": "application/json", ...transcript.headers });
			response.end(wire.errorBody(transcript.errorType));
			return;
		}
		const geo = json["inference_geo"] === undefined ? "global" : String(json["inference_geo"]);
		const chunks =
			api === "anthropic" ? anthropic.toChunks(transcript.steps, model, geo) : openai.toChunks(transcript.steps, model);
		response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
		await play(chunks, response);
	}

	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		anthropicUrl: origin,
		openaiUrl: `${origin}/v1`,
		requests,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

const noKey: Transcript = { status: 401, errorType: "authentication_error" };

async function play(chunks: Iterable<Chunk>, response: ServerResponse): Promise<void> {
	let resume = () => {};
	for (const name of ["drain", "close"]) response.on(name, () => resume());
	for (const chunk of chunks) {
		if (response.destroyed) return;
		if (chunk === "cut") {
			// what was written must arrive before the connection breaks
			await wait(20);
			response.destroy();
			return;
		}
		if (chunk === "stall") return;
		if ("waitMs" in chunk) await wait(chunk.waitMs);
		else if (!response.write(chunk.send)) {
			await new Promise<void>((resolve) => {
				resume = resolve;
			});
		}
	}
	response.end();
}
