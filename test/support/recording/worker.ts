// In the studio's own isolate, in tests: every statement it sends to a database is told to the test host, and the work that a
// request did before it was answered can be asked for with a header. The product's code runs as it is.
import { AsyncLocalStorage } from "node:async_hooks";
import type { D1Database } from "@cloudflare/workers-types";
import { type EmittedCall, recordStatements } from "../isolation/record.ts";
import { failHeader, type Recorded, recordedPrefix, workHeader } from "./wire.ts";

const work = new AsyncLocalStorage<string[]>();
/** The step of a request at which it is to fail. */
const failing = new AsyncLocalStorage<{ at: number; isCrash: boolean }>();
const recordings = new WeakMap<object, object>();
const told = new Set<string>();

/** The same bindings: databases tell of their statements, the others count as work when they are called. */
export function recordEnv<E extends object>(env: E): E {
	const known = recordings.get(env) as E | undefined;
	if (known) return known;
	const recording = Object.fromEntries(
		Object.entries(env).map(([name, binding]) => {
			if (/^(DIRECTORY|TENANTS_\d+)$/.test(name))
				return [name, recordStatements(binding as D1Database, (call) => tell(name, call))];
			if (/^(KEYRING|GENERATION|DEPLOY|ACCESS|CONTENT|MAIL)$/.test(name))
				return [name, countCalls(name, binding as object)];
			if (name === "BUILD_SESSION") return [name, countObjectCalls(binding as object)];
			// a binding that nobody thought of would be work that is not compared
			if (typeof binding !== "string") throw new Error(`${name} is a binding that the recording does not know`);
			return [name, binding];
		}),
	) as E;
	recordings.set(env, recording);
	return recording;
}

/** Answers as the Worker does; a request that asks for it is told what was done for it until then. */
export async function answerRecorded(request: Request, answer: () => Promise<Response> | Response): Promise<Response> {
	const done: string[] = [];
	const [, at, how] = /^(\d+) (error|crash)$/.exec(request.headers.get(failHeader) ?? "") ?? [];
	const run = () => work.run(done, answer);
	const response = await (at ? failing.run({ at: Number(at), isCrash: how === "crash" }, run) : run());
	if (!request.headers.has(workHeader)) return response;
	const told = new Response(response.body, response);
	told.headers.set(workHeader, JSON.stringify(done));
	return told;
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

function countCalls<B extends object>(name: string, binding: B): B {
	return new Proxy(binding, {
		get(target, method) {
			const value = Reflect.get(target, method, target) as unknown;
			if (typeof value !== "function") return value;
			return (...args: unknown[]) => {
				note(`${name}.${String(method)}`);
				return Reflect.apply(value, target, args) as unknown;
			};
		},
	});
}

/** A namespace of objects: each call of a method of one of them counts. */
function countObjectCalls(namespace: object): object {
	return new Proxy(namespace, {
		get(target, method) {
			const value = Reflect.get(target, method, target) as unknown;
			if (typeof value !== "function") return value;
			return (...args: unknown[]) => {
				const made = Reflect.apply(value, target, args) as unknown;
				if (method === "jurisdiction") return countObjectCalls(made as object);
				return method === "get" ? countCalls("BUILD_SESSION", made as object) : made;
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
