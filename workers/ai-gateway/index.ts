// The ai-gateway Worker: the only holder of the operator's provider credentials. It has no store and no public address.
import { WorkerEntrypoint } from "cloudflare:workers";
import { log } from "#lib/log.ts";
import { type GenerationEvent, GenerationRequest, type Offer } from "#schema/generation.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { GenerationRpc } from "#schema/rpc.ts";
import { type GatewayEnv, maxImageBytes, readKeys, readTargets, readTimes, toOffer } from "./config.ts";
import { makeEventStream } from "./event-stream.ts";
import { providers } from "./providers/registry.ts";
import { runGeneration } from "./run.ts";

/** RPC carries 32 MiB a message at most; the providers take about as much. */
const maxRequestChars = 24_000_000;

/** studio → ai-gateway. */
export class Generation extends WorkerEntrypoint<GatewayEnv> implements GenerationRpc {
	async offers(): Promise<Result<Offer[]>> {
		return ok(readTargets(this.env).map(toOffer));
	}

	async generate(input: unknown): Promise<Result<ReadableStream<Uint8Array>, "invalid" | "unknown_offer" | "purpose">> {
		if (!isPurpose(input)) return fail("purpose");
		const parsed = GenerationRequest.safeParse(input);
		if (!parsed.success || !isBounded(parsed.data)) return fail("invalid");
		const request = parsed.data;
		const targets = readTargets(this.env);
		const target = targets.find((candidate) => toOffer(candidate).id === request.offerId);
		if (target === undefined) return fail("unknown_offer");

		const stream = makeEventStream();
		const started = Date.now();
		let last: GenerationEvent | null = null;
		const running = runGeneration({
			target,
			provider: providers[target.provider].make(target),
			request,
			ownKeys: readKeys(this.env),
			...readTimes(this.env),
			emit: (event) => {
				last = event;
				// what is about to leave must have been taken by the caller, who keeps it, before it does
				return stream.write(`${JSON.stringify(event)}\n`, event.type === "wire");
			},
			signal: stream.left,
			now: () => Date.now(),
			random: () => crypto.randomUUID().slice(0, 8),
		})
			.catch(() => undefined)
			.finally(() => {
				stream.close();
				const reason = last?.type === "failed" ? last.reason : (last?.type ?? "none");
				log("info", "generation.ended", {
					kind: target.provider,
					buildId: request.buildId,
					reason,
					region: this.env.REGION,
					ms: Date.now() - started,
				});
			});
		this.ctx.waitUntil(running);
		return ok(stream.readable);
	}
}

/** Answered apart from `invalid`, so that a caller with another aim reads why. */
function isPurpose(input: unknown): boolean {
	if (typeof input !== "object" || input === null || !("purpose" in input)) return true;
	return input.purpose === "build" || input.purpose === "repair";
}

function isBounded(request: GenerationRequest): boolean {
	const size = request.parts.reduce(
		(sum, part) => sum + (part.type === "text" ? part.text.length : part.base64.length),
		0,
	);
	const areImagesSmall = request.parts.every(
		(part) => part.type !== "image" || part.base64.length * 0.75 <= maxImageBytes + 3,
	);
	return size <= maxRequestChars && areImagesSmall;
}

export default {
	fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler<GatewayEnv>;
