// The prompt history: searched after opening, deleted with their conversation and disclosures.
import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "#lib/http/errors.ts";
import { HistoryEntry } from "#schema/api/workspace.ts";
import { BuildId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { answer, type StudioApp } from "../http.ts";
import { PageParams } from "../lists.ts";
import { deletePromptEverywhere } from "./delete-prompt.ts";
import { pageHistory } from "./page-history.ts";

export function registerHistoryRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/history",
			...access("workspace"),
			request: { query: PageParams.extend({ q: z.string().max(200).optional() }) },
			responses: {
				200: answer(z.strictObject({ entries: z.array(HistoryEntry), next: z.string().nullable() }), "Newest first"),
			},
		}),
		async (c) => {
			const { q, after } = c.req.valid("query");
			const { items: entries, next } = await pageHistory(c, { after, search: q });
			return c.json({ entries, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/history/{buildId}",
			...access("workspace"),
			request: { params: z.strictObject({ buildId: BuildId }) },
			responses: { 204: { description: "The prompt, its conversation and what was disclosed for it are gone" } },
		}),
		async (c) => {
			const { buildId } = c.req.valid("param");
			if (!(await deletePromptEverywhere(c.env, c.get("scope"), buildId))) throw new AppError("not_found");
			return c.body(null, 204);
		},
	);
}
