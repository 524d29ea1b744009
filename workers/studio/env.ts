// The studio's bindings as the code sees them: the generated Env, with the entrypoints it may call by their contracts.
import { fail } from "#schema/result.ts";
import type { AccessRpc, DeployRpc, GenerationRpc, KeyringRpc } from "#schema/rpc.ts";

/** A mail, as Cloudflare's `send_email` binding takes it. */
export interface OutgoingMail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

const entrypoints = ["KEYRING", "GENERATION", "DEPLOY", "ACCESS"] as const;
const answering = new WeakMap<object, object>();

/**
 * The same bindings, whose entrypoints always answer with a Result, as their contracts say. A call that does not arrive (the
 * other Worker is being deployed, or the network fails) rejects otherwise, and would be a failure of ours with no way back.
 */
export function withResults<E extends object>(env: E): E {
	const known = answering.get(env) as E | undefined;
	if (known) return known;
	const wrapped = Object.fromEntries(
		Object.entries(env).map(([name, binding]) =>
			entrypoints.some((one) => one === name) ? [name, answer(binding as object)] : [name, binding],
		),
	) as E;
	answering.set(env, wrapped);
	return wrapped;
}

const answer = (entrypoint: object): object =>
	new Proxy(entrypoint, {
		get(target, method) {
			return async (...args: unknown[]): Promise<unknown> => {
				try {
					const call = Reflect.get(target, method, target) as (...args: unknown[]) => Promise<unknown>;
					return await Reflect.apply(call, target, args);
				} catch {
					// the message may hold anything; that the call failed is what counts
					return fail("unavailable");
				}
			};
		},
	});

export type StudioEnv = Omit<Env, "KEYRING" | "GENERATION" | "DEPLOY" | "ACCESS" | "MAIL"> & {
	KEYRING: KeyringRpc;
	GENERATION: GenerationRpc;
	DEPLOY: DeployRpc;
	ACCESS: AccessRpc;
	/** How long work on an app may be marked before it counts as cut off; 60 where it is not set. */
	REPAIR_AFTER_SECONDS?: string;
	MAIL: { send(mail: OutgoingMail): Promise<unknown> };
};
