// sandbox-host → studio: what is served at a label.
import { WorkerEntrypoint } from "cloudflare:workers";
import type { Label, OwnerId } from "#schema/ids.ts";
import { fail, type Result } from "#schema/result.ts";
import type { AppBundle, DeployReason, DeployRpc } from "#schema/rpc.ts";
import { packBundle, packKey } from "./bundle.ts";
import { reach } from "./entrypoint.ts";
import type { HostEnv } from "./env.ts";
import { ProvisionInput } from "./rpc-input.ts";

export class Deploy extends WorkerEntrypoint<HostEnv> implements DeployRpc {
	provision(
		label: Label,
		config: { owner: OwnerId; appId: string; kind: "draft" | "live" },
	): Promise<Result<null, DeployReason>> {
		return reach(this.env, "provision", label, async ({ label, runtime }) => {
			const input = ProvisionInput.safeParse(config);
			if (!input.success) return fail("invalid");
			return runtime.provision(label, input.data.owner, input.data.appId, input.data.kind);
		});
	}

	deploy(label: Label, bundle: AppBundle): Promise<Result<null, DeployReason>> {
		return reach(this.env, "deploy", label, async ({ label, runtime }) => {
			const packed = await packBundle(bundle, crypto.randomUUID());
			if (!packed.ok) return packed;
			const { index, pack } = packed.value;
			const key = packKey(label, index.bundleId);
			await this.env.APPS.put(key, pack);
			const activated = await runtime.activate(index);
			if (!activated.ok) await this.env.APPS.delete(key);
			return activated;
		});
	}

	retire(label: Label): Promise<Result<null, DeployReason>> {
		return reach(this.env, "retire", label, ({ runtime }) => runtime.retire());
	}
}
