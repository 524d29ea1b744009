// What stands where the network would be, for a Worker that may not call out: a Worker that refuses every call and tells who
// tried. It is a Worker and not a function of ours because the runtime lets `connect()` pass a function and open a socket.
import { Response, type V4WorkerOptions } from "miniflare";

const name = "no-network";

const worker = `
import { WorkerEntrypoint } from "cloudflare:workers";
export class Refusal extends WorkerEntrypoint {
	async fetch(request) {
		const body = JSON.stringify({ worker: this.ctx.props.worker, url: request.url });
		await this.env.TELL.fetch("http://refused/", { method: "POST", body });
		return new Response("This Worker may not call out.", { status: 403 });
	}
}
export default { fetch: () => new Response(null, { status: 404 }) };
`;

/** Options of a Worker that may not call out. The runtime must also run `refusingWorker`. */
export const refuseOutbound = (worker: string) => ({
	outboundService: { name, entrypoint: "Refusal", props: { worker } },
});

/** `onRefused` gets the Worker and the address it asked for. */
export function refusingWorker(onRefused: (worker: string, url: string) => void): V4WorkerOptions {
	return {
		name,
		compatibilityDate: "2026-11-01",
		modules: [{ type: "ESModule", path: "index.js", contents: worker }],
		serviceBindings: {
			TELL: async (request: { json(): Promise<unknown> }) => {
				const told = (await request.json()) as { worker: string; url: string };
				onRefused(told.worker, told.url);
				return new Response(null);
			},
		},
	} as V4WorkerOptions;
}
