// The page's one event stream (server-sent events) to its own origin: new drafts, changed data, the end of the session.
import type { PageEvent } from "./bridge-api.ts";

export function makePageEvents(canListen: boolean): (listener: (event: PageEvent) => void) => () => void {
	const listeners = new Set<(event: PageEvent) => void>();
	let source: EventSource | null = null;

	function tell(event: PageEvent): void {
		for (const listener of [...listeners]) {
			try {
				listener(event);
			} catch (error) {
				reportError(error);
			}
		}
	}

	function open(): void {
		source = new EventSource("/_freehold/api/events");
		source.addEventListener("data", (event) => tell(JSON.parse(event.data) as PageEvent));
		source.addEventListener("reload", (event) => tell(JSON.parse(event.data) as PageEvent));
		source.addEventListener("end", () => {
			source?.close();
			tell({ type: "end" });
		});
		let isReopened = false;
		source.addEventListener("open", () => {
			// what happened while the stream was away is not sent again: everything may have changed
			if (isReopened) tell({ type: "data", collection: "" });
			isReopened = true;
		});
	}

	return (listener) => {
		listeners.add(listener);
		if (canListen && !source) open();
		return () => listeners.delete(listener);
	};
}
