// The two cookies of an app origin: the secret that an opening is bound to, and the viewer session that comes of it.
//
// `__Host-Http-`: only a response over TLS can set them, HttpOnly, for this host and path / (RFC 6265bis, draft 20 and later).
// So the app's own code can neither read, plant nor overwrite one: a planted session of the app's owner would carry what a
// visitor types to the owner. Partitioned (CHIPS): they exist only inside the studio's page, so an app opened at top level or
// framed by a stranger has none.

const sessionName = "__Host-Http-freehold_app";
const openingName = "__Host-Http-freehold_open";
const ownNames: ReadonlySet<string> = new Set([sessionName, openingName]);

/** How long a person's browser may take from the opening page to the session. Longer than a code lives. */
const openingSeconds = 120;
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

const write = (name: string, value: string, maxAge: number): string =>
	`${name}=${value}; Path=/; Max-Age=${maxAge}; Secure; HttpOnly; SameSite=None; Partitioned`;

export const sessionCookie = (token: string, ttlSeconds: number): string => write(sessionName, token, ttlSeconds);
export const openingCookie = (secret: string): string => write(openingName, secret, openingSeconds);

/**
 * Takes the session's place for a framed visitor without one. Browsers that do not know the prefix let a script set such a
 * cookie, but no browser lets a script replace one that is HttpOnly. It says nothing about the visitor.
 */
export const placeholderCookie = (ttlSeconds: number): string => write(sessionName, "none", ttlSeconds);

/** The session token of a request, or null. */
export const readToken = (request: Request): string | null => readOwn(request, sessionName);

/** The secret of an opening that is under way in this browser, or null. */
export const readOpening = (request: Request): string | null => readOwn(request, openingName);

export const hasSessionCookie = (request: Request): boolean =>
	cookiesOf(request).some(({ name }) => name === sessionName);

/** Two cookies of one name are none: one of them is not ours. */
function readOwn(request: Request, name: string): string | null {
	const found = cookiesOf(request).filter((cookie) => cookie.name === name);
	const value = found.length === 1 ? found[0]?.value : undefined;
	return value !== undefined && tokenShape.test(value) ? value : null;
}

function cookiesOf(request: Request): { name: string; value: string }[] {
	return (request.headers.get("Cookie") ?? "")
		.split(";")
		.map((pair) => pair.trim())
		.filter(Boolean)
		.map((pair) => {
			const at = pair.indexOf("=");
			return at === -1 ? { name: "", value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
		});
}

/** Deletes both of our cookies, by name: `Clear-Site-Data: "cookies"` would take those of every sibling app along. */
export const deletedCookies = (): string[] => [
	...[...ownNames].map((name) => write(name, "", 0)),
	...[...ownNames].map((name) => `${name}=; Path=/; Max-Age=0; Secure; HttpOnly`),
];

const maxDeleted = 40;

/**
 * Deletes every cookie that is not ours. Apps have no cookies (the bridge takes them away), and one that a sibling app set for
 * the parent domain would reach all apps of the region: enough of them, and no request fits a header any more.
 * `parents` are the domains above this host that such a cookie can have been set for.
 */
export function deletedForeignCookies(request: Request, parents: readonly string[]): string[] {
	const foreign = new Set(
		cookiesOf(request)
			.map(({ name }) => name)
			.filter((name) => !ownNames.has(name)),
	);
	return [...foreign]
		.slice(0, maxDeleted)
		.flatMap((name) => [
			`${name}=; Path=/; Max-Age=0; Secure`,
			...parents.map((domain) => `${name}=; Domain=${domain}; Path=/; Max-Age=0; Secure`),
		]);
}
