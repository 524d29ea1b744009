// How many trips a request makes, and how many of them wait for each other. Each call of a store or of another Worker takes one
// unit of a clock that is counted, not measured: it goes on only when nothing more can be done before the earliest call is back.
// So the answer is the same on a slow machine as on a fast one. Runs in the Workers' own isolates.
import { AsyncLocalStorage } from "node:async_hooks";

export type TripKind = "d1" | "r2" | "rpc" | "object" | "mail";

/**
 * How much the isolates know already. `cold`: nothing, as when they have just started. `warm`: all that is kept, and the keys, which
 * are forgotten after minutes, for certain. `as it is`: nobody helps.
 */
export type Heat = "cold" | "warm" | "as it is";

/** What a request did until it was answered. `sequence`: the longest chain of calls of which each waited for the one before. */
export interface Trips {
	sequence: number;
	count: Partial<Record<TripKind, number>>;
	/** Each call as `begin-end name`, in the order they began. */
	steps: string[];
}

/** What another isolate says of a call that it was asked for. */
export interface Inner {
	answer: unknown;
	trips: Trips;
}

/** So long nothing may happen before the clock goes on: work without a trip (hashing, opening sealed values) fits in. */
const quietMs = 4;

interface Pending {
	/** Null while it is really under way. */
	end: number | null;
	release(): void;
}

export interface Trace {
	heat: Heat;
	isClosed: boolean;
	now: number;
	trips: Trips;
	pending: Set<Pending>;
	timer: ReturnType<typeof setTimeout> | null;
}

const tracing = new AsyncLocalStorage<Trace>();

/** Of the request that runs now, if its test asked. */
export function currentTrace(): Trace | null {
	const trace = tracing.getStore();
	return trace && !trace.isClosed ? trace : null;
}

/** Runs `work` and answers with its trips. What goes on after the answer is not counted. */
export async function traceTrips<T>(heat: Heat, work: () => Promise<T> | T): Promise<{ answer: T; trips: Trips }> {
	const trips: Trips = { sequence: 0, count: {}, steps: [] };
	const trace: Trace = { heat, isClosed: false, now: 0, trips, pending: new Set(), timer: null };
	try {
		const answer = await tracing.run(trace, work);
		return { answer, trips: { ...trips, sequence: trace.now } };
	} finally {
		trace.isClosed = true;
		if (trace.timer) clearTimeout(trace.timer);
		for (const one of trace.pending) one.release();
	}
}

/**
 * One trip. `run` may say what the callee did: an object is a trip of its own, and what it asks for comes on top; another Worker
 * runs beside its caller, so it is as long as what it asks for.
 */
export async function trip<T>(
	kind: TripKind,
	name: string,
	run: (tell: (inner: Trips) => void) => Promise<T> | T,
): Promise<T> {
	const trace = currentTrace();
	if (!trace) return run(() => undefined);
	const { trips } = trace;
	trips.count[kind] = (trips.count[kind] ?? 0) + 1;
	const begin = trace.now;
	const at = trips.steps.push(name) - 1;
	const one: Pending = { end: null, release: () => undefined };
	trace.pending.add(one);
	hold(trace);
	let length = 1;
	const tell = (inner: Trips) => {
		length = kind === "rpc" ? Math.max(1, inner.sequence) : 1 + inner.sequence;
		for (const [other, count] of Object.entries(inner.count) as [TripKind, number][])
			trips.count[other] = (trips.count[other] ?? 0) + count;
		trips.steps[at] += ` [${inner.steps.join(", ")}]`;
	};
	try {
		return await run(tell);
	} finally {
		one.end = begin + length;
		trips.steps[at] = `${begin}-${one.end} ${trips.steps[at]}`;
		await new Promise<void>((release) => {
			one.release = release;
			if (trace.isClosed) release();
			else hold(trace);
		});
		trace.pending.delete(one);
	}
}

function hold(trace: Trace): void {
	if (trace.timer) clearTimeout(trace.timer);
	trace.timer = setTimeout(() => goOn(trace), quietMs);
}

function goOn(trace: Trace): void {
	const pending = [...trace.pending];
	const ends = pending.map(({ end }) => end);
	// something is really under way: what it answers may begin another call at this moment
	if (ends.length === 0 || ends.some((end) => end === null)) return;
	trace.now = Math.min(...(ends as number[]));
	for (const one of pending) if (one.end === trace.now) one.release();
	// what is left goes on too, also when those who came back ask for nothing more
	if (pending.some(({ end }) => end !== trace.now)) hold(trace);
}
