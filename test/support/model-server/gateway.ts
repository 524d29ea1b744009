// The real ai-gateway Worker in workerd, called over RPC by a small Worker that passes HTTP on: for tests of the gateway alone.
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type Response, type V4WorkerOptions } from "miniflare";
import type { GenerationEvent, Offer } from "#schema/generation.ts";
import type { Region } from "#schema/region.ts";
import { readWorker } from "../../../scripts/local-host/workers.ts";
import { bundleOne } from "../bundles.ts";

const caller = `
export default {
	async fetch(request, env) {
		const path = new URL(request.url).pathname;
		if (path === "/offers") return Response.json(await env.GENERATION.offers());
		if (path === "/default") return env.DEFAULT.fetch("http://gateway/");
		const answer = await env.GENERATION.generate(await request.json());
		if (!answer.ok) return Response.json(answer, { status: 422 });
		const until = request.headers.get("x-cancel-after");
		if (until !== null) {
			const reader = answer.value.getReader();
			for (let seen = ""; !seen.includes(until); ) seen += new TextDecoder().decode((await reader.read()).value);
			await reader.cancel();
			return new Response(null, { status: 204 });
		}
		return new Response(answer.value, { headers: { "content-encoding": "identity" } });
	},
};`;

export interface Gateway {
	offers(): Promise<Offer[]>;
	/** All events of one generation. */
	generate(request: unknown): Promise<{ events: GenerationEvent[]; refused: string | null; bytes: number }>;
	/** Reads until the text has come, then cancels the stream. */
	cancelAfter(request: unknown, text: string): Promise<void>;
	fetchDefault(): Promise<number>;
	logs: string[];
	close(): Promise<void>;
}

let bundle: Promise<string> | null = null;

/** `outbound` answers what the Worker fetches; without it fetches go to the network, which for tests is loopback. */
export async function startGateway(
	region: Region,
	vars: Record<string, string>,
	outbound?: (request: Request) => Promise<unknown>,
): Promise<Gateway> {
	const { name, options } = readWorker("ai-gateway", region);
	bundle ??= bundleOne("ai-gateway");
	const logs: string[] = [];
	const service = { name, entrypoint: "Generation" };
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			host: "127.0.0.1",
			port: 0,
			cf: false,
			log: new Log(LogLevel.NONE),
			handleStructuredLogs: ({ message }) => logs.push(message),
			telemetry: { enabled: false },
			workers: [
				{
					name: "caller",
					compatibilityDate: "2026-11-01",
					modules: [{ type: "ESModule", path: "index.js", contents: caller }],
					serviceBindings: { GENERATION: service, DEFAULT: name },
				} as V4WorkerOptions,
				{
					...options,
					name,
					modules: [{ type: "ESModule", path: "index.js", contents: await bundle }],
					bindings: { ...options.bindings, ...vars },
					...(outbound ? { outboundService: outbound } : {}),
				} as V4WorkerOptions,
			],
		}),
	);
	await runtime.ready;
	const post = (request: unknown, headers: Record<string, string> = {}): Promise<Response> =>
		runtime.dispatchFetch("http://gateway/generate", { method: "POST", headers, body: JSON.stringify(request) });
	return {
		logs,
		offers: async () => {
			const answer = (await (await runtime.dispatchFetch("http://gateway/offers")).json()) as { value: Offer[] };
			return answer.value;
		},
		async generate(request) {
			const response = await post(request);
			const text = await response.text();
			if (response.status !== 200)
				return { events: [], refused: (JSON.parse(text) as { reason: string }).reason, bytes: 0 };
			const events = text
				.split("\n")
				.filter((line) => line !== "")
				.map((line) => JSON.parse(line) as GenerationEvent);
			return { events, refused: null, bytes: text.length };
		},
		async cancelAfter(request, text) {
			await post(request, { "x-cancel-after": text });
		},
		fetchDefault: async () => (await runtime.dispatchFetch("http://gateway/default")).status,
		close: () => runtime.dispose(),
	};
}
