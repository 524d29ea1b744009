// Publishing: the live origin serves one chosen version, to invited people and links, or to everyone.

import type { z } from "zod";
import { listLabelsOfApp, reserveLabel } from "#db/directory/labels.ts";
import { findListing, publishListing, unpublishListing } from "#db/directory/listings.ts";
import { type App, getApp, setPublished } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { Publish, PublishReview } from "#schema/api/sharing.ts";
import { type Label, makeLabel, type VersionId } from "#schema/ids.ts";
import type { Audience } from "#schema/rpc.ts";
import type { AppAccess, StudioContext } from "../http.ts";
import { deployLive } from "../versions/deploy.ts";
import { loadVersion } from "../versions/version-files.ts";
import { withWorkMark } from "../work/build-object.ts";
import { warnOfSignIns } from "./sign-in-words.ts";

async function requireApp({ scope, appId }: AppAccess): Promise<App> {
	const app = await getApp(scope, appId);
	if (!app) throw new AppError("not_found");
	return app;
}

/** What publishing the current version would make visible. */
export async function reviewPublishing(c: StudioContext): Promise<PublishReview> {
	const { app, scope } = c.get("app");
	const [current, inventory] = await Promise.all([
		app.currentVersionId ? loadVersion(c.env, scope, app.id, app.currentVersionId) : null,
		app.liveLabel ? c.env.ACCESS.inventory(app.liveLabel) : null,
	]);
	if (!current) throw new AppError("not_found");
	const files = [...current.files.values()];
	const warnings = ["Everyone who may open the app can read its code, texts and images, and copy them."];
	// rows of an attached table travel in seed.json, however few they are
	const seeds = files.filter(
		({ path, content }) => path === "seed.json" || (/\.(json|csv)$/.test(path) && content.length > 2000),
	);
	for (const seed of seeds)
		warnings.push(`${seed.path} looks like data. It becomes readable for everyone who may open the app.`);
	warnings.push(...warnOfSignIns(files));
	if (app.mayFork)
		warnings.push(
			"Forking is on: others may copy the published files into their own workspace. You can't take copies back.",
		);
	return {
		versionId: current.version.id,
		name: app.name,
		description: app.description,
		files: files.map((file) => ({
			path: file.path,
			sizeBytes:
				file.encoding === "base64"
					? Math.floor((file.content.length * 3) / 4)
					: new TextEncoder().encode(file.content).length,
		})),
		collections: inventory?.ok ? inventory.value.collections : [],
		warnings,
	};
}

/**
 * Publishes exactly the version that was reviewed. What narrows comes first and what widens last, so wherever this is cut off,
 * nobody can open the new version to whom it was not published. Throws AppError.
 */
export async function publish(c: StudioContext, input: z.infer<typeof Publish>): Promise<void> {
	const access = c.get("app");
	const app = await requireApp(access);
	const { env } = c;
	const directory = c.get("directory");
	if (app.state === "blocked" || (await findListing(directory, app.id))?.isBlocked) throw new AppError("app_blocked");
	// somebody changed the app after the review: what becomes public would not be what was shown
	if (app.currentVersionId !== input.versionId) throw new AppError("conflict");
	const versionId = input.versionId as VersionId;
	await withWorkMark(env, access, "publish", () => publishVersion(c, app, versionId, input.audience));
}

async function publishVersion(
	c: StudioContext,
	app: App,
	versionId: VersionId,
	audience: z.infer<typeof Publish>["audience"],
): Promise<void> {
	const access = c.get("app");
	const { env } = c;
	const directory = c.get("directory");
	const label = app.liveLabel ?? (await reserveLive(c, access));
	const isPublic = audience === "discover";
	if (!isPublic) {
		await unpublishListing(directory, access.ownerId, app.id);
		await setAudience(env, label, "private");
	}
	await deployLive(env, access.scope, app, versionId, label);
	await setPublished(access.scope, app.id, { versionId, liveLabel: label });
	if (!isPublic) return;
	await setAudience(env, label, "public");
	const { name: title, description, mayFork } = app;
	const listed = await publishListing(directory, {
		appId: app.id,
		ownerId: access.ownerId,
		versionId,
		title,
		description,
		liveLabel: label,
		mayFork,
	});
	// The operator may have blocked the app since we looked. The origin knows that by itself; the listing is taken out here.
	if (!listed || (await requireApp(access)).state === "blocked") {
		await unpublishListing(directory, access.ownerId, app.id);
		throw new AppError("app_blocked");
	}
}

async function setAudience(env: StudioContext["env"], label: Label, audience: Audience): Promise<void> {
	const set = await env.ACCESS.setAudience(label, audience);
	if (!set.ok) throw new AppError("unavailable");
}

/** The app's live label. One that an earlier try reserved, and that its row does not name yet, is taken up again. */
async function reserveLive(c: StudioContext, { ownerId, appId }: AppAccess): Promise<Label> {
	const directory = c.get("directory");
	const reserved = (await listLabelsOfApp(directory, ownerId, appId)).find(
		({ kind, state }) => kind === "live" && state === "active",
	);
	const label = reserved?.label ?? makeLabel();
	if (!reserved) await reserveLabel(directory, { label, ownerId, appId, kind: "live" });
	const provisioned = await c.env.DEPLOY.provision(label, { owner: ownerId, appId, kind: "live" });
	if (!provisioned.ok) throw new AppError("unavailable");
	return label;
}

/** Takes the live origin off: nobody but the owner's preview opens the app. Live data stays for the next publishing. */
export async function unpublish(c: StudioContext): Promise<void> {
	const access = c.get("app");
	const app = await requireApp(access);
	await withWorkMark(c.env, access, "publish", async () => {
		await unpublishListing(c.get("directory"), access.ownerId, app.id);
		if (!app.liveLabel) return;
		await setAudience(c.env, app.liveLabel, "private");
		const revoked = await c.env.ACCESS.revoke(app.liveLabel, { everyone: true });
		if (!revoked.ok) throw new AppError("unavailable");
		await setPublished(access.scope, app.id, { versionId: null, liveLabel: app.liveLabel });
	});
}
