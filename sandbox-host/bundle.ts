// What is deployed at a label. All files of a version are one R2 object, the pack; the manifest says where each file lies in
// it. A deployment is so one write that is whole or absent, and a path that is not in the manifest cannot be asked of R2.
import { z } from "zod";
import { concatBytes, toBase64Url } from "#lib/bytes.ts";
import { FilePath, servedLimits } from "#schema/files.ts";
import { VersionId } from "#schema/ids.ts";
import { mediaTypeOf } from "#schema/media-types.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { OperatorBlock } from "#schema/rpc.ts";
import { isServable } from "./content-type.ts";

const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** `AppBundle` of schema/rpc.ts, checked at this edge. */
const Bundle = z.strictObject({
	title: z.string().max(servedLimits.titleChars),
	versionId: VersionId,
	entry: z.enum(["module", "html"]),
	files: z
		.array(
			z.strictObject({
				path: FilePath,
				body: bytes,
				source: FilePath.optional(),
			}),
		)
		.max(servedLimits.files),
});

const StoredFile = z.strictObject({ path: z.string(), at: z.int(), size: z.int(), etag: z.string() });
type StoredFile = z.infer<typeof StoredFile>;

export const BundleIndex = z.strictObject({
	bundleId: z.string(),
	versionId: z.string(),
	title: z.string(),
	entry: z.enum(["module", "html"]),
	/** Served path → the file it was compiled from, where they differ. */
	sources: z.array(z.strictObject({ path: z.string(), source: z.string() })),
	/** A list, not an object by path: an app may have a file called `__proto__`. */
	files: z.array(StoredFile),
});
export type BundleIndex = z.infer<typeof BundleIndex>;

export const AppKind = z.enum(["draft", "live"]);
export type AppKind = z.infer<typeof AppKind>;
export const AppAudience = z.enum(["private", "public"]);
export type AppAudience = z.infer<typeof AppAudience>;

/**
 * What the operator decided, apart from what the owner did: the app itself is blocked, or its owner's account is suspended.
 * Lifting either changes nothing of the audience, so it never opens more than the owner has open now.
 */
export const BlockShape = z.strictObject({ app: z.boolean(), owner: z.boolean() });
export const notBlocked: OperatorBlock = { app: false, owner: false };
export const isBlocked = ({ app, owner }: OperatorBlock): boolean => app || owner;

/** The object per label. `retired` stays for ever, so that a label is never used again; it names nobody. */
export const Manifest = z.discriminatedUnion("state", [
	z.strictObject({ v: z.literal(1), state: z.literal("retired") }),
	z.strictObject({
		v: z.literal(2),
		state: z.literal("live"),
		kind: AppKind,
		audience: AppAudience,
		isBlocked: z.boolean(),
		bundle: BundleIndex.nullable(),
	}),
]);
export type Manifest = z.infer<typeof Manifest>;
export type LiveManifest = Extract<Manifest, { state: "live" }>;

/** Version 1 had one field for audience and block. A blocked app of then is private and blocked now. */
const ManifestV1 = z
	.strictObject({
		v: z.literal(1),
		state: z.literal("live"),
		kind: AppKind,
		audience: z.enum(["private", "public", "blocked"]),
		bundle: BundleIndex.nullable(),
	})
	.transform(({ audience, ...rest }): LiveManifest => {
		const wasBlocked = audience === "blocked";
		return { ...rest, v: 2, audience: wasBlocked ? "private" : audience, isBlocked: wasBlocked };
	});

/** A manifest as it lies in R2, of this version or an older one. Throws when it is neither. */
export const parseManifest = (json: unknown): Manifest => z.union([Manifest, ManifestV1]).parse(json);

export const manifestKey = (label: string): string => `manifests/${label}`;
export const packPrefix = (label: string): string => `packs/${label}/`;
export const packKey = (label: string, bundleId: string): string => `${packPrefix(label)}${bundleId}`;

/** Checks a bundle and lays its files one after the other. Files that are never served are left out. */
export async function packBundle(
	input: unknown,
	bundleId: string,
): Promise<Result<{ index: BundleIndex; pack: Uint8Array<ArrayBuffer> }, "invalid" | "too_large">> {
	const checked = Bundle.safeParse(input);
	if (!checked.success) {
		return fail(checked.error.issues.some((issue) => issue.code === "too_big") ? "too_large" : "invalid");
	}
	const { title, versionId, entry, files } = checked.data;
	const served = files.filter((file) => isServable(file.path));
	const size = served.reduce((sum, file) => sum + file.body.length, 0);
	if (size > servedLimits.bytes || served.some((file) => file.body.length > servedLimits.fileBytes))
		return fail("too_large");
	if (!served.some((file) => file.path === (entry === "module" ? "app.js" : "index.html"))) return fail("invalid");

	if (new Set(served.map((file) => file.path)).size !== served.length) return fail("invalid");
	const index: BundleIndex = { bundleId, versionId, title, entry, sources: [], files: [] };
	let at = 0;
	for (const file of served) {
		const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", file.body));
		const etag = `"${toBase64Url(digest.subarray(0, 16))}"`;
		index.files.push({ path: file.path, at, size: file.body.length, etag });
		if (file.source !== undefined && file.source !== file.path)
			index.sources.push({ path: file.path, source: file.source });
		at += file.body.length;
	}
	return ok({ index, pack: concatBytes(served.map((file) => file.body)) });
}

/** Where a file lies, or null when the bundle has no such file. */
export function findFile(index: BundleIndex, path: string): (StoredFile & { contentType: string }) | null {
	const file = isServable(path) ? index.files.find((one) => one.path === path) : undefined;
	return file ? { ...file, contentType: mediaTypeOf(path) } : null;
}
