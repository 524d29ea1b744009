// How routes of the studio are written: their context, who may call them, and how input that does not fit is answered.
import { OpenAPIHono, type z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Directory } from "#db/directory/handle.ts";
import type { PlacedGrant } from "#db/directory/signed-in.ts";
import type { Scope } from "#db/open.ts";
import type { ShardName } from "#db/shards.ts";
import type { App } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { Role } from "#schema/api/apps.ts";
import type { AccountId, AppId, OwnerId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import type { StudioEnv } from "./env.ts";

/** Who is signed in. Made by identity/session.ts from the cookie, and from nothing else a client sent. */
export interface Session {
	id: string;
	accountId: AccountId;
	/** The account's own tenant. */
	ownerId: OwnerId;
	name: string;
	email: string;
	/** Where that tenant is. */
	shard: ShardName;
	/** What others share with the account, as far as this request is about it. */
	grants: readonly PlacedGrant[];
}

/** An app as this session may see it; `scope` is tenant-wide for members of the workspace and app-wide for guests. */
export interface AppAccess {
	appId: AppId;
	ownerId: OwnerId;
	role: Role;
	scope: Scope;
	shard: ShardName;
	/** Its row, as this request found it when it was let in. */
	app: App;
}

export interface StudioTypes {
	Bindings: StudioEnv;
	Variables: {
		requestId: string;
		region: Region;
		directory: Directory;
		session: Session | null;
		/** Set by routes with access `app:*`. */
		app: AppAccess;
		/** The session's own tenant, set by routes with access `workspace`. */
		scope: Scope;
	};
}

export type StudioApp = OpenAPIHono<StudioTypes>;
export type StudioContext = Context<StudioTypes>;

/**
 * Who may call a route. `anyone`: no session needed. `account`: any session. `workspace`: the owner, on his own tenant.
 * `app:view`, `app:edit`, `app:own`: at least that role on the app named by the path's `appId`.
 */
export type Access = "anyone" | "account" | "workspace" | "app:view" | "app:edit" | "app:own";

/** JSON request body of one schema. */
export const body = <S extends z.ZodType>(schema: S) => ({
	required: true as const,
	content: { "application/json": { schema } },
});

/** JSON answer of one schema. */
export const answer = <S extends z.ZodType>(schema: S, description: string) => ({
	description,
	content: { "application/json": { schema } },
});

// Sentences per kind of mistake; zod's own messages may repeat what was typed.
const sentences: Record<string, string> = {
	too_small: "This is empty or too short.",
	too_big: "This is too long.",
	invalid_format: "This is not in the expected form.",
	unrecognized_keys: "There are fields here that we do not know.",
	invalid_type: "This is missing or of the wrong kind.",
	invalid_value: "This is not one of the possible values.",
};

/** Makes a Hono app whose routes answer input that does not fit with `invalid_input` and one sentence per field. */
export function makeRoutes(): StudioApp {
	return new OpenAPIHono<StudioTypes>({
		defaultHook: (result) => {
			if (result.success) return;
			const fields: Record<string, string> = {};
			for (const issue of result.error.issues.slice(0, 20)) {
				// only names that the schema declares; an array index or an unknown key would be the client's own text
				const path = issue.path.filter(
					(part): part is string => typeof part === "string" && /^[a-zA-Z]{1,40}$/.test(part),
				);
				// a check of ours may bring its own fixed sentence
				const own = issue.code === "custom" ? issue.params?.["sentence"] : undefined;
				const sentence = typeof own === "string" ? own : sentences[issue.code];
				fields[path.join(".") || "form"] = sentence ?? "This is not what we expect here.";
			}
			// an id in the path that is not an id is a thing that does not exist
			throw result.target === "param" ? new AppError("not_found") : new AppError("invalid_input", fields);
		},
	});
}

/** The session of a route that requires one. */
export function sessionOf(c: StudioContext): Session {
	const session = c.get("session");
	if (!session) throw new AppError("unauthenticated");
	return session;
}
