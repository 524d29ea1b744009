// In the Workers' own isolates, in tests: every statement the studio sends to a database is told to the test host, and the work
// that a request did before it was answered, and its trips, can be asked for with a header. The product's code runs as it is.
import { AsyncLocalStorage } from "node:async_hooks";
import type { D1Database } from "@cloudflare/workers-types";
import { type EmittedCall, recordStatements } from "../isolation/record.ts";
import { currentTrace, type Heat, type Inner, type TripKind, traceTrips, trip } from "./trips.ts";
import { failHeader, type Recorded, recordedPrefix, tripsHeader, workHeader } from "./wire.ts";

const work = new AsyncLocalStorage<string[]>();
/** The step of a request at which it is to fail. */
const failing = new AsyncLocalStorage<{ at: number; isCrash: boolean }>();
const recordings = new WeakMap<object, object>();
const told = new Set<string>();

/** Every binding that a Worker has, and what a call of it is. */
export const bindingKinds: Readonly<Record<string, TripKind>> = {
	DIRECTORY: "d1",
	TENANTS_0: "d1",
	TENANTS_1: "d1",
	CONTENT: "r2",
	KEYS: "r2",
	KEYS_COPY: "r2",
	APPS: "r2",
	KEYRING: "rpc",
	GENERATION: "rpc",
	DEPLOY: "rpc",
	ACCESS: "rpc",
	BUILD_SESSION: "object",
	APP_RUNTIME: "object",
	MAIL: "mail",
};

/** The same bindings: databases tell of their statements, the others count as work when they are called. */
export function recordEnv<E extends object>(env: E): E {
	const known = recordings.get(env) as E | undefined;
	if (known) return known;
	const recording = Object.fromEntries(
		Object.entries(env).map(([name, binding]) => {
			if (typeof binding === "string") return [name, binding];
			switch (bindingKinds[name]) {
				case "d1":
					return [
						name,
						recordStatements(
							binding as D1Database,
							(call) => tell(name, call),
							(make) => trip("d1", name, make),
						),
					];
				case "r2":
				case "mail":
					return [name, countCalls(name, bindingKinds[name], binding as object)];
				case "rpc":
					return [name, countCalls(name, "rpc", binding as object, askRecorded)];
				case "object":
					return [name, countObjectCalls(name, binding as object)];
				default:
					// a binding that nobody thought of would be work that is not compared
					throw new Error(`${name} is a binding that the recording does not know`);
			}
		}),
	) as E;
	recordings.set(env, recording);
	return recording;
}

/** Answers as the Worker does; a request that asks for it is told what was done for it until then. */
export async function answerRecorded<E extends object>(
	request: Request,
	env: E,
	answer: (env: E) => Promise<Response> | Response,
): Promise<Response> {
	const done: string[] = [];
	const [, at, how] = /^(\d+) (error|crash)$/.exec(request.headers.get(failHeader) ?? "") ?? [];
	const heat = request.headers.get(tripsHeader) as Heat | null;
	// caches of the product are kept by binding: with new ones it knows nothing, as in an isolate that has just started
	const recorded = recordEnv(heat === "cold" ? { ...env } : env);
	const run = () => work.run(done, () => answer(recorded));
	const respond = () => (at ? failing.run({ at: Number(at), isCrash: how === "crash" }, run) : run());
	if (heat) {
		const { answer: response, trips } = await traceTrips(heat, respond);
		return withHeader(response, tripsHeader, JSON.stringify({ ...trips, steps: trips.steps.slice(0, 60) }));
	}
	const response = await respond();
	return request.headers.has(workHeader) ? withHeader(response, workHeader, JSON.stringify(done)) : response;
}

function withHeader(response: Response, name: string, value: string): Response {
	const told = new Response(response.body, response);
	told.headers.set(name, value);
	return told;
}

type Asked = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** An entrypoint, or a class of objects, that can be asked what it did for a call. */
export function recordable<B extends new (context: never, env: never) => object>(Base: B, isObject = false): B {
	const From = Base as unknown as new (context: unknown, env: object) => object;
	const Recorded = class extends From {
		readonly #given: [unknown, object];
		constructor(context: unknown, env: object) {
			super(context, recordEnv(env));
			this.#given = [context, env];
		}
		async recorded(method: string, args: unknown[], heat: Heat): Promise<Inner> {
			const [context, env] = this.#given;
			// an object is a place and lives on; a Worker that starts knows nothing yet
			const asked = heat === "cold" && !isObject ? new From(context, recordEnv({ ...env })) : this;
			return traceTrips(heat, () => (asked as Asked)[method]?.(...args));
		}
	};
	return Recorded as unknown as B;
}

/** Asks the recorded callee, and hands on what it says of its own trips. */
async function askRecorded(target: object, method: string, args: unknown[], tell: (inner: Inner["trips"]) => void) {
	const trace = currentTrace();
	if (!trace) return Reflect.apply(Reflect.get(target, method, target) as () => unknown, target, args);
	// at once: the stub of another Worker answers to any name
	const ask = Reflect.get(target, "recorded", target) as (...given: unknown[]) => Promise<Inner>;
	const { answer, trips } = await Reflect.apply(ask, target, [method, args, trace.heat]);
	tell(trips);
	return answer;
}

function tell(database: string, { kind, statements }: EmittedCall): void {
	const texts = statements.map(({ sql }) => sql).join("; ");
	note(`${database} ${digest(texts)}`);
	const key = `${database} ${kind} ${texts}`;
	if (told.has(key)) return;
	told.add(key);
	const recorded: Recorded = {
		database,
		digest: digest(texts),
		kind,
		// values stay where they are: the audit asks only whether a prefix is bound to an owner
		statements: statements.map(({ sql, params }) => ({ sql, params: params.map(kindOf) })),
	};
	console.log(recordedPrefix + JSON.stringify(recorded));
}

/**
 * Counts a step of the request. Where the test asked for it, this step fails before anything of it happens; after a crash every
 * later step fails, too, as if the process had ended.
 */
function note(step: string): void {
	const done = work.getStore();
	if (!done) return;
	const fault = failing.getStore();
	if (fault && (fault.isCrash ? done.length + 1 >= fault.at : done.length + 1 === fault.at)) {
		done.push(`${step} failed`);
		throw new Error("D1_ERROR: a test's fault");
	}
	done.push(step);
}

const kindOf = (value: unknown) =>
	value === null ? null : typeof value === "string" && value.startsWith("own_") ? "own_" : typeof value;

type Ask = typeof askRecorded;
const askPlain: Ask = async (target, method, args) =>
	Reflect.apply(Reflect.get(target, method, target) as () => unknown, target, args);

function countCalls<B extends object>(name: string, kind: TripKind, binding: B, ask: Ask = askPlain): B {
	return new Proxy(binding, {
		get(target, method) {
			const value = Reflect.get(target, method, target) as unknown;
			if (typeof value !== "function" || typeof method === "symbol") return value;
			return (...args: unknown[]) => {
				const step = `${name}.${method}`;
				note(step);
				// untouched where nobody asks: the product gets the very promise that it would get
				const trace = currentTrace();
				if (!trace || (trace.heat === "warm" && name === "KEYRING"))
					return Reflect.apply(value, target, args) as unknown;
				return trip(kind, step, (tell) => ask(target, method, args, tell));
			};
		},
	});
}

/** A namespace of objects: each call of a method of one of them counts. */
function countObjectCalls(name: string, namespace: object): object {
	return new Proxy(namespace, {
		get(target, method) {
			const value = Reflect.get(target, method, target) as unknown;
			if (typeof value !== "function") return value;
			return (...args: unknown[]) => {
				const made = Reflect.apply(value, target, args) as unknown;
				if (method === "jurisdiction") return countObjectCalls(name, made as object);
				return method === "get" ? countCalls(name, "object", made as object, askRecorded) : made;
			};
		},
	});
}

/** FNV-1a, 32 bits: short enough for a header, and nothing depends on it but a comparison. */
function digest(text: string): string {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
	return hash.toString(16).padStart(8, "0");
}
