// The open event streams of one app (server-sent events, WHATWG HTML §9.2). They live in memory: a page that lost its stream
// connects again and is asked for its session again.

import { utf8 } from "#lib/bytes.ts";
import type { Clock } from "#lib/clock.ts";
import type { Viewer } from "#schema/rpc.ts";

const streamLimits = { perApp: 200, perSession: 6, lifeSeconds: 10 * 60 } as const;

export type AppEvent = { type: "reload"; versionId: string } | { type: "data"; collection: string };

interface OpenStream {
	sessionId: string;
	viewer: Viewer;
	controller: ReadableStreamDefaultController<Uint8Array>;
	timer: ReturnType<typeof setTimeout>;
}

const frame = (event: AppEvent | { type: "end"; reason: "revoked" }): Uint8Array =>
	utf8(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

export function makeEventStreams(clock: Clock) {
	const open = new Set<OpenStream>();

	function close(stream: OpenStream, last: Uint8Array | null): void {
		if (!open.delete(stream)) return;
		clearTimeout(stream.timer);
		try {
			if (last) stream.controller.enqueue(last);
			stream.controller.close();
		} catch {
			// the page went away first
		}
	}

	return {
		/** Null when there are too many already. A stream never outlives its session. */
		open(sessionId: string, viewer: Viewer, expiresAt: number): ReadableStream<Uint8Array> | null {
			const ofSession = [...open].filter((stream) => stream.sessionId === sessionId);
			if (open.size >= streamLimits.perApp) return null;
			// a page that was reloaded may not have closed its stream yet: the newest wins
			for (const stream of ofSession.slice(0, Math.max(0, ofSession.length - streamLimits.perSession + 1)))
				close(stream, null);
			let stream: OpenStream;
			return new ReadableStream<Uint8Array>({
				start(controller) {
					const life = Math.max(0, Math.min(streamLimits.lifeSeconds * 1000, expiresAt - clock()));
					const timer = setTimeout(() => close(stream, null), life);
					stream = { sessionId, viewer, controller, timer };
					open.add(stream);
					controller.enqueue(utf8("retry: 2000\n: open\n\n"));
				},
				cancel() {
					close(stream, null);
				},
			});
		},
		send(event: AppEvent): void {
			const bytes = frame(event);
			for (const stream of open) {
				try {
					stream.controller.enqueue(bytes);
				} catch {
					close(stream, null);
				}
			}
		},
		endWhere(isMeant: (viewer: Viewer) => boolean, reason: "revoked"): void {
			for (const stream of open) if (isMeant(stream.viewer)) close(stream, frame({ type: "end", reason }));
		},
		endAll(reason: "revoked"): void {
			for (const stream of open) close(stream, frame({ type: "end", reason }));
		},
	};
}
