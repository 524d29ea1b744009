// What a workspace lets a model see, class by class. What is not admitted is dropped before a request exists.
import { z } from "zod";
import { DataClass, type Part } from "#schema/generation.ts";

export const Policy = z.strictObject({ admits: z.record(DataClass, z.boolean()) });
export type Policy = z.infer<typeof Policy>;

/** The default: what a build needs. Schema only when attached by the person; samples (rows) never by default. */
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

/** The parts that the policy admits, in order. The prompt itself is what the person asked to send. */
export function admitParts(policy: Policy, parts: readonly Part[]): Part[] {
	return parts.filter((part) => policy.admits[part.dataClass]);
}
