// Reporting an app, wherever somebody has seen it: in Discover, on its own address, by a link or an invitation. Reports go to the
// operator, who can block the app or suspend its owner.
import { createRoute, z } from "@hono/zod-openapi";
import { findLabel } from "#db/directory/labels.ts";
import { addReport } from "#db/directory/reports.ts";
import { ReportApp } from "#schema/api/sharing.ts";
import { access } from "../access.ts";
import { answer, body, type StudioApp } from "../http.ts";
import { byLabel, byNetwork } from "../limits.ts";

export function registerReportRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "post",
			path: "/api/reports",
			...access("anyone", byNetwork("reportNetwork"), byLabel("reportApp")),
			request: { body: body(ReportApp) },
			responses: {
				202: answer(
					z.strictObject({ received: z.literal(true) }),
					"The operator will look at it. An address that no app has is answered alike.",
				),
			},
		}),
		async (c) => {
			const { label, reason, text } = c.req.valid("json");
			const directory = c.get("directory");
			const found = await findLabel(directory, label);
			if (found?.state === "active") await addReport(directory, { appId: found.appId, reason, text });
			return c.json({ received: true as const }, 202);
		},
	);
}
