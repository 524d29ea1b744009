// What the operator did to a workspace with the product's commands: plans, credits, blocks, suspensions. Its owner can read it.
import { createRoute, z } from "@hono/zod-openapi";
import { listOperatorActions } from "#db/directory/operator-log.ts";
import { OperatorAction } from "#schema/api/workspace.ts";
import { access } from "../access.ts";
import { answer, type StudioApp } from "../http.ts";

export function registerOperatorActionRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/operator-actions",
			...access("workspace"),
			responses: {
				200: answer(z.strictObject({ actions: z.array(OperatorAction) }), "Everything the operator did, newest first"),
			},
		}),
		async (c) => {
			const found = await listOperatorActions(c.get("directory"), c.get("scope").ownerId);
			return c.json({ actions: found.map(({ id, at, action, subject }) => ({ id, at, action, subject })) }, 200);
		},
	);
}
