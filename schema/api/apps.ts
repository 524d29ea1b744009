// The API of apps, versions, builds and their conversation.
import { z } from "zod";
import { attachmentLimits } from "../attachments.ts";
import { BuildFailure, BuildState } from "../build-events.ts";
import { ColumnChoice } from "../columns.ts";
import { AppFile, FilePath, limits } from "../files.ts";
import { shownName } from "../names.ts";

export const Role = z.enum(["owner", "editor", "viewer"]);
export type Role = z.infer<typeof Role>;

export const AppSummary = z.strictObject({
	id: z.string(),
	name: z.string(),
	description: z.string(),
	role: Role,
	/** Name of the person whose app it is; null for one's own. */
	sharedBy: z.string().nullable(),
	isPublished: z.boolean(),
	isListed: z.boolean(),
	buildState: BuildState.nullable(),
	createdAt: z.number(),
	updatedAt: z.number(),
});
export type AppSummary = z.infer<typeof AppSummary>;

export const AppDetail = z.strictObject({
	...AppSummary.shape,
	mayFork: z.boolean(),
	draftOrigin: z.string(),
	liveOrigin: z.string().nullable(),
	currentVersionId: z.string().nullable(),
	publishedVersionId: z.string().nullable(),
	activeBuildId: z.string().nullable(),
});
export type AppDetail = z.infer<typeof AppDetail>;

export const ChangeApp = z.strictObject({
	name: shownName(80).optional(),
	description: z.string().trim().max(400).optional(),
	mayFork: z.boolean().optional(),
});

/** A file given with a prompt. It is checked by its content, not by its name. */
export const NewReference = z.strictObject({
	name: shownName(200),
	contentBase64: z.string().min(1).max(attachmentLimits.base64Chars),
	/** `reference`: the builder reads it. `app_file`: an image that also becomes a file of the app. */
	use: z.enum(["reference", "app_file"]).default("reference"),
	/** CSV: the person confirmed that the first row is a header. Without it column names are not sent. */
	isHeaderConfirmed: z.boolean().default(false),
	/** CSV: the line of the column names, counted from 1; 0 if there are none. Left out, it is found. */
	headerLine: z.int().min(0).max(10_000).optional(),
	/** Columns whose type the person changed. */
	columns: z.array(ColumnChoice).max(200).default([]),
});
export type NewReference = z.infer<typeof NewReference>;

export const composerOfferId = "composer";

export const StartBuild = z.strictObject({
	prompt: z.string().trim().min(1).max(limits.promptChars),
	references: z.array(NewReference).max(attachmentLimits.filesPerTurn).default([]),
	/** An offer of /api/models, or `composer`. */
	offerId: z.string().max(200).default(composerOfferId),
	/** Reports of the bridge that the person chose to send ("Fix it"). */
	runtimeErrors: z.array(z.string().max(2000)).max(10).default([]),
});
export type StartBuild = z.infer<typeof StartBuild>;

export const AnswerQuestion = z.strictObject({ text: z.string().trim().min(1).max(limits.promptChars) });

export const BuildSummary = z.strictObject({
	id: z.string(),
	state: BuildState,
	prompt: z.string(),
	offerId: z.string(),
	versionId: z.string().nullable(),
	failure: BuildFailure.nullable(),
	creditsCharged: z.number(),
	createdAt: z.number(),
	finishedAt: z.number().nullable(),
});
export type BuildSummary = z.infer<typeof BuildSummary>;

export const Message = z.strictObject({
	id: z.string(),
	role: z.enum(["user", "assistant", "question"]),
	text: z.string(),
	/** Of a question: short answers to choose from. */
	choices: z.array(z.string()),
	buildId: z.string().nullable(),
	at: z.number(),
});
export type Message = z.infer<typeof Message>;

export const VersionSummary = z.strictObject({
	id: z.string(),
	number: z.number(),
	message: z.string(),
	origin: z.enum(["build", "manual", "restore", "fork", "upload"]),
	parentId: z.string().nullable(),
	sizeBytes: z.number(),
	createdAt: z.number(),
});
export type VersionSummary = z.infer<typeof VersionSummary>;

export const VersionFiles = z.strictObject({ version: VersionSummary, files: z.array(AppFile) });
export type VersionFiles = z.infer<typeof VersionFiles>;

/** An edit by hand: whole new contents of some files, on top of the version they were read from. */
export const EditByHand = z.strictObject({
	baseVersionId: z.string().max(64),
	write: z
		.array(z.strictObject({ path: FilePath, content: z.string().max(limits.fileChars) }))
		.max(50)
		.default([]),
	remove: z.array(FilePath).max(50).default([]),
	message: z.string().trim().max(200).default(""),
});
export type EditByHand = z.infer<typeof EditByHand>;

export const FileProblem = z.strictObject({
	path: z.string(),
	line: z.number().nullable(),
	code: z.string(),
	message: z.string(),
});
export type FileProblem = z.infer<typeof FileProblem>;

export const FileDiff = z.strictObject({
	path: z.string(),
	state: z.enum(["added", "removed", "changed"]),
	/** Unified hunks; empty for binary files. */
	hunks: z.array(z.strictObject({ oldStart: z.number(), newStart: z.number(), lines: z.array(z.string()) })),
});
export type FileDiff = z.infer<typeof FileDiff>;

export const OpenApp = z.strictObject({
	kind: z.enum(["draft", "live"]),
	/** PKCE S256 challenge made by the frame (RFC 7636 §4.2). */
	challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export const OpenedApp = z.strictObject({ code: z.string(), origin: z.string() });

export const Disclosure = z.strictObject({
	id: z.string(),
	buildId: z.string(),
	provider: z.string(),
	model: z.string(),
	destination: z.string(),
	region: z.string().nullable(),
	sizeBytes: z.number(),
	retention: z.string(),
	at: z.number(),
});
export type Disclosure = z.infer<typeof Disclosure>;

const StoredData = z.strictObject({
	collections: z.array(z.strictObject({ name: z.string(), records: z.number() })),
	sizeBytes: z.number(),
});
/** What an app has saved at its two origins. */
export const AppData = z.strictObject({ draft: StoredData.nullable(), live: StoredData.nullable() });
export type AppData = z.infer<typeof AppData>;
