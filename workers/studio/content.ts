// The sealed objects of one app.
import type { R2Bucket } from "@cloudflare/workers-types";
import { type ContentStore, openContent } from "#db/content.ts";
import type { Scope } from "#db/open.ts";
import type { AppId } from "#schema/ids.ts";
import type { StudioEnv } from "./env.ts";

export const contentOf = (env: StudioEnv, scope: Scope, appId: AppId): ContentStore =>
	openContent({ bucket: env.CONTENT as unknown as R2Bucket, ownerId: scope.ownerId, appId, sealer: scope.sealer });
