// What a workspace lets a model see, class by class. What is not admitted is dropped before a request exists.
import { z } from "zod";
import { DataClass, type Part } from "#schema/generation.ts";
import { fail, ok, type Result } from "#schema/result.ts";

export interface Policy {
	admits: Record<DataClass, boolean>;
}

/** Where none was set: what a build needs. Schema only when attached by the person; samples (rows) never by default. */
export const defaultPolicy: Policy = {
	admits: {
		prompt: true,
		conversation: true,
		app_metadata: true,
		files: true,
		references: true,
		schema: true,
		samples: false,
		runtime_errors: true,
	},
};

/** As it is stored. A class that it does not name came into being after it was written, and was never admitted. */
const StoredPolicy = z.strictObject({ admits: z.partialRecord(DataClass, z.boolean()) });

/**
 * A workspace's policy. Null is one that was never set, and stands for the default. What is there and cannot be read is never
 * taken for the default, which may admit more than an administrator did: then nothing is sent.
 */
export function readPolicy(stored: string | null): Result<Policy, "unreadable"> {
	if (stored === null) return ok(defaultPolicy);
	const nothing = Object.fromEntries(DataClass.options.map((one) => [one, false])) as Policy["admits"];
	try {
		const read = StoredPolicy.safeParse(JSON.parse(stored));
		return read.success ? ok({ admits: { ...nothing, ...read.data.admits } }) : fail("unreadable");
	} catch {
		return fail("unreadable");
	}
}

/** The parts that the policy admits, in order. The prompt itself is what the person asked to send. */
export function admitParts(policy: Policy, parts: readonly Part[]): Part[] {
	return parts.filter((part) => policy.admits[part.dataClass]);
}
