// What the operator did to a workspace with the product's commands: plans, credits, blocks, suspensions. Its owner can read it.
import { createRoute, z } from "@hono/zod-openapi";
import { pageOperatorActions } from "#db/directory/operator-log.ts";
import { OperatorAction } from "#schema/api/workspace.ts";
import { access } from "../access.ts";
import { answer, type StudioApp } from "../http.ts";
import { PageParams } from "../lists.ts";

export function registerOperatorActionRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/operator-actions",
			...access("workspace"),
			request: { query: PageParams },
			responses: {
				200: answer(
					z.strictObject({ actions: z.array(OperatorAction), next: z.string().nullable() }),
					"What the operator did, newest first",
				),
			},
		}),
		async (c) => {
			const { items, next } = await pageOperatorActions(
				c.get("directory"),
				c.get("scope").ownerId,
				c.req.valid("query"),
			);
			return c.json({ actions: items.map(({ id, at, action, subject }) => ({ id, at, action, subject })), next }, 200);
		},
	);
}
