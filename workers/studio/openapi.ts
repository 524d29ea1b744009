// /api/openapi.json, generated from the same routes and schemas that serve. Every operation can also answer with an error.
import type { StudioApp } from "./http.ts";

const info = {
	title: "Freehold studio",
	version: "1",
	description:
		"Everything the pages do. Same origin only: unsafe methods need the studio's own Origin. `x-access` says who may call.",
};

const errorAnswer = {
	description: "What went wrong, and what helps. `fields` names inputs.",
	content: {
		"application/json": {
			schema: {
				type: "object",
				required: ["error"],
				properties: {
					error: {
						type: "object",
						required: ["code", "message", "requestId"],
						additionalProperties: false,
						properties: {
							code: { type: "string" },
							message: { type: "string" },
							requestId: { type: "string" },
							fields: { type: "object", additionalProperties: { type: "string" } },
						},
					},
				},
			},
		},
	},
} as const;

export function documentRoutes(app: StudioApp): void {
	let made: unknown = null;
	app.get("/api/openapi.json", (c) => {
		made ??= describe(app);
		return c.json(made as object);
	});
}

function describe(app: StudioApp): unknown {
	const document = app.getOpenAPI31Document({ openapi: "3.1.0", info });
	for (const operations of Object.values(document.paths ?? {})) {
		for (const operation of Object.values(operations ?? {})) {
			if (isOperation(operation)) operation.responses["default"] = errorAnswer;
		}
	}
	return document;
}

const isOperation = (value: unknown): value is { responses: Record<string, unknown> } =>
	typeof value === "object" && value !== null && "responses" in value;
