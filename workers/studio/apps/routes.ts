// Apps: list, make, look at, change, delete, download, and open in a frame.
import { createRoute, z } from "@hono/zod-openapi";
import { changeApp } from "#db/stores/apps.ts";
import { AppError } from "#lib/http/errors.ts";
import { appOrigin } from "#lib/origins.ts";
import { AppDetail, AppSummary, ChangeApp, OpenApp, OpenedApp, StartBuild } from "#schema/api/apps.ts";
import { AppId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { prepareReferences, requireStartable, startBuild } from "../builds/start-build.ts";
import { zipApp } from "../files/zip.ts";
import { answer, body, type StudioApp, sessionOf } from "../http.ts";
import { byAccount } from "../limits.ts";
import { PageParams } from "../lists.ts";
import { eraseApp } from "../repair/erase.ts";
import { loadVersion } from "../versions/version-files.ts";
import { describeApp } from "./describe-app.ts";
import { pageOpenable } from "./list-apps.ts";
import { makeApp } from "./make-app.ts";

const AppParams = z.strictObject({ appId: AppId });

export function registerAppRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps",
			...access("workspace"),
			request: { query: PageParams.extend({ q: z.string().max(200).optional() }) },
			responses: {
				200: answer(
					z.strictObject({ apps: z.array(AppSummary), next: z.string().nullable() }),
					"Own apps, then apps shared by others; with `q`, those that have its words",
				),
			},
		}),
		async (c) => {
			const { after, q } = c.req.valid("query");
			const { items, next } = await pageOpenable(c, { after, search: q });
			return c.json({ apps: items, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps",
			...access("workspace", byAccount("makeAccount")),
			request: { body: body(StartBuild) },
			responses: {
				201: answer(z.strictObject({ appId: z.string(), buildId: z.string() }), "The app and its first build"),
			},
		}),
		async (c) => {
			const input = c.req.valid("json");
			const scope = c.get("scope");
			// everything that can be refused is refused before the app exists
			await prepareReferences(input.references, input.runtimeErrors);
			await requireStartable(c, scope, input.offerId);
			const place = { env: c.env, directory: c.get("directory"), scope };
			const about = { name: firstWords(input.prompt), description: "" };
			const { ownerId, shard } = sessionOf(c);
			const made = await makeApp(place, about, (appId) => startBuild(c, { ownerId, appId, shard }, input));
			return c.json({ appId: made.appId, buildId: made.filled }, 201);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}",
			...access("app:view"),
			request: { params: AppParams },
			responses: { 200: answer(AppDetail, "One app") },
		}),
		async (c) => c.json(await describeApp(c, c.get("app").app), 200),
	);

	app.openapi(
		createRoute({
			method: "patch",
			path: "/api/apps/{appId}",
			...access("app:own", byAccount("changeAccount")),
			request: { params: AppParams, body: body(ChangeApp) },
			responses: { 200: answer(AppDetail, "As it is now") },
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { name, description, mayFork } = c.req.valid("json");
			const changed = changeApp(scope, appId, {
				...(name === undefined ? {} : { name }),
				...(description === undefined ? {} : { description }),
				...(mayFork === undefined ? {} : { mayFork }),
			});
			return c.json(await describeApp(c, changed), 200);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/apps/{appId}",
			...access("app:own"),
			request: { params: AppParams },
			responses: { 204: { description: "Gone from every store" } },
		}),
		async (c) => {
			await eraseApp(c.env, c.get("directory"), c.get("app"));
			return c.body(null, 204);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/download",
			...access("app:edit"),
			request: { params: AppParams },
			responses: {
				200: { description: "The current version as a zip", content: { "application/zip": { schema: z.string() } } },
			},
		}),
		async (c) => {
			const { scope, appId, app: found } = c.get("app");
			const version = found.currentVersionId ? await loadVersion(c.env, scope, appId, found.currentVersionId) : null;
			if (!version) throw new AppError("not_found");
			const name = found.name.replace(/[^A-Za-z0-9 _-]/g, "").trim() || "app";
			const zip = zipApp(version.files);
			return c.body(zip, 200, {
				"Content-Type": "application/zip",
				"Content-Disposition": `attachment; filename="${name}.zip"`,
			});
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/open",
			...access("app:view"),
			request: { params: AppParams, body: body(OpenApp) },
			responses: { 200: answer(OpenedApp, "A single-use code for the frame that made the challenge") },
		}),
		async (c) => {
			const { app: found, role } = c.get("app");
			const session = sessionOf(c);
			const { kind, challenge } = c.req.valid("json");
			// drafts are for those who may change the app
			const label =
				kind === "draft"
					? role === "viewer"
						? null
						: found.previewLabel
					: found.publishedVersionId
						? found.liveLabel
						: null;
			if (!label) throw new AppError("not_found");
			const viewer = { role, accountId: session.accountId, linkId: null, name: session.name };
			const issued = await c.env.ACCESS.issueCode(label, viewer, challenge);
			if (!issued.ok) throw new AppError(issued.reason === "retired" ? "gone" : "unavailable");
			return c.json({ code: issued.value.code, origin: appOrigin(c.env, c.get("region"), label) }, 200);
		},
	);
}

/** A first name, until the builder gives a better one. */
function firstWords(prompt: string): string {
	const line = prompt.trim().split(/\r?\n/)[0] ?? "";
	const words = line.slice(0, 48);
	return (words.length < line.length ? words.replace(/\s+\S*$/, "…") : words) || "New app";
}
