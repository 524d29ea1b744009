// In the studio's own isolate, in tests: every statement it sends to a database is told to the test host, and the work that a
// request did before it was answered can be asked for with a header. The product's code runs as it is.
import { AsyncLocalStorage } from "node:async_hooks";
import type { D1Database } from "@cloudflare/workers-types";
import { type EmittedCall, recordStatements } from "../isolation/record.ts";
import { type Recorded, recordedPrefix, workHeader } from "./wire.ts";

const work = new AsyncLocalStorage<string[]>();
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
			if (/^(KEYRING|GENERATION|DEPLOY|ACCESS|CONTENT|MAIL)$/.test(name)) return [name, countCalls(name, binding)];
			return [name, binding];
		}),
	) as E;
	recordings.set(env, recording);
	return recording;
}

/** Answers as the Worker does; a request that asks for it is told what was done for it until then. */
export async function answerRecorded(request: Request, answer: () => Promise<Response> | Response): Promise<Response> {
	const done: string[] = [];
	const response = await work.run(done, answer);
	if (!request.headers.has(workHeader)) return response;
	const told = new Response(response.body, response);
	told.headers.set(workHeader, JSON.stringify(done));
	return told;
}

function tell(database: string, { kind, statements }: EmittedCall): void {
	const texts = statements.map(({ sql }) => sql).join("; ");
	work.getStore()?.push(`${database} ${digest(texts)}`);
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

const kindOf = (value: unknown) =>
	value === null ? null : typeof value === "string" && value.startsWith("own_") ? "own_" : typeof value;

function countCalls<B extends object>(name: string, binding: B): B {
	return new Proxy(binding, {
		get(target, method) {
			const value = Reflect.get(target, method, target) as unknown;
			if (typeof value !== "function") return value;
			return (...args: unknown[]) => {
				work.getStore()?.push(`${name}.${String(method)}`);
				return Reflect.apply(value, target, args) as unknown;
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
