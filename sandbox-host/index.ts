// The app origins. The default handler answers `<label>.<region>.<apps domain>`; the studio holds the entrypoints Deploy and
// Access. There is no other way in, and no binding to a session, a tenant database or a key.

import { systemClock } from "#lib/clock.ts";
import { answerOverTls } from "#lib/http/tls.ts";
import { log } from "#lib/log.ts";
import { bucketIsInRegion } from "#lib/region-marker.ts";
import { handleApi } from "./api.ts";
import { importMapHash } from "./documents.ts";
import { type HostConfig, type HostEnv, readConfig } from "./env.ts";
import { commonHeaders, type HeaderOptions } from "./headers.ts";
import { labelOfHost } from "./hosts.ts";
import { findLibrary, libraryPrefix } from "./libraries.ts";
import { apiError, noticeResponse } from "./notices.ts";
import { openingPage } from "./opening.ts";
import { openLabel } from "./registry.ts";
import { serveApp } from "./serve.ts";
import { deletedForeignCookies, readToken } from "./session-cookie.ts";

export { Access } from "./access.ts";
export { AppRuntime } from "./app-runtime.ts";
export { Deploy } from "./deploy.ts";

async function handle(request: Request, env: HostEnv): Promise<Response> {
	const url = new URL(request.url);
	const config = readConfig(env);
	if (!config) return new Response("misconfigured\n", { status: 503, headers: { "Cache-Control": "no-store" } });
	const options: HeaderOptions = {
		studioOrigin: config.studioOrigin,
		scriptHashes: [importMapHash],
		isPublic: false,
		connect: [],
	};
	const isInRegion = await bucketIsInRegion(env.APPS, config.region);
	if (url.pathname === "/healthz") return healthz(isInRegion, config, options);
	if (!isInRegion) return noticeResponse("region", options, false);

	// a service worker would outlive the app's deletion, and answer for it (measured: the CSP sandbox alone allowed one)
	if (request.headers.has("Service-Worker") || request.headers.get("Sec-Fetch-Dest") === "serviceworker") {
		return noticeResponse("refused", options, false);
	}
	const label = labelOfHost(url.hostname, config.hostSuffix);
	if (label === null) return noticeResponse("not_found", options, false);
	if (!/^\/_freehold(\/|$)/i.test(url.pathname)) return serveApp(request, url, label, env, config, options);
	return handleReserved(request, url.pathname, label, env, config, options);
}

/** /_freehold/*: ours on every app origin, never a file of the app. */
async function handleReserved(
	request: Request,
	path: string,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
): Promise<Response> {
	if (path === "/_freehold/session" || path.startsWith("/_freehold/api/")) {
		return handleApi(request, path, label, env, config, options);
	}
	const isRead = request.method === "GET" || request.method === "HEAD";
	if (!isRead) return apiError("method_not_allowed", options);
	const opened = await openLabel(env, config, label, readToken(request), systemClock);
	if (!opened.ok) return noticeResponse(opened.reason, options, false);

	if (path === "/_freehold/open") {
		if (opened.value.manifest.isBlocked) return noticeResponse("blocked", options, false);
		return openingPage(request, config, options);
	}
	const library = path.startsWith(libraryPrefix) ? findLibrary(path) : null;
	if (!library) return noticeResponse("not_found", options, false);
	const headers = new Headers(commonHeaders(options));
	headers.set("Content-Type", library.contentType);
	headers.set("Cache-Control", "public, max-age=31536000, immutable");
	return new Response(library.body, { headers });
}

function healthz(isInRegion: boolean, config: HostConfig, options: HeaderOptions): Response {
	const headers = new Headers(commonHeaders(options));
	headers.set("Content-Type", "application/json; charset=utf-8");
	const body = { ok: isInRegion, worker: "sandbox-host", region: config.region };
	return new Response(`${JSON.stringify(body)}\n`, { status: isInRegion ? 200 : 503, headers });
}

function withoutForeignCookies(request: Request, response: Response, domains: readonly string[]): Response {
	const deleted = deletedForeignCookies(request, domains);
	if (deleted.length === 0) return response;
	const changed = new Response(response.body, response);
	for (const cookie of deleted) changed.headers.append("Set-Cookie", cookie);
	return changed;
}

export default {
	async fetch(request, env) {
		try {
			const answered = await answerOverTls(request, env.PUBLIC_URL, () => handle(request, env));
			const response = withoutForeignCookies(request, answered, readConfig(env)?.cookieDomains ?? []);
			return request.method === "HEAD" ? new Response(null, response) : response;
		} catch {
			log("error", "app_origin.failed", { worker: "sandbox-host" });
			const config = readConfig(env);
			if (!config) return new Response(null, { status: 503 });
			return noticeResponse(
				"unavailable",
				{ studioOrigin: config.studioOrigin, scriptHashes: [], isPublic: false, connect: [] },
				false,
			);
		}
	},
} satisfies ExportedHandler<HostEnv>;
