// The sealed objects of a scope's owner.
import type { R2Bucket } from "@cloudflare/workers-types";
import { type ContentStore, openContent } from "#db/content.ts";
import type { Scope } from "#db/open.ts";
import type { StudioEnv } from "../env.ts";

export const contentOf = (env: StudioEnv, scope: Scope): ContentStore =>
	openContent({ bucket: env.CONTENT as unknown as R2Bucket, ownerId: scope.ownerId, sealer: scope.sealer });
