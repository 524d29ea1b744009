// Sharing an app: people, links, publishing. All of it is the owner's to decide.
import { createRoute, z } from "@hono/zod-openapi";
import { findNamesOfOwners } from "#db/directory/accounts.ts";
import { grantCursor, pageGrantsOfApp, revokeGrant } from "#db/directory/grants.ts";
import { createInvitation, listInvitations, revokeInvitation, useInvitation } from "#db/directory/invitations.ts";
import { listLabelsOfApp, listLabelsOfOwner } from "#db/directory/labels.ts";
import { createLink, findLinkByToken, listOpenLinks, revokeLink } from "#db/directory/links.ts";
import { findListing } from "#db/directory/listings.ts";
import type { Page } from "#db/pages.ts";
import { type App, getApp } from "#db/stores/apps.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { makeToken } from "#lib/crypto/token.ts";
import { AppError } from "#lib/http/errors.ts";
import { appOrigin, studioOrigin } from "#lib/origins.ts";
import {
	AcceptInvitation,
	CreatedLink,
	Invitation,
	Invite,
	NewLink,
	OpenedLink,
	OpenLink,
	PeekedLink,
	PeekLink,
	Person,
	Publish,
	PublishReview,
	type Sharing,
	Sharing as SharingSchema,
} from "#schema/api/sharing.ts";
import { AppId, GrantId, type Id, InvitationId, type Label, LinkId, type OwnerId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { entitlements } from "../credits/plans.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../http.ts";
import { mail } from "../identity/call.ts";
import { byAccount, byEmail, byNetwork, byOwner } from "../limits.ts";
import { type Asked, PageParams, pageOver } from "../lists.ts";
import { openTenant } from "../tenants.ts";
import { forkApp } from "./fork.ts";
import { publish, reviewPublishing, unpublish } from "./publishing.ts";

const dayMs = 24 * 60 * 60 * 1000;
const invitationMs = 7 * dayMs;
const peopleOfPage = 100;

const AppParams = z.strictObject({ appId: AppId });
const noContent = (description: string) => ({ 204: { description } });

async function mayInvite(c: StudioContext): Promise<boolean> {
	const workspace = await getWorkspace(c.get("app").scope);
	return workspace ? entitlements[workspace.plan].mayInvite : false;
}

/** Whom the app is shared with, then members of the whole workspace. */
async function pagePeople(c: StudioContext, after?: string): Promise<Page<Person>> {
	const { ownerId, appId } = c.get("app");
	const sources = [{ name: "app" as const }, { name: "workspace" as const }];
	const read = async ({ source: { name: scope }, ...query }: Asked<(typeof sources)[number]>) => {
		const page = await pageGrantsOfApp(c.get("directory"), ownerId, scope === "app" ? appId : null, query);
		const items = page.items.map(({ id, name, email, role, createdAt }) => ({
			grantId: id,
			name,
			email,
			role,
			scope,
			createdAt,
		}));
		return { items, next: page.next };
	};
	return pageOver<Person, (typeof sources)[number]>(sources, after, {
		read: (asked) => Promise.all(asked.map(read)),
		cursor: ({ createdAt, grantId }) => grantCursor({ createdAt, id: grantId as Id<"grant"> }),
		size: peopleOfPage,
	});
}

async function describeSharing(c: StudioContext, app: App): Promise<Sharing> {
	const { ownerId, appId } = c.get("app");
	const directory = c.get("directory");
	const [isInviting, people, invited, invitedMembers, links, listing] = await Promise.all([
		mayInvite(c),
		pagePeople(c),
		listInvitations(directory, ownerId, appId),
		listInvitations(directory, ownerId, null),
		listOpenLinks(directory, ownerId, appId),
		findListing(directory, appId),
	]);
	const scopeOf = (one: { appId: AppId | null }) => (one.appId === null ? "workspace" : "app");
	return {
		mayInvite: isInviting,
		people: people.items,
		morePeople: people.next,
		invitations: [...invited, ...invitedMembers].map((one) => ({
			id: one.id,
			email: one.email,
			role: one.role,
			scope: scopeOf(one),
			expiresAt: one.expiresAt,
		})),
		links: links.map(({ id, createdAt, expiresAt }) => ({ id, createdAt, expiresAt: expiresAt ?? 0 })),
		isPublished: app.publishedVersionId !== null,
		isListed: listing !== null && !listing.isBlocked,
		isBlocked: app.state === "blocked" || listing?.isBlocked === true,
		mayFork: app.mayFork,
		hasUnpublishedChanges: app.publishedVersionId !== null && app.publishedVersionId !== app.currentVersionId,
		liveOrigin: app.liveLabel ? appOrigin(c.env, c.get("region"), app.liveLabel) : null,
	};
}

/** Ends what a person, or a link, has open on these origins. */
async function revokeOnOrigins(
	c: StudioContext,
	labels: readonly (Label | null)[],
	who: Parameters<StudioContext["env"]["ACCESS"]["revoke"]>[1],
): Promise<void> {
	const known = labels.filter((label) => label !== null);
	const revoked = await Promise.all(known.map((label) => c.env.ACCESS.revoke(label, who)));
	for (const one of revoked) if (!one.ok && one.reason !== "retired") throw new AppError("unavailable");
}

/** The origins of one app, or of every app of the workspace: from the directory, which lists them all. */
async function labelsOf(c: StudioContext, ownerId: OwnerId, appId: AppId | null): Promise<Label[]> {
	const directory = c.get("directory");
	const found = appId ? await listLabelsOfApp(directory, ownerId, appId) : await listLabelsOfOwner(directory, ownerId);
	return found.filter(({ state }) => state === "active").map(({ label }) => label);
}

/** The published app behind a link's token; unknown, expired, revoked and unpublished are all `expired`. */
async function openLink(
	c: StudioContext,
	token: string,
): Promise<{ linkId: string; app: App; label: Label; by: string }> {
	const directory = c.get("directory");
	const link = await findLinkByToken(directory, token);
	if (!link) throw new AppError("expired");
	const { ownerId, appId, shard } = link;
	const scope = await openTenant(c.env, directory, { ownerId, appId, shard, mayWrite: false });
	const [app, names] = await Promise.all([getApp(scope, appId), findNamesOfOwners(directory, [ownerId])]);
	if (!app?.publishedVersionId || !app.liveLabel || app.state === "blocked") throw new AppError("expired");
	return { linkId: link.id, app, label: app.liveLabel, by: names.get(ownerId) ?? "" };
}

export function registerSharingRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/sharing",
			...access("app:own"),
			request: { params: AppParams },
			responses: { 200: answer(SharingSchema, "Who may open the app") },
		}),
		async (c) => c.json(await describeSharing(c, c.get("app").app), 200),
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/people",
			...access("app:own"),
			request: { params: AppParams, query: PageParams },
			responses: {
				200: answer(
					z.strictObject({ people: z.array(Person), next: z.string().nullable() }),
					"Who may open the app, those who came last first; members of the whole workspace after the app's own",
				),
			},
		}),
		async (c) => {
			const { items, next } = await pagePeople(c, c.req.valid("query").after);
			return c.json({ people: items, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/invitations",
			...access("app:own", byOwner("inviteOwner"), byEmail("mailAddress")),
			request: { params: AppParams, body: body(Invite) },
			responses: { 201: answer(Invitation, "Sent by mail; bound to that address, single use, seven days") },
		}),
		async (c) => {
			if (!(await mayInvite(c))) throw new AppError("plan_required");
			const { ownerId, appId } = c.get("app");
			const { email, role, scope } = c.req.valid("json");
			const session = sessionOf(c);
			const directory = c.get("directory");
			const token = makeToken();
			const invitation = {
				ownerId,
				appId: scope === "app" ? appId : null,
				role,
				email,
				invitedBy: session.accountId,
				expiresAt: directory.now() + invitationMs,
				token,
			};
			const made = await createInvitation(directory, invitation);
			await mail(c, email, "invitation", token);
			return c.json({ id: made.id, email, role, scope, expiresAt: made.expiresAt }, 201);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}/invitations/{invitationId}",
			...access("app:own"),
			request: { params: z.strictObject({ appId: AppId, invitationId: InvitationId }) },
			responses: noContent("Withdrawn"),
		}),
		async (c) => {
			const { ownerId } = c.get("app");
			if (!(await revokeInvitation(c.get("directory"), ownerId, c.req.valid("param").invitationId)))
				throw new AppError("not_found");
			return c.body(null, 204);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}/people/{grantId}",
			...access("app:own"),
			request: { params: z.strictObject({ appId: AppId, grantId: GrantId }) },
			responses: noContent("Removed; counts on the next request and ends what is open"),
		}),
		async (c) => {
			const { ownerId } = c.get("app");
			const removed = await revokeGrant(c.get("directory"), ownerId, c.req.valid("param").grantId);
			if (!removed) throw new AppError("not_found");
			await revokeOnOrigins(c, await labelsOf(c, ownerId, removed.appId), { accountId: removed.accountId });
			return c.body(null, 204);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/links",
			...access("app:own", byAccount("changeAccount")),
			request: { params: AppParams, body: body(NewLink) },
			responses: { 201: answer(CreatedLink, "The address is shown once") },
		}),
		async (c) => {
			const { ownerId, appId } = c.get("app");
			const { app: found } = c.get("app");
			// a link shows the published app and nothing else, so there must be one
			if (!found.publishedVersionId) throw new AppError("conflict");
			const directory = c.get("directory");
			const token = makeToken();
			const expiresAt = directory.now() + c.req.valid("json").days * dayMs;
			const link = await createLink(directory, { ownerId, appId, expiresAt, token });
			const url = `${studioOrigin(c.env, c.get("region"))}/s#token=${token}`;
			return c.json({ link: { id: link.id, createdAt: link.createdAt, expiresAt }, url }, 201);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}/links/{linkId}",
			...access("app:own"),
			request: { params: z.strictObject({ appId: AppId, linkId: LinkId }) },
			responses: noContent("Revoked; visitors lose access on their next request"),
		}),
		async (c) => {
			const { ownerId, appId } = c.get("app");
			const { linkId } = c.req.valid("param");
			const { app: found } = c.get("app");
			if (!(await revokeLink(c.get("directory"), ownerId, appId, linkId))) throw new AppError("not_found");
			await revokeOnOrigins(c, [found.previewLabel, found.liveLabel], { linkId });
			return c.body(null, 204);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/publish",
			...access("app:own"),
			request: { params: AppParams },
			responses: { 200: answer(PublishReview, "What publishing would make visible") },
		}),
		async (c) => c.json(await reviewPublishing(c), 200),
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/publish",
			...access("app:own", byAccount("publishAccount")),
			request: { params: AppParams, body: body(Publish) },
			responses: { 200: answer(SharingSchema, "Published") },
		}),
		async (c) => {
			await publish(c, c.req.valid("json"));
			const { scope, appId } = c.get("app");
			const published = await getApp(scope, appId);
			if (!published) throw new AppError("not_found");
			return c.json(await describeSharing(c, published), 200);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}/publish",
			...access("app:own"),
			request: { params: AppParams },
			responses: noContent("Off the live origin and out of Discover"),
		}),
		async (c) => {
			await unpublish(c);
			return c.body(null, 204);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/fork",
			...access("app:view", byAccount("makeAccount")),
			request: { params: AppParams },
			responses: { 201: answer(z.strictObject({ appId: z.string() }), "The copy in one's own workspace") },
		}),
		async (c) => c.json({ appId: await forkApp(c, c.get("app").scope, c.get("app").app) }, 201),
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/invitations/accept",
			...access("account", byNetwork("tokenNetwork")),
			request: { body: body(AcceptInvitation) },
			responses: {
				200: answer(z.strictObject({ appId: z.string().nullable() }), "The app, or null for a whole workspace"),
			},
		}),
		async (c) => {
			const { accountId, email } = sessionOf(c);
			const grant = await useInvitation(c.get("directory"), c.req.valid("json").token, {
				accountId,
				verifiedEmail: email,
			});
			if (!grant) throw new AppError("expired");
			return c.json({ appId: grant.appId }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/links/peek",
			...access("anyone", byNetwork("openLink")),
			request: { body: body(PeekLink) },
			responses: { 200: answer(PeekedLink, "What the link opens, and whose it is") },
		}),
		async (c) => {
			const { app: linked, label, by } = await openLink(c, c.req.valid("json").token);
			return c.json({ name: linked.name, by, origin: appOrigin(c.env, c.get("region"), label) }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/links/open",
			...access("anyone", byNetwork("openLink")),
			request: { body: body(OpenLink) },
			responses: { 200: answer(OpenedLink, "A single-use code for the frame that made the challenge") },
		}),
		async (c) => {
			const { token, challenge } = c.req.valid("json");
			const { linkId, app: linked, label } = await openLink(c, token);
			const issued = await c.env.ACCESS.issueCode(
				label,
				{ role: "visitor", accountId: null, linkId, name: "" },
				challenge,
			);
			if (!issued.ok) throw new AppError("unavailable");
			return c.json(
				{ code: issued.value.code, origin: appOrigin(c.env, c.get("region"), label), name: linked.name },
				200,
			);
		},
	);
}
