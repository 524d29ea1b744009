// What the studio makes of the gateway's stream: the provider's failures are the gateway's to name; a stream that just ends means
// that the gateway itself went away, and the build is taken up again instead of being ended as failed.
import { expect, it } from "vitest";
import { utf8 } from "#lib/bytes.ts";
import type { GenerationRequest } from "#schema/generation.ts";
import { ok } from "#schema/result.ts";
import type { GenerationRpc } from "#schema/rpc.ts";
import { Interrupted, runModelTurn } from "../../../workers/studio/builds/model-turn.ts";

const request: GenerationRequest = {
	purpose: "build",
	offerId: "anthropic/x",
	buildId: "bld_1",
	parts: [{ type: "text", dataClass: "prompt", role: "user", text: "A list" }],
	maxOutputTokens: 1000,
	budget: { requests: 1, tokens: 10_000 },
};
const watcher = {
	onWire: async () => undefined,
	onText: () => undefined,
	onProgress: () => undefined,
	onOp: () => undefined,
};

function gatewayThatSays(lines: object[], end: "close" | "error"): GenerationRpc {
	return {
		offers: async () => ok([]),
		generate: async () =>
			ok(
				new ReadableStream<Uint8Array>({
					start(controller) {
						for (const line of lines) controller.enqueue(utf8(`${JSON.stringify(line)}\n`));
						if (end === "close") controller.close();
						else controller.error(new Error("Network connection lost."));
					},
				}),
			),
	};
}
const run = (gateway: GenerationRpc, signal = new AbortController().signal) =>
	runModelTurn(gateway, request, signal, watcher);
const text = { type: "text", text: "Hm." };

it("takes a whole answer, and a failure that the gateway names", async () => {
	expect(await run(gatewayThatSays([text, { type: "done" }], "close"))).toMatchObject({ text: "Hm.", failure: null });
	const cut = { type: "failed", reason: "cut", retryAfterSeconds: null };
	expect(await run(gatewayThatSays([text, cut], "close"))).toMatchObject({ failure: { reason: "cut" } });
});

it("is interrupted when the stream ends, breaks, or cannot be had, without a word of the gateway", async () => {
	await expect(run(gatewayThatSays([text], "close"))).rejects.toBeInstanceOf(Interrupted);
	await expect(run(gatewayThatSays([text], "error"))).rejects.toBeInstanceOf(Interrupted);
	const gone: GenerationRpc = { offers: async () => ok([]), generate: () => Promise.reject(new Error("gone")) };
	await expect(run(gone)).rejects.toBeInstanceOf(Interrupted);
});

it("is stopped, not interrupted, when the person stopped it", async () => {
	const stopped = AbortSignal.abort();
	expect(await run(gatewayThatSays([text], "close"), stopped)).toMatchObject({ failure: { reason: "stopped" } });
});
