// sandbox-host → studio: who may open a label.
import { WorkerEntrypoint } from "cloudflare:workers";
import type { AccountId, Label } from "#schema/ids.ts";
import { fail, type Result } from "#schema/result.ts";
import type { AccessRpc, Audience, DeployReason, Viewer } from "#schema/rpc.ts";
import { AppAudience } from "./bundle.ts";
import { reach } from "./entrypoint.ts";
import type { HostEnv } from "./env.ts";
import { Challenge, ViewerShape, WhoInput } from "./rpc-input.ts";

export class Access extends WorkerEntrypoint<HostEnv> implements AccessRpc {
	issueCode(label: Label, viewer: Viewer, challenge: string): Promise<Result<{ code: string }, DeployReason>> {
		return reach(this.env, "issueCode", label, async ({ runtime }) => {
			const [who, bound] = [ViewerShape.safeParse(viewer), Challenge.safeParse(challenge)];
			if (!who.success || !bound.success) return fail("invalid");
			return runtime.issueCode(who.data, bound.data);
		});
	}

	revoke(
		label: Label,
		who: { accountId: AccountId } | { linkId: string } | { everyone: true },
	): Promise<Result<null, DeployReason>> {
		return reach(this.env, "revoke", label, async ({ runtime }) => {
			const input = WhoInput.safeParse(who);
			return input.success ? runtime.revoke(input.data) : fail("invalid");
		});
	}

	setAudience(label: Label, audience: Audience): Promise<Result<null, DeployReason>> {
		return reach(this.env, "setAudience", label, async ({ runtime }) => {
			const input = AppAudience.safeParse(audience);
			return input.success ? runtime.setAudience(input.data) : fail("invalid");
		});
	}

	resetData(label: Label): Promise<Result<null, DeployReason>> {
		return reach(this.env, "resetData", label, ({ runtime }) => runtime.resetData());
	}

	inventory(
		label: Label,
	): Promise<Result<{ collections: { name: string; records: number }[]; sizeBytes: number }, DeployReason>> {
		return reach(this.env, "inventory", label, ({ runtime }) => runtime.inventory());
	}
}
