// What an app is made of: files, and the operations that change them. Models, the composer and an edit by hand all speak FileOp.
import { z } from "zod";
import { shownName } from "./names.ts";

export const limits = {
	promptChars: 20_000,
	fileChars: 400_000,
	filesPerApp: 200,
	appBytes: 4 * 1024 * 1024,
	pathChars: 200,
	/** A turn of references in base64 fits; everything else is far smaller. */
	requestBytes: 18 * 1024 * 1024,
} as const;

/** What the app host serves of one version, compiled; the gate refuses what would not fit. */
export const servedLimits = {
	files: 400,
	fileBytes: 8 * 1024 * 1024,
	bytes: 12 * 1024 * 1024,
	titleChars: 200,
} as const;

const segment = /^[A-Za-z0-9_@][A-Za-z0-9._@ -]*$/;

/** A relative path inside an app: no traversal, no leading dot, no reserved `_freehold`, at most 200 characters. */
export const FilePath = z
	.string()
	.min(1)
	.max(limits.pathChars)
	.refine(
		(path) =>
			path
				.split("/")
				.every(
					(part) => segment.test(part) && part !== "." && part !== ".." && !part.endsWith(".") && !part.endsWith(" "),
				),
		{
			message: "must be a relative path of letters, digits, dot, dash and underscore",
		},
	)
	.refine((path) => !path.toLowerCase().startsWith("_freehold"), {
		message: "must not use the reserved name _freehold",
	});
export type FilePath = z.infer<typeof FilePath>;

/** One file of an app. Text is kept as text; an uploaded image is base64 and marked so. */
export const AppFile = z.strictObject({
	path: FilePath,
	encoding: z.enum(["utf8", "base64"]),
	content: z.string().max(7_000_000),
});
export type AppFile = z.infer<typeof AppFile>;

export const FileOp = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("write"), path: FilePath, content: z.string().max(limits.fileChars) }),
	/** `find` must occur exactly once; see `applyFileOps` for the cascade of looser matches. */
	z.strictObject({
		kind: z.literal("edit"),
		path: FilePath,
		find: z.string().min(1).max(limits.fileChars),
		replace: z.string().max(limits.fileChars),
	}),
	z.strictObject({ kind: z.literal("delete"), path: FilePath }),
	z.strictObject({
		kind: z.literal("set_app"),
		name: shownName(80).optional(),
		description: z.string().trim().max(400).optional(),
		hosts: z.array(z.string().max(253)).max(20).optional(),
		secrets: z
			.array(z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/))
			.max(20)
			.optional(),
	}),
	z.strictObject({
		kind: z.literal("ask"),
		question: z.string().trim().min(1).max(2000),
		choices: z.array(z.string().max(200)).max(6).optional(),
	}),
	z.strictObject({ kind: z.literal("finish"), summary: z.string().max(2000) }),
]);
export type FileOp = z.infer<typeof FileOp>;
