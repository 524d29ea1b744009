// The events of a running build, in memory: nothing a model writes is stored unsealed. A watcher who was here before gets what
// he missed; anybody else gets a snapshot first. Ids are `<epoch>.<sequence>`; the epoch changes when the object restarts.
import type { BuildEvent, BuildState, BuildStep } from "#schema/build-events.ts";

export type Snapshot = Extract<BuildEvent, { type: "snapshot" }>;

export interface EventLog {
	readonly snapshot: Snapshot;
	emit(event: Exclude<BuildEvent, { type: "snapshot" }>): void;
	/** A server-sent event stream (WHATWG HTML §9.2) that ends when the build does. */
	watch(lastEventId: string | null): ReadableStream<Uint8Array>;
	/** Ends all streams. */
	close(): void;
}

const keptEvents = 500;
const heartbeatMs = 15_000;
const encoder = new TextEncoder();

const frame = (id: string, event: BuildEvent) => encoder.encode(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);

/** Where a build stands as far as its state alone says. */
const stepOf = (state: BuildState): BuildStep => (state === "running" ? "reading" : state);

export const emptySnapshot = (buildId: string, state: BuildState): Snapshot => ({
	type: "snapshot",
	buildId,
	state,
	step: stepOf(state),
	text: "",
	files: [],
	question: null,
	failure: null,
	failureMessage: null,
	versionId: null,
	summary: "",
});

/** Folds one event into the picture a newcomer gets. */
export function applyEvent(snapshot: Snapshot, event: BuildEvent): Snapshot {
	switch (event.type) {
		case "snapshot":
			return event;
		case "state":
			return { ...snapshot, state: event.state, step: event.step };
		case "text":
			// bounded: a model that never ends must not grow this without limit
			return { ...snapshot, text: (snapshot.text + event.text).slice(-20_000) };
		case "file": {
			const others = snapshot.files.filter((file) => file.path !== event.path);
			return { ...snapshot, files: [...others, { path: event.path, chars: event.chars, state: event.state }] };
		}
		case "question":
			return { ...snapshot, question: { text: event.text, choices: event.choices } };
		case "version":
			return { ...snapshot, versionId: event.versionId, summary: event.summary };
		case "failed":
			return { ...snapshot, failure: event.failure, failureMessage: event.message };
		case "end":
			return { ...snapshot, state: event.state };
	}
}

/** Makes the log of one build. `epoch` must be new for each start of the object. */
export function openEventLog(initial: Snapshot, epoch: string): EventLog {
	let snapshot = initial;
	let sequence = 0;
	let isEnded = isTerminal(initial.state);
	const recent: { sequence: number; bytes: Uint8Array }[] = [];
	const watchers = new Set<ReadableStreamDefaultController<Uint8Array>>();

	const send = (watcher: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array) => {
		try {
			watcher.enqueue(bytes);
		} catch {
			watchers.delete(watcher);
		}
	};
	const endAll = () => {
		isEnded = true;
		for (const watcher of watchers) {
			try {
				watcher.close();
			} catch {
				// the reader went away first
			}
		}
		watchers.clear();
	};

	return {
		get snapshot() {
			return snapshot;
		},
		emit(event) {
			if (isEnded) return;
			snapshot = applyEvent(snapshot, event);
			const bytes = frame(`${epoch}.${++sequence}`, event);
			recent.push({ sequence, bytes });
			if (recent.length > keptEvents) recent.shift();
			for (const watcher of watchers) send(watcher, bytes);
			if (event.type === "end") endAll();
		},
		watch(lastEventId) {
			const [seenEpoch, seen] = lastEventId?.split(".") ?? [];
			const missed = recent.filter((event) => event.sequence > Number(seen));
			const isContinuous = seenEpoch === epoch && missed.length === sequence - Number(seen);
			let self: ReadableStreamDefaultController<Uint8Array> | null = null;
			let beat: ReturnType<typeof setInterval> | null = null;
			return new ReadableStream<Uint8Array>({
				start(controller) {
					self = controller;
					if (isContinuous) for (const event of missed) controller.enqueue(event.bytes);
					else controller.enqueue(frame(`${epoch}.${sequence}`, snapshot));
					if (isEnded) {
						if (!isContinuous)
							controller.enqueue(frame(`${epoch}.${sequence}`, { type: "end", state: snapshot.state }));
						controller.close();
						return;
					}
					watchers.add(controller);
					// a comment line keeps proxies from closing a quiet stream
					beat = setInterval(() => send(controller, encoder.encode(": still here\n\n")), heartbeatMs);
				},
				cancel() {
					if (self) watchers.delete(self);
					if (beat) clearInterval(beat);
				},
			});
		},
		close: endAll,
	};
}

/** States after which nothing more happens unless a person acts. */
export const isTerminal = (state: BuildState): boolean =>
	state === "done" || state === "failed" || state === "stopped" || state === "asking";
