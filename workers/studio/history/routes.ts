// The prompt history: one's own prompts, searched after opening, deleted with their conversation and disclosures.
import { createRoute, z } from "@hono/zod-openapi";
import { listApps } from "#db/stores/apps.ts";
import { listPrompts } from "#db/stores/prompt-history.ts";
import { AppError } from "#lib/http/errors.ts";
import { HistoryEntry } from "#schema/api/workspace.ts";
import { BuildId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { answer, type StudioApp } from "../http.ts";
import { deletePromptEverywhere } from "./delete-prompt.ts";

export function registerHistoryRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/history",
			...access("workspace"),
			request: {
				query: z.strictObject({ q: z.string().max(200).optional(), before: z.string().max(80).optional() }),
			},
			responses: {
				200: answer(z.strictObject({ entries: z.array(HistoryEntry), next: z.string().nullable() }), "Newest first"),
			},
		}),
		async (c) => {
			const scope = c.get("scope");
			const { q, before } = c.req.valid("query");
			const { prompts, next } = await listPrompts(scope, {
				...(q ? { search: q } : {}),
				...(before === undefined ? {} : { before }),
			});
			const names = new Map((await listApps(scope)).map(({ id, name }) => [id, name]));
			const entries = prompts.map(({ buildId, appId, prompt, state, createdAt }) => ({
				buildId,
				appId,
				prompt,
				state,
				appName: names.get(appId) ?? "",
				at: createdAt,
			}));
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
