// The API of sharing: people, links, publishing, Discover.
import { z } from "zod";
import { EmailAddress } from "../email-address.ts";
import { Label } from "../ids.ts";
import { OpenApp } from "./apps.ts";

export const Invite = z.strictObject({
	email: EmailAddress,
	role: z.enum(["viewer", "editor"]),
	/** One app, or the whole workspace. */
	scope: z.enum(["app", "workspace"]),
});
export const Person = z.strictObject({
	grantId: z.string(),
	name: z.string(),
	email: z.string(),
	role: z.enum(["viewer", "editor"]),
	scope: z.enum(["app", "workspace"]),
	createdAt: z.number(),
});
export type Person = z.infer<typeof Person>;
export const Invitation = z.strictObject({
	id: z.string(),
	email: z.string(),
	role: z.enum(["viewer", "editor"]),
	scope: z.enum(["app", "workspace"]),
	expiresAt: z.number(),
});
export const Link = z.strictObject({ id: z.string(), createdAt: z.number(), expiresAt: z.number() });
export const NewLink = z.strictObject({ days: z.int().min(1).max(90) });
/** `url` is shown once: only the hash of its token is kept. */
export const CreatedLink = z.strictObject({ link: Link, url: z.string() });

export const Sharing = z.strictObject({
	mayInvite: z.boolean(),
	/** Those who came last; `morePeople` is the `after` of the list of people. */
	people: z.array(Person),
	morePeople: z.string().nullable(),
	invitations: z.array(Invitation),
	links: z.array(Link),
	isPublished: z.boolean(),
	isListed: z.boolean(),
	isBlocked: z.boolean(),
	mayFork: z.boolean(),
	hasUnpublishedChanges: z.boolean(),
	liveOrigin: z.string().nullable(),
});
export type Sharing = z.infer<typeof Sharing>;

/** What becomes public, before it does. */
export const PublishReview = z.strictObject({
	versionId: z.string(),
	name: z.string(),
	description: z.string(),
	files: z.array(z.strictObject({ path: z.string(), sizeBytes: z.number() })),
	collections: z.array(z.strictObject({ name: z.string(), records: z.number() })),
	warnings: z.array(z.string()),
});
export type PublishReview = z.infer<typeof PublishReview>;

export const Publish = z.strictObject({
	versionId: z.string().max(64),
	/** `people`: invited people and links. `discover`: everyone, listed in the region. */
	audience: z.enum(["people", "discover"]),
	/** The person has seen the review of this version. */
	reviewed: z.literal(true),
});

export const AcceptInvitation = z.strictObject({ token: z.string().min(20).max(200) });
export const OpenLink = z.strictObject({ token: z.string().min(20).max(200), challenge: OpenApp.shape.challenge });
export const OpenedLink = z.strictObject({ code: z.string(), origin: z.string(), name: z.string() });
/** Name and origin of a linked app, so that the page can set up its frame before the code exchange. */
export const PeekLink = z.strictObject({ token: z.string().min(20).max(200) });
/** `by` is the name of the person whose app it is. */
export const PeekedLink = z.strictObject({ name: z.string(), by: z.string(), origin: z.string() });

export const Listing = z.strictObject({
	appId: z.string(),
	title: z.string(),
	description: z.string(),
	origin: z.string(),
	mayFork: z.boolean(),
	publishedAt: z.number(),
});
export type Listing = z.infer<typeof Listing>;
export const ReportApp = z.strictObject({
	/** The first part of the app's address. */
	label: Label,
	reason: z.enum(["spam", "phishing", "illegal", "personal_data", "other"]),
	text: z.string().trim().max(2000).default(""),
});
