// The headers that keep an app's page from talking to anything but its own origin (docs/decisions/021). Measured in Chromium;
// each directive closes one of the ways out that an app, or whoever wrote its code, could use to carry data away.

export interface HeaderOptions {
	studioOrigin: string;
	/** CSP sources of the inline import map: `'sha256-…'`. */
	scriptHashes: readonly string[];
	isPublic: boolean;
	/**
	 * CSP sources that a page may fetch from, besides scripts and images. Empty for none. Only a framed page with a session gets
	 * all of its origin; any other gets the app's own files, so that no code of an app can reach /_freehold/session or
	 * /_freehold/api for a visitor, whatever cookies it has planted in the browser.
	 */
	connect: readonly string[];
	/** At top level a person may follow our own link to report the app; no other address can be reached. */
	isTop?: boolean;
}

/**
 * Every feature that Chromium 156 names, off, but for two that carry nothing away: announcements to screen readers, and sound
 * while the page is hidden. A name that a browser does not know would be a warning on each page of an app.
 */
const permissionsPolicy = `
	accelerometer autoplay browsing-topics camera captured-surface-control clipboard-read clipboard-write
	compute-pressure cross-origin-isolated deferred-fetch deferred-fetch-minimal digital-credentials-create
	digital-credentials-get display-capture encrypted-media fullscreen gamepad geolocation gyroscope hid
	identity-credentials-get idle-detection interest-cohort keyboard-map language-detector language-model local-fonts
	local-network local-network-access loopback-network magnetometer microphone midi
	on-device-speech-recognition otp-credentials payment picture-in-picture private-state-token-issuance
	private-state-token-redemption publickey-credentials-create publickey-credentials-get screen-wake-lock serial
	speaker-selection storage-access summarizer sync-xhr translator unload usb window-management xr-spatial-tracking
`
	.trim()
	.split(/\s+/)
	.map((name) => `${name}=()`)
	.join(", ");

/** For a page that may use the API of its own origin. */
export const wholeOrigin: readonly string[] = ["'self'"];

/**
 * The app's own files as CSP sources: each file at the top, and each folder as a whole (CSP Level 3 §6.7.2.11: a path that ends
 * in a slash matches all below it). `/_freehold/` is reserved, so it is never among them.
 */
export function ownFiles(origin: string, paths: Iterable<string>): string[] {
	const tops = new Set<string>();
	for (const path of paths) {
		const slash = path.indexOf("/");
		tops.add(slash === -1 ? path : path.slice(0, slash + 1));
	}
	// a space, comma or semicolon would end the source, the policy or the directive
	const encode = (path: string) => encodeURI(path).replace(/[;,'?#]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
	return [...tops].map((top) => `${origin}/${encode(top)}`);
}

/** What every answer of an app origin carries, errors too. */
export function commonHeaders(options: HeaderOptions): Record<string, string> {
	return {
		"Content-Security-Policy": contentSecurityPolicy(options),
		"Connection-Allowlist": options.isTop ? `(response-origin "${options.studioOrigin}")` : "(response-origin)",
		"Origin-Agent-Cluster": "?1",
		"Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy": "no-referrer",
		"X-Content-Type-Options": "nosniff",
		"Permissions-Policy": permissionsPolicy,
		"X-DNS-Prefetch-Control": "off",
		"X-Robots-Tag": "noindex, nofollow",
		"Cache-Control": options.isPublic ? "public, no-cache" : "private, no-store",
	};
}

function contentSecurityPolicy({ studioOrigin, scriptHashes, connect }: HeaderOptions): string {
	return [
		"default-src 'none'",
		["script-src 'self' blob:", ...scriptHashes].join(" "),
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self' data:",
		"media-src 'self' blob:",
		`connect-src ${connect.length > 0 ? connect.join(" ") : "'none'"}`,
		"worker-src 'self' blob:",
		"frame-src 'none'",
		"form-action 'none'",
		"base-uri 'none'",
		"object-src 'none'",
		`frame-ancestors ${studioOrigin}`,
		"sandbox allow-scripts allow-same-origin allow-forms",
	].join("; ");
}

/**
 * For what a browser may show as a document of its own though it is not one of ours (SVG, XML, PDF): no scripts, and an
 * origin of its own. As an image or as data it works as ever.
 */
export function inertHeaders(options: HeaderOptions): Record<string, string> {
	return {
		...commonHeaders(options),
		"Content-Security-Policy": `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors ${options.studioOrigin}; sandbox`,
	};
}

/** For our own pages that say why an app is not shown: no scripts at all, and one link to the studio. */
export function noticeHeaders(options: HeaderOptions): Record<string, string> {
	return {
		...commonHeaders({ ...options, isPublic: false }),
		"Content-Security-Policy": `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors ${options.studioOrigin}; sandbox`,
		"Connection-Allowlist": `(response-origin "${options.studioOrigin}")`,
	};
}
