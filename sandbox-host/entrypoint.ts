// What both entrypoints do before anything else: check the label, the configuration and the bucket's region. A label that was
// never provisioned is refused here, before its object could come into being.
import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { bucketIsInRegion } from "#lib/region-marker.ts";
import { Label } from "#schema/ids.ts";
import { fail, type Result } from "#schema/result.ts";
import type { DeployReason } from "#schema/rpc.ts";
import type { AppRuntime } from "./app-runtime.ts";
import { type HostConfig, type HostEnv, readConfig, runtimeOf } from "./env.ts";
import { findLabel } from "./registry.ts";

interface Reached {
	label: Label;
	config: HostConfig;
	runtime: DurableObjectStub<AppRuntime>;
}

/** Runs `work` for a label. Errors never cross to the caller: they would carry their message and stack. */
export async function reach<T>(
	env: HostEnv,
	kind: string,
	input: unknown,
	work: (reached: Reached) => Promise<Result<T, DeployReason>>,
): Promise<Result<T, DeployReason>> {
	const label = Label.safeParse(input);
	if (!label.success) return fail("invalid");
	const config = readConfig(env);
	if (!config) return fail("region_mismatch");
	try {
		// nothing of a bucket is believed before its marker is; a label that is known answers for itself
		const [isInRegion, found] = await Promise.all([
			bucketIsInRegion(env.APPS, config.region),
			findLabel(env, label.data, systemClock),
		]);
		if (!isInRegion) return fail("region_mismatch");
		if (!found.ok && found.reason === "gone") return fail("retired");
		if (!found.ok && kind !== "provision") return fail("unknown_label");
		const runtime = runtimeOf(env, config, label.data);
		return await work({ label: label.data, config, runtime });
	} catch {
		log("error", "app_origin.rpc_failed", { kind, region: config.region });
		return fail("unavailable");
	}
}
