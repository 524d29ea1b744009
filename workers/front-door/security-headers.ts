// Headers of every answer of the front door. It frames nothing, posts nothing and loads nothing from elsewhere.
import type { MiddlewareHandler } from "hono";
import type { FrontDoorEnv } from "./env.ts";

const policy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
].join("; ");

export const securityHeaders: MiddlewareHandler<{ Bindings: FrontDoorEnv }> = async function securityHeaders(c, next) {
	await next();
	c.header("Content-Security-Policy", policy);
	c.header("X-Content-Type-Options", "nosniff");
	c.header("X-Frame-Options", "DENY");
	c.header("Referrer-Policy", "no-referrer");
	c.header("Cross-Origin-Opener-Policy", "same-origin");
	c.header("Cross-Origin-Resource-Policy", "same-origin");
	c.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), payment=()");
	if (!c.res.headers.has("Cache-Control")) c.header("Cache-Control", "no-store");
};
