// The headers that keep an app's page from talking to anything but its own origin (docs/decisions/021). Measured in Chromium;
// each directive closes one of the ways out that an app, or whoever wrote its code, could use to carry data away.

export interface HeaderOptions {
	studioOrigin: string;
	/** CSP sources of the inline import map: `'sha256-…'`. */
	scriptHashes: readonly string[];
	isPublic: boolean;
}

const permissions = [
	"accelerometer",
	"ambient-light-sensor",
	"attribution-reporting",
	"autoplay",
	"bluetooth",
	"browsing-topics",
	"camera",
	"captured-surface-control",
	"clipboard-read",
	"clipboard-write",
	"compute-pressure",
	"cross-origin-isolated",
	"deferred-fetch",
	"display-capture",
	"encrypted-media",
	"fullscreen",
	"gamepad",
	"geolocation",
	"gyroscope",
	"hid",
	"identity-credentials-get",
	"idle-detection",
	"interest-cohort",
	"join-ad-interest-group",
	"keyboard-map",
	"local-fonts",
	"magnetometer",
	"microphone",
	"midi",
	"otp-credentials",
	"payment",
	"picture-in-picture",
	"publickey-credentials-create",
	"publickey-credentials-get",
	"run-ad-auction",
	"screen-wake-lock",
	"serial",
	"shared-storage",
	"storage-access",
	"sync-xhr",
	"unload",
	"usb",
	"web-share",
	"window-management",
	"xr-spatial-tracking",
];
const permissionsPolicy = permissions.map((name) => `${name}=()`).join(", ");

/** What every answer of an app origin carries, errors too. */
export function commonHeaders(options: HeaderOptions): Record<string, string> {
	return {
		"Content-Security-Policy": contentSecurityPolicy(options),
		"Connection-Allowlist": "(response-origin)",
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

function contentSecurityPolicy({ studioOrigin, scriptHashes }: HeaderOptions): string {
	return [
		"default-src 'none'",
		["script-src 'self' blob:", ...scriptHashes].join(" "),
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self' data:",
		"media-src 'self' blob:",
		"connect-src 'self'",
		"worker-src 'self' blob:",
		"frame-src 'none'",
		"form-action 'none'",
		"base-uri 'none'",
		"object-src 'none'",
		`frame-ancestors ${studioOrigin}`,
		"sandbox allow-scripts allow-same-origin allow-forms",
		"webrtc 'block'",
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
