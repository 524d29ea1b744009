// The vault Worker. It has no public address; a caller is bound to one named entrypoint and holds only its methods.
import { WorkerEntrypoint } from "cloudflare:workers";
import { log } from "#lib/log.ts";
import type { OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import { fail, type Result } from "#schema/result.ts";
import type { KeyringReason, KeyringRpc } from "#schema/rpc.ts";
import { makeKeyring } from "./keyring.ts";
import { rewrapAll } from "./rewrap-all.ts";

type VaultEnv = Omit<Env, "KEK"> & { KEK?: string; KEK_PREVIOUS?: string };

/** studio → vault. Content keys and directory keys; no method returns an app secret. */
export class Keyring extends WorkerEntrypoint<VaultEnv> implements KeyringRpc {
	ensure(owner: OwnerId) {
		return this.#answer("ensure", (keyring) => keyring.ensure(owner));
	}

	open(owner: OwnerId) {
		return this.#answer("open", (keyring) => keyring.open(owner));
	}

	openDirectory() {
		return this.#answer("openDirectory", (keyring) => keyring.openDirectory());
	}

	shred(owner: OwnerId) {
		return this.#answer("shred", (keyring) => keyring.shred(owner));
	}

	/** Errors would cross with their message and stack: what is not expected becomes `unavailable`. */
	async #answer<T>(
		kind: string,
		call: (keyring: ReturnType<typeof makeKeyring>) => Promise<Result<T, KeyringReason>>,
	): Promise<Result<T, KeyringReason>> {
		const region = Region.safeParse(this.env.REGION);
		if (!region.success) return fail("region_mismatch");
		try {
			const answer = await call(keyringOf(this.env, region.data));
			if (!answer.ok) log("warn", "keyring.refused", { kind, reason: answer.reason, region: region.data });
			return answer;
		} catch {
			log("error", "keyring.failed", { kind, region: region.data });
			return fail("unavailable");
		}
	}
}

/** Every ten minutes. A pass stays far below what one invocation may ask of R2. */
const holdersPerPass = 100;

export default {
	fetch: () => new Response(null, { status: 404 }),

	/** While the operator rotates the KEK, re-wraps what is left; otherwise there is nothing to do. */
	async scheduled(_event, env) {
		const region = Region.safeParse(env.REGION);
		if (!env.KEK_PREVIOUS || !region.success) return;
		try {
			const pass = await rewrapAll(keyringOf(env, region.data), [env.KEYS, env.KEYS_COPY], holdersPerPass);
			if (!pass.ok) return log("error", "rotation.failed", { reason: pass.reason, region: region.data });
			const { rewrapped, refused, isComplete } = pass.value;
			log("info", "rotation.pass", { count: rewrapped, state: isComplete ? "complete" : "more", region: region.data });
			if (refused > 0) log("error", "rotation.refused", { count: refused, region: region.data });
		} catch {
			log("error", "rotation.failed", { region: region.data });
		}
	},
} satisfies ExportedHandler<VaultEnv>;

const keyringOf = (env: VaultEnv, region: Region) =>
	makeKeyring({ region, kek: env.KEK, previousKek: env.KEK_PREVIOUS, keys: env.KEYS, copy: env.KEYS_COPY });
