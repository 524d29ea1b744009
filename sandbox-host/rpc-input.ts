// What the studio may say to this Worker, checked at the edge: a caller's types are not believed across Workers.
import { z } from "zod";
import { AccountId, AppId, OwnerId } from "#schema/ids.ts";
import { AppKind } from "./bundle.ts";

export const ViewerShape = z.strictObject({
	role: z.enum(["owner", "editor", "viewer", "visitor"]),
	accountId: AccountId.nullable(),
	linkId: z.string().min(1).max(100).nullable(),
	name: z.string().max(200),
});

export const ProvisionInput = z.strictObject({ owner: OwnerId, appId: AppId, kind: AppKind });

/** base64url of a SHA-256 (RFC 7636 §4.2). */
export const Challenge = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const WhoInput = z.union([
	z.strictObject({ accountId: AccountId }),
	z.strictObject({ linkId: z.string().min(1).max(100) }),
	z.strictObject({ everyone: z.literal(true) }),
]);

/** The body of POST /_freehold/session. What the code is bound to comes in the opening cookie. */
export const SessionInput = z.strictObject({ code: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
