// The page that a private app's frame opens with. Only a browser that loads it as a frame's document gets a secret to open the app
// with: a fetch of an app's page does not, so the page can neither start an exchange nor read what it is bound to.
import { challengeOf, makeOpeningSecret } from "./access-store.ts";
import { openPage } from "./documents.ts";
import type { HostConfig } from "./env.ts";
import { commonHeaders, type HeaderOptions, wholeOrigin } from "./headers.ts";
import { noticeResponse } from "./notices.ts";
import { openingCookie, readOpening } from "./session-cookie.ts";

/**
 * Stands at /_freehold/open, or in the place of one of the app's own pages, where it goes on afterwards; `status` is then 401, since
 * the page that was asked for is not shown.
 */
export function openingPage(request: Request, config: HostConfig, options: HeaderOptions, status = 200): Response {
	if (request.headers.get("Sec-Fetch-Dest") !== "iframe") return noticeResponse("private", options, true);
	const headers = new Headers(commonHeaders({ ...options, isPublic: false, connect: wholeOrigin }));
	headers.set("Content-Type", "text/html; charset=utf-8");
	// a second frame of the same app, opening at the same time, goes on with the same secret
	const secret = readOpening(request) ?? makeOpeningSecret();
	headers.append("Set-Cookie", openingCookie(secret));
	return new Response(openPage(config.studioOrigin, challengeOf(secret)), { status, headers });
}
