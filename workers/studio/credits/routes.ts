// Credits: the plan, the balance, and every change of it.
import { createRoute } from "@hono/zod-openapi";
import { getBalance, pageLedger } from "#db/stores/credits.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { AppError } from "#lib/http/errors.ts";
import { Credits } from "#schema/api/workspace.ts";
import { access } from "../access.ts";
import { answer, type StudioApp } from "../http.ts";
import { PageParams } from "../lists.ts";

export function registerCreditRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/credits",
			...access("workspace"),
			request: { query: PageParams },
			responses: { 200: answer(Credits, "Plan, balance and ledger, newest first") },
		}),
		async (c) => {
			const scope = c.get("scope");
			const [workspace, balance, { items, next }] = await Promise.all([
				getWorkspace(scope),
				getBalance(scope),
				pageLedger(scope, c.req.valid("query")),
			]);
			if (!workspace) throw new AppError("not_found");
			return c.json({ plan: workspace.plan, balance, entries: items, next }, 200);
		},
	);
}
