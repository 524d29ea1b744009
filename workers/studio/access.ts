// Who may do what: the one place that turns a session and an app's id into a role and a scope. Foreign and missing are the same 404.
import type { MiddlewareHandler } from "hono";
import type { Directory } from "#db/directory/handle.ts";
import type { PlacedGrant } from "#db/directory/signed-in.ts";
import type { Scope } from "#db/open.ts";
import { findAppIn } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { Role } from "#schema/api/apps.ts";
import { AppId } from "#schema/ids.ts";
import { type Access, type AppAccess, type Session, type StudioContext, type StudioTypes, sessionOf } from "./http.ts";
import { findSessionNow } from "./identity/session.ts";
import { countLimited, type Limiter } from "./limits.ts";
import { openTenant } from "./tenants.ts";

type Caller = Pick<Session, "ownerId" | "shard" | "grants">;

const rank: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };
const needed: Partial<Record<Access, Role>> = { "app:view": "viewer", "app:edit": "editor", "app:own": "owner" };

/** The session's access to an app: its own tenant first, then grants; all are asked at once. Throws `not_found`, also for apps of others. */
async function findAppAccess(c: StudioContext, session: Caller, appId: AppId): Promise<AppAccess> {
	const directory = c.get("directory");
	const { ownerId, shard } = session;
	const own = openTenant(c.env, directory, { ownerId, shard, mayWrite: true });
	const ways = await Promise.all([
		own.then((scope) => ({ role: "owner" as Role, ownerId, shard, scope })),
		...grantsFor(session, appId).map(async (grant) => {
			const scope = await openGranted(c, directory, grant);
			return scope && { role: grant.role, ownerId: grant.ownerId, shard: grant.shard, scope };
		}),
	]);
	const open = ways.filter((way) => way !== null);
	// a grant may outlive its app, and a workspace's grant says nothing of this one
	const found = await findAppIn(
		open.map(({ scope }) => scope),
		appId,
	);
	const way = found && open[found.at];
	if (way) return { appId, ...way, app: found.app };
	throw new AppError("not_found");
}

/** Grants that may cover the app, the strongest first. */
function grantsFor({ grants }: Caller, appId: AppId): PlacedGrant[] {
	const covering = grants.filter((grant) => grant.appId === null || grant.appId === appId);
	return covering.sort((one, other) => rank[other.role] - rank[one.role]);
}

/** A member of the workspace has the tenant's width; a guest of one app sees only that app. Null when the tenant is gone. */
export async function openGranted(c: StudioContext, directory: Directory, grant: PlacedGrant): Promise<Scope | null> {
	const { ownerId, appId, role, shard } = grant;
	try {
		return await openTenant(c.env, directory, { ownerId, appId, shard, mayWrite: role === "editor" });
	} catch (error) {
		if (error instanceof AppError && error.code === "not_found") return null;
		throw error;
	}
}

/** Whether session and role still hold, asked anew: for a stream, which outlives the check at its start. */
export async function mayStill(c: StudioContext, role: Role): Promise<boolean> {
	try {
		const session = await findSessionNow(c);
		return session !== null && rank[(await findAppAccess(c, session, c.get("app").appId)).role] >= rank[role];
	} catch {
		// not found any more, or a store that does not answer: a watcher who may watch comes back
		return false;
	}
}

/**
 * For `createRoute({ …, ...access("app:edit", byAccount("saveAccount")) })`: who may call the route and how often. Both stand in
 * the API's document. Limits are counted before the input is looked at: those of the callers themselves while it is looked up whether
 * they are let in, the others once they are. Who is not let in is told that, and nothing of limits.
 */
export function access(who: Access, ...limiters: Limiter[]) {
	const middleware: MiddlewareHandler<StudioTypes> = async (c, next) => {
		const own = limiters.every(({ isCallers }) => isCallers);
		const count = () => countLimited(c, limiters);
		// a refusal is kept until it is known whether the caller is let in
		const counted = own
			? count().then(
					() => null,
					(refusal: unknown) => ({ refusal }),
				)
			: null;
		await requireAccess(c, who);
		const refused = await (counted ?? count());
		if (refused) throw refused.refusal;
		await next();
	};
	return { middleware: [middleware], "x-access": who, "x-limits": limiters.map(({ kind }) => kind) };
}

/** Lets the request pass, with its `scope` or its `app` set, or throws AppError. A route names it in `access(…)`, a page calls it. */
export async function requireAccess(c: StudioContext, who: Access): Promise<void> {
	if (who === "anyone") return;
	const session = sessionOf(c);
	if (who === "workspace") {
		const { ownerId, shard } = session;
		c.set("scope", await openTenant(c.env, c.get("directory"), { ownerId, shard, mayWrite: true }));
	}
	const role = needed[who];
	if (role) {
		const appId = AppId.safeParse(c.req.param("appId"));
		if (!appId.success) throw new AppError("not_found");
		const found = await findAppAccess(c, session, appId.data);
		if (rank[found.role] < rank[role]) throw new AppError("forbidden");
		c.set("app", found);
	}
}
