// /api/openapi.json, generated from the same routes and schemas that serve.
import type { StudioApp } from "./http.ts";

export function documentRoutes(app: StudioApp): void {
	app.doc31("/api/openapi.json", {
		openapi: "3.1.0",
		info: {
			title: "Freehold studio",
			version: "1",
			description:
				"Everything the pages do. Same origin only: unsafe methods need the studio's own Origin. Errors are {error: {code, message, requestId, fields?}}. `x-access` says who may call.",
		},
	});
}
