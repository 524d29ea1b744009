// The studio: what every request passes, in order, and what is mounted. An app is a function of nothing but its bindings.

import { AppError, answerError } from "#lib/http/errors.ts";
import { registerModelRoutes } from "./ai/routes.ts";
import { registerDataRoutes } from "./apps/data-routes.ts";
import { showApp } from "./apps/describe-app.ts";
import { registerAppRoutes } from "./apps/routes.ts";
import { registerOperatorActionRoutes } from "./audit/operator-actions.ts";
import { registerBuildRoutes } from "./builds/routes.ts";
import { registerCreditRoutes } from "./credits/routes.ts";
import { registerHistoryRoutes } from "./history/routes.ts";
import { makeRoutes, type StudioApp } from "./http.ts";
import { registerIdentityRoutes } from "./identity/routes.ts";
import { readSession } from "./identity/session.ts";
import { documentRoutes } from "./openapi.ts";
import { region, requestId, sameOrigin, securityHeaders, size } from "./protect.ts";
import { registerDiscoverRoutes } from "./sharing/discover.ts";
import { registerReportRoutes } from "./sharing/reports.ts";
import { registerSharingRoutes } from "./sharing/routes.ts";
import { openRegion } from "./tenants.ts";
import { registerPages } from "./ui/pages.tsx";
import { registerVersionRoutes } from "./versions/routes.ts";

export function makeStudio(): StudioApp {
	const app = makeRoutes();
	app.onError(answerError);
	app.use(requestId, securityHeaders, region);
	app.get("/healthz", (c) => c.json({ ok: true, worker: "studio", region: c.get("region") }));
	app.use(sameOrigin, size);
	app.use(async function stores(c, next) {
		// assets are the same for everyone and need no store
		if (!c.req.path.startsWith("/assets/")) {
			c.set("directory", await openRegion(c.env));
			c.set("session", await readSession(c));
		}
		await next();
	});

	registerIdentityRoutes(app);
	registerAppRoutes(app);
	registerDataRoutes(app);
	registerVersionRoutes(app);
	registerBuildRoutes(app);
	registerSharingRoutes(app);
	registerDiscoverRoutes(app);
	registerReportRoutes(app);
	registerCreditRoutes(app);
	registerOperatorActionRoutes(app);
	registerModelRoutes(app);
	registerHistoryRoutes(app);
	documentRoutes(app);
	app.all("/api/*", () => {
		throw new AppError("not_found");
	});
	registerPages(app, showApp);
	return app;
}
