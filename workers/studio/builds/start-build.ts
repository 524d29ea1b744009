// From a prompt to a queued build: everything is checked before anything is written, so a refusal leaves nothing behind.

import { DbError } from "#db/errors.ts";
import type { Scope } from "#db/open.ts";
import type { ShardName } from "#db/shards.ts";
import { getApp } from "#db/stores/apps.ts";
import { endBuild, queueBuild } from "#db/stores/builds.ts";
import { getBalance } from "#db/stores/credits.ts";
import { addReference, attachReferences, deleteReference } from "#db/stores/references.ts";
import { fromBase64, utf8 } from "#lib/bytes.ts";
import { AppError } from "#lib/http/errors.ts";
import { composerOfferId, type NewReference, type StartBuild } from "#schema/api/apps.ts";
import { attachmentLimits } from "#schema/attachments.ts";
import { type AppId, type BuildId, makeId, type OwnerId, type ReferenceId } from "#schema/ids.ts";
import { chooseOffer, offersFor } from "../ai/offers.ts";
import { contentOf } from "../content.ts";
import { reservationFor } from "../credits/prices.ts";
import type { StudioEnv } from "../env.ts";
import { type StudioContext, sessionOf } from "../http.ts";
import { optionsOf } from "../references/options.ts";
import { checkTurn, readReferenceInSlices } from "../references/read-reference.ts";
import { problemOf, type ReadReference } from "../references/reference.ts";
import { openTenant } from "../tenants.ts";
import { buildObjectOf, withWorkMark } from "../work/build-object.ts";
import type { ReferenceProfile } from "./inputs.ts";

interface Prepared {
	name: string;
	contentType: string;
	bytes: Uint8Array;
	profile: ReferenceProfile;
}

/** Throws AppError `invalid_input` with a sentence per file that cannot be taken. */
export async function prepareReferences(
	references: readonly NewReference[],
	runtimeErrors: readonly string[],
): Promise<Prepared[]> {
	const fields: Record<string, string> = {};
	const read: { given: NewReference; bytes: Uint8Array; result: ReadReference }[] = [];
	for (const [at, given] of references.entries()) {
		const bytes = fromBase64(given.contentBase64) ?? new Uint8Array();
		const result = await readReferenceInSlices({ name: given.name, bytes }, optionsOf(given));
		if (!result.ok) fields[`references.${at}`] = problemOf(result);
		else if (given.use === "app_file" && result.value.kind !== "image") {
			fields[`references.${at}`] = "Only an image can become a file of the app. Attach it as a reference instead.";
		}
		read.push({ given, bytes, result });
	}
	const turn = checkTurn(read.map(({ bytes }) => ({ sizeBytes: bytes.length })));
	if (!turn.ok) {
		const megabytes = attachmentLimits.turnBytes / 1024 / 1024;
		fields["references"] =
			`At most ${attachmentLimits.filesPerTurn} files and ${megabytes} MB can go with one prompt. Leave some out.`;
	}
	if (Object.keys(fields).length > 0) throw new AppError("invalid_input", fields);
	const files = read.flatMap(({ given, bytes, result }): Prepared[] =>
		result.ok
			? [
					{
						name: given.name,
						contentType: result.value.mediaType,
						bytes,
						profile: {
							use: given.use,
							isHeaderConfirmed: given.isHeaderConfirmed,
							...(given.headerLine === undefined ? {} : { headerLine: given.headerLine }),
							columns: given.columns,
						},
					},
				]
			: [],
	);
	const reports = runtimeErrors.map(
		(text): Prepared => ({
			name: "error report",
			contentType: "text/plain",
			bytes: utf8(text),
			profile: { use: "runtime_error", isHeaderConfirmed: false, columns: [] },
		}),
	);
	return [...files, ...reports];
}

/** Refuses what cannot start: an unknown or unapproved model, too few credits. Throws AppError. */
export async function requireStartable(c: StudioContext, tenant: Scope, offerId: string): Promise<void> {
	const [balance, choices] = await Promise.all([
		getBalance(tenant),
		offerId === composerOfferId ? null : offersFor(c.env, tenant),
	]);
	const chosen = choices && chooseOffer(choices, offerId);
	if (chosen && !chosen.ok)
		throw new AppError(chosen.reason === "approval_required" ? "approval_required" : "model_unavailable");
	if (balance < reservationFor(offerId)) throw new AppError("no_credits");
}

/** Queues a build and wakes the app's object. Throws AppError. */
export async function startBuild(
	c: StudioContext,
	{ shard, ...ids }: { ownerId: OwnerId; appId: AppId; shard: ShardName },
	input: StartBuild,
): Promise<BuildId> {
	const prepared = await prepareReferences(input.references, input.runtimeErrors);
	// credits are the owner's, also when an invited editor asks; his own scope does not reach them
	const tenant = await openTenant(c.env, c.get("directory"), { ownerId: ids.ownerId, shard, mayWrite: true });
	const [app] = await Promise.all([getApp(tenant, ids.appId), requireStartable(c, tenant, input.offerId)]);
	if (!app) throw new AppError("not_found");
	if (app.state === "blocked") throw new AppError("app_blocked");
	return withWorkMark(c.env, ids, "change", async () => {
		const buildId = makeId("build");
		const references = await storeReferences(c.env, tenant, ids.appId, buildId, prepared);
		try {
			await queueBuild(tenant, {
				id: buildId,
				appId: ids.appId,
				actorId: sessionOf(c).accountId,
				prompt: input.prompt,
				offerId: input.offerId,
				parentVersionId: app.currentVersionId,
				credits: reservationFor(input.offerId),
			});
		} catch (error) {
			await references.takeBack();
			if (error instanceof DbError && error.reason === "credits") throw new AppError("no_credits");
			throw error;
		}
		try {
			await buildObjectOf(c.env, ids).wake(ids);
		} catch (error) {
			// nobody would run it before the alarm does, and the person is told that it failed: what it reserved goes back
			await endBuild(tenant, buildId, { state: "stopped" });
			throw error;
		}
		return buildId;
	});
}

/** What was attached, sealed, with its rows. `takeBack` deletes all of it again. */
async function storeReferences(
	env: StudioEnv,
	tenant: Scope,
	appId: AppId,
	buildId: BuildId,
	prepared: readonly Prepared[],
): Promise<{ takeBack(): Promise<void> }> {
	const content = contentOf(env, tenant, appId);
	const referenceIds: ReferenceId[] = [];
	for (const { name, contentType, bytes, profile } of prepared) {
		const id = makeId("reference");
		const contentKey = await content.put("reference", id, bytes);
		await addReference(tenant, {
			id,
			appId,
			name,
			contentType,
			sizeBytes: bytes.length,
			contentKey,
			profile: JSON.stringify(profile),
			headerConfirmed: profile.isHeaderConfirmed,
		});
		referenceIds.push(id);
	}
	await attachReferences(tenant, appId, buildId, referenceIds);
	return {
		takeBack: async () => {
			for (const id of referenceIds) {
				await deleteReference(tenant, appId, id);
				await content.delete("reference", id);
			}
		},
	};
}
