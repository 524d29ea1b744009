// What an app's object knows about itself, as a document with a version. An older one is made into the present one step by step;
// a newer one is refused, since this release would drop what it does not know when it writes the document back.
import { z } from "zod";
import { AppAudience, AppKind, BlockShape, BundleIndex } from "./bundle.ts";

export const configVersion = 3;

const version = z.literal(configVersion);
const RuntimeConfig = z.discriminatedUnion("state", [
	z.strictObject({ version, state: z.literal("retired"), label: z.string() }),
	z.strictObject({
		version,
		state: z.literal("live"),
		label: z.string(),
		owner: z.string(),
		appId: z.string(),
		kind: AppKind,
		audience: AppAudience,
		blocked: BlockShape,
		bundle: BundleIndex.nullable(),
		/** The bundle before this one. */
		previousId: z.string().nullable(),
	}),
]);
export type RuntimeConfig = z.infer<typeof RuntimeConfig>;

type Document = Readonly<Record<string, unknown>>;

/** From each version to the next. What comes out last is checked; nothing in between is believed. */
const upgrades: Readonly<Record<number, (document: Document) => Document>> = {
	// the block stood in place of the audience: such an app is private, and blocked
	1: (document) => {
		if (document["state"] !== "live") return document;
		const isBlocked = document["audience"] === "blocked";
		return {
			...document,
			audience: isBlocked ? "private" : document["audience"],
			blocked: { app: isBlocked, owner: false },
		};
	},
	// documents did not say their version
	2: (document) => ({ ...document, version: 3 }),
};

const versionOf = (document: Document): unknown => {
	if ("version" in document) return document["version"];
	return document["state"] === "retired" || "blocked" in document ? 2 : 1;
};

/** Throws for what is no configuration of this version or of an older one. */
export function readConfigDocument(json: unknown): RuntimeConfig {
	let document: Document = z.record(z.string(), z.unknown()).parse(json);
	const from = z.int().positive().parse(versionOf(document));
	if (from > configVersion) {
		throw new Error(`This object's configuration is of version ${from}, and this release knows ${configVersion}.`);
	}
	for (let at = from; at < configVersion; at++) document = upgrades[at]?.(document) ?? document;
	return RuntimeConfig.parse(document);
}
