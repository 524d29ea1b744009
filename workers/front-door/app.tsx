// The front door: landing, choice of region, trust page. It has variables and nothing else, so it can see no tenant's data.
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { assets } from "#build/front-door-assets";
import { keptPromises } from "#build/kept-promises";
import { studioOrigin } from "#lib/origins.ts";
import { promisesWith } from "#schema/promises.ts";
import { Region } from "#schema/region.ts";
import type { FrontDoorEnv } from "./env.ts";
import { LandingPage } from "./pages/landing-page.tsx";
import { MissingPage } from "./pages/missing-page.tsx";
import { TrustPage } from "./pages/trust-page.tsx";
import { securityHeaders } from "./security-headers.ts";

const regionCookie = "freehold_region";
const yearSeconds = 365 * 24 * 60 * 60;
/** Pages of a region's host that the front door leads to. */
const pages = new Set(["sign-in", "sign-up", "discover"]);

export function makeFrontDoor() {
	const app = new Hono<{ Bindings: FrontDoorEnv }>();
	app.use(securityHeaders);
	app.get("/healthz", (c) => c.json({ ok: true, worker: "front-door" }));
	app.get("/", (c) => c.html(<LandingPage remembered={rememberedRegion(getCookie(c, regionCookie))} />));
	app.get("/trust", (c) =>
		c.html(
			<TrustPage promises={promisesWith(keptPromises)} remembered={rememberedRegion(getCookie(c, regionCookie))} />,
		),
	);
	app.get("/go/:region/:page", (c) => {
		const region = Region.safeParse(c.req.param("region"));
		const page = c.req.param("page");
		if (!region.success || !pages.has(page)) return c.notFound();
		// the name of a region and nothing else: it says where to sign in, not who does
		setCookie(c, regionCookie, region.data, {
			path: "/",
			secure: true,
			httpOnly: true,
			sameSite: "Lax",
			maxAge: yearSeconds,
		});
		return c.redirect(`${studioOrigin(c.env, region.data)}/${page}`, 303);
	});
	app.get("/assets/:hash/:name", (c) => {
		const name = c.req.param("name");
		const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
		if (!asset || asset.hash !== c.req.param("hash")) return c.notFound();
		return c.body(asset.body, 200, {
			"Content-Type": asset.contentType,
			"Cache-Control": "public, max-age=31536000, immutable",
		});
	});
	app.notFound((c) => c.html(<MissingPage />, 404));
	return app;
}

function rememberedRegion(cookie: string | undefined): Region | null {
	const region = Region.safeParse(cookie);
	return region.success ? region.data : null;
}
