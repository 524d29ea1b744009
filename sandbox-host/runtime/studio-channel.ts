// Messages to the studio page around the app (schema/bridge.ts). They go to exactly one origin, so that a stranger who frames
// or replaces the parent hears nothing.
import type { AppMessage } from "#schema/bridge.ts";

type Body<M> = M extends AppMessage ? Omit<M, "source" | "v"> : never;

export interface StudioChannel {
	/** False when the app is at top level and nobody listens. */
	isFramed: boolean;
	send(message: Body<AppMessage>): void;
}

export function makeStudioChannel(studioOrigin: string): StudioChannel {
	const { parent } = window;
	// taken now: an app that replaces its own postMessage or JSON does not change ours
	const post = parent.postMessage.bind(parent);
	const isFramed = parent !== window;
	return {
		isFramed,
		send(message) {
			if (isFramed) post({ source: "freehold-app", v: 1, ...message }, studioOrigin);
		},
	};
}
