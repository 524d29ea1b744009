// What left for a model, kept sealed for the tenant to read: the exact bytes of each request, before its answer is read.

import type { Scope } from "#db/open.ts";
import { addDisclosure } from "#db/stores/disclosures.ts";
import { fromBase64 } from "#lib/bytes.ts";
import type { GenerationEvent, Offer } from "#schema/generation.ts";
import { type AppId, type BuildId, makeId } from "#schema/ids.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";

export interface Sent {
	appId: AppId;
	buildId: BuildId;
	offer: Offer;
	purpose: "build" | "repair";
	wire: Extract<GenerationEvent, { type: "wire" }>;
}

export async function recordDisclosure(env: StudioEnv, scope: Scope, sent: Sent): Promise<void> {
	const id = makeId("disclosure");
	const bytes = fromBase64(sent.wire.bodyBase64) ?? new Uint8Array();
	const contentKey = await contentOf(env, scope, sent.appId).put("disclosure", id, bytes);
	await addDisclosure(scope, {
		id,
		appId: sent.appId,
		buildId: sent.buildId,
		provider: sent.offer.provider,
		model: sent.offer.model,
		destination: sent.wire.destination,
		region: sent.offer.region,
		sizeBytes: bytes.length,
		contentKey,
		purpose: sent.purpose,
		at: sent.wire.at,
		retention: `${sent.offer.terms.retention} (${sent.offer.terms.asOf}, ${sent.offer.terms.url})`,
	});
}
