// Answers a request for a file of an app. Who may have it is decided here, from what openLabel found and what the browser
// says the request is for (Fetch Metadata, W3C).
import { systemClock } from "#lib/clock.ts";
import { sessionSeconds } from "./access-store.ts";
import { type BundleIndex, findFile, packKey } from "./bundle.ts";
import { cached } from "./content-cache.ts";
import { isDocument, isInert } from "./content-type.ts";
import { htmlTemplate, moduleTemplate, type PageTemplate, renderPage } from "./documents.ts";
import type { HostConfig, HostEnv } from "./env.ts";
import { commonHeaders, type HeaderOptions, inertHeaders, ownFiles, wholeOrigin } from "./headers.ts";
import { fileOfPath, isAppPath } from "./hosts.ts";
import { noticeResponse } from "./notices.ts";
import { openingPage } from "./opening.ts";
import { type Opened, openLabel } from "./registry.ts";
import { hasSessionCookie, placeholderCookie, readToken } from "./session-cookie.ts";

export async function serveApp(
	request: Request,
	url: URL,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
): Promise<Response> {
	const destination = request.headers.get("Sec-Fetch-Dest");
	const isTop = destination === null || destination === "document";
	if (request.method !== "GET" && request.method !== "HEAD") return noticeResponse("method", options, false);

	const opened = await openLabel(env, config, label, readToken(request), systemClock);
	if (!opened.ok) return noticeResponse(opened.reason, options, false);
	const { manifest } = opened.value;
	// A page that the studio loads anew starts at /_freehold/open, so that it is of the person who is signed in there now, and
	// not of somebody whose session this browser still keeps. Only the app's own pages go on with a session.
	// At top level there is no session at all: a cookie that is there was planted.
	const isOwn = request.headers.get("Sec-Fetch-Site") === "same-origin";
	const viewer = isOwn && !isTop ? opened.value.viewer : null;
	if (manifest.isBlocked) return noticeResponse("blocked", options, false);

	const isPublic = manifest.audience === "public";
	const answerOptions = { ...options, isPublic: isPublic && viewer === null, isTop };
	const named = fileOfPath(url.pathname);
	const wantsPage = isTop || destination === "iframe";
	if (!isPublic) {
		// a private app at top level would run where neither the studio nor its frame-src is around it
		if (isTop) return noticeResponse("private", options, true);
		if (!viewer) {
			// The frame of somebody whose session is over starts again: the opening page stands in the place of the app's page, and
			// goes on there. Not by a redirect: the browser follows none from inside an app (Connection-Allowlist). It stands for
			// every name that a page may have; anything else of a private app does not exist.
			const mayBePage = named !== null && (isDocument(named) || isAppPath(named));
			if (destination === "iframe" && mayBePage) return openingPage(request, config, options, 401);
			return noticeResponse("not_found", options, false);
		}
	} else if (!wantsPage && request.headers.get("Sec-Fetch-Site") === "cross-site") {
		return noticeResponse("not_found", options, false);
	}

	const bundle = manifest.bundle;
	if (!bundle) return noticeResponse("not_deployed", options, false);
	if (named === null) return noticeResponse("not_found", answerOptions, isTop);
	// the app's own paths are its start page's; what a script, an image or fetch() asks for is a file or nothing
	const path = wantsPage && isAppPath(named) && !findFile(bundle, named) ? "index.html" : named;
	const origin = config.originOf(label);
	// a worker's policy is that of its script, so scripts too get the app's own files only
	const fileOptions = {
		...answerOptions,
		connect: ownFiles(
			origin,
			bundle.files.map((file) => file.path),
		),
	};
	if (isDocument(path)) {
		// visitors have nothing to ask of the API: what they add stays in their browser
		const mayAsk = destination === "iframe" && viewer !== null && viewer.role !== "visitor";
		const pageOptions = mayAsk ? { ...answerOptions, connect: wholeOrigin } : fileOptions;
		const page = await servePage(path, bundle, { manifest, viewer }, label, env, config, pageOptions, isTop);
		if (destination === "iframe" && !hasSessionCookie(request)) {
			page.headers.append("Set-Cookie", placeholderCookie(sessionSeconds));
			page.headers.set("Cache-Control", "private, no-store");
		}
		return page;
	}

	const file = findFile(bundle, path);
	if (!file) return noticeResponse("not_found", answerOptions, isTop);
	const headers = new Headers(isInert(path) ? inertHeaders(fileOptions) : commonHeaders(fileOptions));
	headers.set("Content-Type", file.contentType);
	if (/\.pdf$/i.test(path)) headers.set("Content-Disposition", "attachment");
	headers.set("ETag", file.etag);
	if (request.headers.get("If-None-Match") === file.etag) return new Response(null, { status: 304, headers });
	const body = await readBytes(env, label, bundle, path, file);
	return body ? new Response(body, { headers }) : noticeResponse("unavailable", answerOptions, false);
}

async function servePage(
	path: string,
	bundle: BundleIndex,
	{ manifest, viewer }: Opened,
	label: string,
	env: HostEnv,
	config: HostConfig,
	options: HeaderOptions,
	isTop: boolean,
): Promise<Response> {
	const template = await cached<PageTemplate>(`page ${label} ${bundle.bundleId} ${path}`, async () => {
		if (bundle.entry === "module" && path === "index.html") return sized(moduleTemplate(bundle));
		const file = findFile(bundle, path);
		const body = file && (await readBytes(env, label, bundle, path, file));
		return body ? sized(htmlTemplate(bundle, new TextDecoder().decode(body))) : null;
	});
	if (!template) return noticeResponse("not_found", options, isTop);
	const headers = new Headers(commonHeaders(options));
	headers.set("Content-Type", "text/html; charset=utf-8");
	// the page names its viewer: one with a session must never be kept for one without
	headers.set("Vary", "Cookie, Sec-Fetch-Dest, Sec-Fetch-Site");
	return new Response(
		renderPage(template, {
			studioOrigin: config.studioOrigin,
			kind: manifest.kind,
			role: viewer?.role ?? "visitor",
			name: viewer?.name ?? "",
			hasSession: viewer !== null,
		}),
		{ headers },
	);
}

const sized = (template: PageTemplate) => ({
	value: template,
	bytes: 2 * (template.before.length + template.after.length),
});

async function readBytes(
	env: HostEnv,
	label: string,
	bundle: BundleIndex,
	path: string,
	file: { at: number; size: number },
): Promise<Uint8Array<ArrayBuffer> | null> {
	if (file.size === 0) return new Uint8Array(0);
	return cached(`file ${label} ${bundle.bundleId} ${path}`, async () => {
		const range = { offset: file.at, length: file.size };
		const object = await env.APPS.get(packKey(label, bundle.bundleId), { range });
		if (!object || !("body" in object)) return null;
		return { value: new Uint8Array(await object.arrayBuffer()), bytes: file.size };
	});
}
