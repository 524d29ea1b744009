// Discover: what people of this region made public.
import { createRoute, z } from "@hono/zod-openapi";
import { findListing, pageListings } from "#db/directory/listings.ts";
import { getApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import { appOrigin } from "#lib/origins.ts";
import { Listing } from "#schema/api/sharing.ts";
import { AppId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { answer, type StudioApp, type StudioContext, sessionOf } from "../http.ts";
import { byAccount } from "../limits.ts";
import { PageParams } from "../lists.ts";
import { openTenant } from "../tenants.ts";
import { forkApp } from "./fork.ts";

const AppParams = z.strictObject({ appId: AppId });
const Query = PageParams.extend({ q: z.string().max(200).optional() });

async function requireListing(c: StudioContext, appId: AppId) {
	const listing = await findListing(c.get("directory"), appId);
	if (!listing || listing.isBlocked) throw new AppError("not_found");
	return listing;
}

export function registerDiscoverRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/discover",
			...access("anyone"),
			request: { query: Query },
			responses: {
				200: answer(
					z.strictObject({ listings: z.array(Listing), next: z.string().nullable() }),
					"Public apps of this region, newest first",
				),
			},
		}),
		async (c) => {
			const { q, after } = c.req.valid("query");
			const { items, next } = await pageListings(c.get("directory"), { after, search: q });
			const listings = items.map(({ appId, title, description, liveLabel, mayFork, publishedAt }) => ({
				appId,
				title,
				description,
				origin: appOrigin(c.env, c.get("region"), liveLabel),
				mayFork,
				publishedAt,
			}));
			return c.json({ listings, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/discover/{appId}/fork",
			...access("account", byAccount("makeAccount")),
			request: { params: AppParams },
			responses: { 201: answer(z.strictObject({ appId: z.string() }), "The copy in one's own workspace") },
		}),
		async (c) => {
			sessionOf(c);
			const listing = await requireListing(c, c.req.valid("param").appId);
			const { ownerId, appId } = listing;
			const source = await openTenant(c.env, c.get("directory"), { ownerId, appId, mayWrite: false });
			const published = await getApp(source, appId);
			if (!published) throw new AppError("not_found");
			return c.json({ appId: await forkApp(c, source, published) }, 201);
		},
	);
}
