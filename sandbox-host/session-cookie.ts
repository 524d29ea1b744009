// The cookie of a viewer session. `__Host-`: no sibling app can set or replace it. Partitioned (CHIPS): it exists only inside
// the studio's page, so an app opened at top level or framed by a stranger has no session.

const name = "__Host-freehold_app";

export function sessionCookie(token: string, ttlSeconds: number): string {
	return `${name}=${token}; Path=/; Max-Age=${ttlSeconds}; Secure; HttpOnly; SameSite=None; Partitioned`;
}

/** The session token of a request, or null. Two cookies of that name are none: one of them is not ours. */
export function readToken(request: Request): string | null {
	const found = (request.headers.get("Cookie") ?? "")
		.split(";")
		.map((pair) => pair.trim())
		.filter((pair) => pair.startsWith(`${name}=`));
	const token = found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
	return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null;
}
