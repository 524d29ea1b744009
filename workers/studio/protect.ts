// What every request to the studio passes first: request id, security headers, region pins, size, and origin of unsafe methods.

import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AppError } from "#lib/http/errors.ts";
import { studioOrigin } from "#lib/origins.ts";
import { limits } from "#schema/files.ts";
import type { StudioTypes } from "./http.ts";
import { regionOf } from "./tenants.ts";

type Middleware = MiddlewareHandler<StudioTypes>;

export const requestId: Middleware = async function requestId(c, next) {
	c.set("requestId", `req_${crypto.randomUUID().replaceAll("-", "")}`);
	await next();
	c.header("X-Request-Id", c.get("requestId"));
};

/** Strict CSP without inline script; pages that frame an app widen `frame-src` to exactly that app's origin. */
export const securityHeaders: Middleware = async function securityHeaders(c, next) {
	await next();
	const headers = c.res.headers;
	if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", contentSecurityPolicy(null));
	headers.set("X-Content-Type-Options", "nosniff");
	headers.set("X-Frame-Options", "DENY");
	headers.set("Referrer-Policy", "no-referrer");
	headers.set("Cross-Origin-Opener-Policy", "same-origin");
	headers.set("Cross-Origin-Resource-Policy", "same-origin");
	headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), payment=()");
	if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
};

/** The studio's policy. `frame` is the origin of the one app that the page may show, never a wildcard. */
export function contentSecurityPolicy(frame: string | null): string {
	return [
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
		`frame-src ${frame ?? "'none'"}`,
		"require-trusted-types-for 'script'",
	].join("; ");
}

export const region: Middleware = async function region(c, next) {
	c.set("region", regionOf(c.env));
	await next();
};

/** CSRF: unsafe methods must come from this studio's own origin (OWASP CSRF cheat sheet, origin check and fetch metadata). */
export const sameOrigin: Middleware = async function sameOrigin(c, next) {
	if (c.req.method !== "GET" && c.req.method !== "HEAD") {
		const site = c.req.header("Sec-Fetch-Site");
		const isOwn = c.req.header("Origin") === studioOrigin(c.env, c.get("region"));
		if (!isOwn || (site !== undefined && site !== "same-origin")) throw new AppError("cross_origin");
		const type = c.req.header("Content-Type")?.split(";")[0]?.trim();
		// a fetch without a body still sends `Content-Length: 0`, for which the platform makes an empty stream
		const hasBody = c.req.raw.body !== null && c.req.header("Content-Length") !== "0";
		if (hasBody && type !== "application/json") throw new AppError("unsupported_type");
	}
	await next();
};

export const size = bodyLimit({
	maxSize: limits.requestBytes,
	onError: () => {
		throw new AppError("too_large");
	},
});
