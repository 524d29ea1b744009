// What an app's object knows about itself: whose it is and what is served. One row; no table before the label is provisioned,
// so that a stray question writes nothing.
import { z } from "zod";
import { AppAudience, AppKind, BlockShape, BundleIndex } from "./bundle.ts";

const RuntimeConfig = z.discriminatedUnion("state", [
	z.strictObject({ state: z.literal("retired"), label: z.string() }),
	z.strictObject({
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
/** What the first version wrote: the block stood in place of the audience. Read as private and blocked. */
const FirstConfig = z
	.strictObject({
		state: z.literal("live"),
		label: z.string(),
		owner: z.string(),
		appId: z.string(),
		kind: AppKind,
		audience: z.enum(["private", "public", "blocked"]),
		bundle: BundleIndex.nullable(),
		previousId: z.string().nullable(),
	})
	.transform(({ audience, ...rest }): RuntimeConfig => {
		const wasBlocked = audience === "blocked";
		return {
			...rest,
			audience: wasBlocked ? "private" : audience,
			blocked: { app: wasBlocked, owner: false },
		};
	});
export type RuntimeConfig = z.infer<typeof RuntimeConfig>;

export interface ConfigStore {
	read(): RuntimeConfig | null;
	/** The new configuration is not yet in R2 after this. */
	write(config: RuntimeConfig): void;
	isPublished(): boolean;
	markPublished(): void;
}

export function makeConfigStore(storage: DurableObjectStorage): ConfigStore {
	const { sql } = storage;
	// read once per life of the object: only this object writes it
	let known: RuntimeConfig | null | undefined;

	function load(): RuntimeConfig | null {
		if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'config'").toArray().length === 0) return null;
		const row = sql.exec<{ json: string }>("SELECT json FROM config WHERE k = 1").toArray()[0];
		return row ? z.union([RuntimeConfig, FirstConfig]).parse(JSON.parse(row.json)) : null;
	}

	return {
		read() {
			known ??= load();
			return known;
		},
		write(config) {
			sql.exec(
				"CREATE TABLE IF NOT EXISTS config(k INTEGER PRIMARY KEY CHECK (k = 1), json TEXT NOT NULL, published INTEGER NOT NULL) STRICT",
			);
			sql.exec("INSERT OR REPLACE INTO config(k, json, published) VALUES (1, ?, 0)", JSON.stringify(config));
			known = config;
		},
		isPublished: () => sql.exec("SELECT 1 FROM config WHERE k = 1 AND published = 1").toArray().length === 1,
		markPublished: () => {
			sql.exec("UPDATE config SET published = 1 WHERE k = 1");
		},
	};
}
