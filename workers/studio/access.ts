// Who may do what: the one place that turns a session and an app's id into a role and a scope. Foreign and missing are the same 404.
import type { MiddlewareHandler } from "hono";
import { findGrant } from "#db/directory/grants.ts";
import { getApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import type { Role } from "#schema/api/apps.ts";
import { AppId } from "#schema/ids.ts";
import type { Access, AppAccess, Session, StudioContext, StudioTypes } from "./http.ts";
import { openTenant } from "./tenants.ts";

const rank: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };
const needed: Partial<Record<Access, Role>> = { "app:view": "viewer", "app:edit": "editor", "app:own": "owner" };

/** The session's access to an app: its own tenant first, then a grant. Throws `not_found`, also for apps of others. */
async function findAppAccess(c: StudioContext, session: Session, appId: AppId): Promise<AppAccess> {
	const { env } = c;
	const directory = c.get("directory");
	const own = await openTenant(env, directory, { ownerId: session.ownerId, mayWrite: true });
	if (await getApp(own, appId)) return { appId, ownerId: session.ownerId, role: "owner", scope: own };
	const grant = await findGrant(directory, session.accountId, appId);
	if (!grant) throw new AppError("not_found");
	const scope = await openTenant(env, directory, {
		ownerId: grant.ownerId,
		// a member of the workspace has the tenant's width; a guest of one app sees only that app
		appId: grant.appId === null ? null : appId,
		mayWrite: grant.role === "editor",
	});
	// a grant may outlive its app
	if (!(await getApp(scope, appId))) throw new AppError("not_found");
	return { appId, ownerId: grant.ownerId, role: grant.role, scope };
}

/** The guard behind `access(…)` of route definitions. */
export function guardRoute(who: Access): MiddlewareHandler<StudioTypes> {
	return async function guarded(c, next) {
		if (who !== "anyone") {
			const session = c.get("session");
			if (!session) throw new AppError("unauthenticated");
			if (who === "workspace") {
				c.set("scope", await openTenant(c.env, c.get("directory"), { ownerId: session.ownerId, mayWrite: true }));
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
		await next();
	};
}
