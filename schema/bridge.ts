// The messages between a framed app and the studio page around it. Both sides speak only to one exact origin.
// Whatever an app sends is untrusted text: the studio validates it with these schemas and never shows it as markup.
import { z } from "zod";

const envelope = { source: z.literal("freehold-app"), v: z.literal(1) };
const line = z.int().min(0).max(10_000_000);

/** Where in the app's own files something happened, for example `app.tsx` line 12; null when it is not known. */
const Place = z.strictObject({ file: z.string().max(300), line, column: line }).nullable();

/** From the app's frame to the studio page. */
export const AppMessage = z.discriminatedUnion("type", [
	/** A private app asks for a code bound to this challenge (RFC 7636 S256). */
	z.strictObject({
		...envelope,
		type: z.literal("freehold:challenge"),
		challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
	}),
	/** The document has loaded and its scripts have run once. */
	z.strictObject({ ...envelope, type: z.literal("ready") }),
	z.strictObject({
		...envelope,
		type: z.literal("report"),
		kind: z.enum(["error", "rejection", "console_error", "console_warn", "console_log", "csp"]),
		message: z.string().max(2000),
		stack: z.string().max(4000),
		place: Place,
	}),
	/** Reports were dropped, because there were too many. */
	z.strictObject({ ...envelope, type: z.literal("dropped"), count: z.int().min(1).max(1_000_000) }),
	/** Nothing is to be seen some time after loading. */
	z.strictObject({ ...envelope, type: z.literal("blank") }),
	/** The person followed a link that leaves the app: show the address, and open it only when the person agrees. */
	z.strictObject({ ...envelope, type: z.literal("link"), url: z.string().max(2000) }),
	/** The app offers a file to the person. */
	z.strictObject({
		...envelope,
		type: z.literal("download"),
		name: z.string().min(1).max(200),
		mediaType: z.string().max(100),
		encoding: z.enum(["utf8", "base64"]),
		content: z.string().max(10_000_000),
	}),
	/** A newer version is there and the page loads it. */
	z.strictObject({ ...envelope, type: z.literal("reloading") }),
	/** The session ended or was taken back. */
	z.strictObject({ ...envelope, type: z.literal("ended"), reason: z.enum(["expired", "revoked", "cookie_refused"]) }),
]);
export type AppMessage = z.infer<typeof AppMessage>;

/** From the studio page to the app's frame. `source` and `v` may be left out. */
export const StudioMessage = z.discriminatedUnion("type", [
	z.strictObject({
		source: z.literal("freehold-studio").optional(),
		v: z.literal(1).optional(),
		type: z.literal("freehold:code"),
		code: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
	}),
	/** The studio does not open this app for this person. The studio page itself says why. */
	z.strictObject({
		source: z.literal("freehold-studio").optional(),
		v: z.literal(1).optional(),
		type: z.literal("freehold:refused"),
	}),
]);
export type StudioMessage = z.infer<typeof StudioMessage>;
