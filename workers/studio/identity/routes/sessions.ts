// One's own sessions: seen and ended, one or all others. An ended session's next request is refused.
import { createRoute, z } from "@hono/zod-openapi";
import { getCookie } from "hono/cookie";
import { deleteSessionOfAccount, deleteSessionsOfAccount, listSessionsOfAccount } from "#db/directory/sessions.ts";
import { AppError } from "#lib/http/errors.ts";
import { Done, SessionSummary } from "#schema/api/account.ts";
import type { Id } from "#schema/ids.ts";
import { access } from "../../access.ts";
import { answer, type StudioApp, sessionOf } from "../../http.ts";
import { done } from "../call.ts";
import { endSession, sessionCookie } from "../session.ts";

const list = createRoute({
	method: "get",
	path: "/api/account/sessions",
	responses: { 200: answer(z.array(SessionSummary), "The sessions of this account, newest first.") },
	...access("account"),
});

const end = createRoute({
	method: "delete",
	path: "/api/account/sessions/{id}",
	request: { params: z.strictObject({ id: z.string().regex(/^ses_[0-9a-f]{32}$/) }) },
	responses: { 200: answer(Done, "That session has ended.") },
	...access("account"),
});

const endOthers = createRoute({
	method: "delete",
	path: "/api/account/sessions",
	responses: { 200: answer(Done, "Every session but this one has ended.") },
	...access("account"),
});

export function registerSessions(app: StudioApp): void {
	app.openapi(list, async (c) => {
		const { accountId, id: current } = sessionOf(c);
		const found = await listSessionsOfAccount(c.get("directory"), accountId);
		const summaries = found.map(({ id, userAgent, createdAt, updatedAt }) => ({
			id,
			device: userAgent ?? "Unknown device",
			createdAt,
			lastSeenAt: updatedAt,
			isCurrent: id === current,
		}));
		return c.json(summaries, 200);
	});

	app.openapi(end, async (c) => {
		const { accountId, id: current } = sessionOf(c);
		const id = c.req.valid("param").id as Id<"session">;
		if (!(await deleteSessionOfAccount(c.get("directory"), accountId, id))) throw new AppError("not_found");
		if (id === current) await endSession(c);
		return c.json(done, 200);
	});

	app.openapi(endOthers, async (c) => {
		const directory = c.get("directory");
		const kept = await directory.keys.hashToken(getCookie(c, sessionCookie) ?? "");
		await deleteSessionsOfAccount(directory, sessionOf(c).accountId, kept);
		return c.json(done, 200);
	});
}
