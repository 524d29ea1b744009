// The studio's bindings as the code sees them: the generated Env, with the entrypoints it may call by their contracts.
import type { AccessRpc, DeployRpc, GenerationRpc, KeyringRpc } from "#schema/rpc.ts";

/** A mail, as Cloudflare's `send_email` binding takes it. */
export interface OutgoingMail {
	from: string;
	to: string;
	subject: string;
	text: string;
}

export type StudioEnv = Omit<Env, "KEYRING" | "GENERATION" | "DEPLOY" | "ACCESS" | "MAIL"> & {
	KEYRING: KeyringRpc;
	GENERATION: GenerationRpc;
	DEPLOY: DeployRpc;
	ACCESS: AccessRpc;
	MAIL: { send(mail: OutgoingMail): Promise<unknown> };
};
