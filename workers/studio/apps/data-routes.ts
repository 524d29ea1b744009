// The data that an app has saved: how much there is at its two origins, and deleting all of it.
import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "#lib/http/errors.ts";
import { AppData } from "#schema/api/apps.ts";
import { AppId, type Label } from "#schema/ids.ts";
import { access } from "../access.ts";
import { answer, type StudioApp, type StudioContext } from "../http.ts";

const AppParams = z.strictObject({ appId: AppId });
const Which = z.enum(["draft", "live"]);

function labelsOf(c: StudioContext): Record<z.infer<typeof Which>, Label | null> {
	const { app } = c.get("app");
	return { draft: app.previewLabel, live: app.liveLabel };
}

async function countData(c: StudioContext, label: Label | null): Promise<AppData["draft"]> {
	if (!label) return null;
	const found = await c.env.ACCESS.inventory(label);
	if (!found.ok) throw new AppError("unavailable");
	return found.value;
}

export function registerDataRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/data",
			...access("app:own"),
			request: { params: AppParams },
			responses: {
				200: answer(AppData, "How many records each origin of the app keeps; null for one that is not there"),
			},
		}),
		async (c) => {
			const labels = labelsOf(c);
			const [draft, live] = await Promise.all([countData(c, labels.draft), countData(c, labels.live)]);
			return c.json({ draft, live }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}/data/{which}",
			...access("app:own"),
			request: { params: z.strictObject({ appId: AppId, which: Which }) },
			responses: { 204: { description: "Every record and everything that people have stored there is deleted" } },
		}),
		async (c) => {
			const label = labelsOf(c)[c.req.valid("param").which];
			if (!label) throw new AppError("not_found");
			const done = await c.env.ACCESS.resetData(label);
			if (!done.ok) throw new AppError("unavailable");
			return c.body(null, 204);
		},
	);
}
