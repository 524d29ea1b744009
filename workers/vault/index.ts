// The vault Worker. It has no public address; a caller is bound to one named entrypoint and holds only its methods.
import { WorkerEntrypoint } from "cloudflare:workers";
import { log } from "#lib/log.ts";
import type { OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import { fail, type Result } from "#schema/result.ts";
import type { KeyringReason, KeyringRpc } from "#schema/rpc.ts";
import { makeKeyring } from "./keyring.ts";

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
			const answer = await call(
				makeKeyring({
					region: region.data,
					kek: this.env.KEK,
					previousKek: this.env.KEK_PREVIOUS,
					keys: this.env.KEYS,
					copy: this.env.KEYS_COPY,
				}),
			);
			if (!answer.ok) log("warn", "keyring.refused", { kind, reason: answer.reason, region: region.data });
			return answer;
		} catch {
			log("error", "keyring.failed", { kind, region: region.data });
			return fail("unavailable");
		}
	}
}

export default {
	fetch: () => new Response(null, { status: 404 }),
} satisfies ExportedHandler<VaultEnv>;
