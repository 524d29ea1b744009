// Versions: history, files, diff, an edit by hand, restore. Each change is a new immutable version.
import { createRoute, z } from "@hono/zod-openapi";
import { type HandVersions, pageVersions, type Version } from "#db/stores/versions.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { AppError, toWire } from "#lib/http/errors.ts";
import { EditByHand, FileDiff, FileProblem, VersionFiles, VersionSummary } from "#schema/api/apps.ts";
import type { FileOp } from "#schema/files.ts";
import { AppId, VersionId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { entitlements } from "../credits/plans.ts";
import { applyFileOps } from "../files/apply.ts";
import { checkFiles } from "../files/check.ts";
import { answer, body, type StudioApp, type StudioContext } from "../http.ts";
import { byAccount } from "../limits.ts";
import { PageParams } from "../lists.ts";
import { openTenant } from "../tenants.ts";
import { commitVersion } from "./commit-version.ts";
import { diffFiles } from "./diff.ts";
import { loadVersion } from "./version-files.ts";

const AppParams = z.strictObject({ appId: AppId });

const summarise = ({
	id,
	number,
	message,
	origin,
	parentId,
	sizeBytes,
	createdAt,
}: Omit<Version, "manifest" | "manifestKey">): VersionSummary => ({
	id,
	number,
	message,
	origin,
	parentId,
	sizeBytes,
	createdAt,
});

async function requireVersion(c: StudioContext, versionId: VersionId) {
	const { scope, appId } = c.get("app");
	const found = await loadVersion(c.env, scope, appId, versionId);
	if (!found) throw new AppError("not_found");
	return found;
}

/** By the owner's plan, also for an invited editor, whose own view of the workspace has none. */
async function mostByHand(c: StudioContext): Promise<HandVersions> {
	const { ownerId, shard } = c.get("app");
	const tenant = await openTenant(c.env, c.get("directory"), { ownerId, shard, mayWrite: false });
	return entitlements[(await getWorkspace(tenant))?.plan ?? "free"].handVersions;
}

export function registerVersionRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/versions",
			...access("app:edit"),
			request: { params: AppParams, query: PageParams },
			responses: {
				200: answer(z.strictObject({ versions: z.array(VersionSummary), next: z.string().nullable() }), "Newest first"),
			},
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { items, next } = await pageVersions(scope, appId, c.req.valid("query"));
			return c.json({ versions: items.map(summarise), next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/versions/{versionId}",
			...access("app:edit"),
			request: { params: z.strictObject({ appId: AppId, versionId: VersionId }) },
			responses: { 200: answer(VersionFiles, "A version with its files") },
		}),
		async (c) => {
			const { version, files } = await requireVersion(c, c.req.valid("param").versionId);
			return c.json({ version: summarise(version), files: [...files.values()] }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/diff",
			...access("app:edit"),
			request: { params: AppParams, query: z.strictObject({ from: VersionId, to: VersionId }) },
			responses: {
				200: answer(z.strictObject({ files: z.array(FileDiff) }), "What changed from one version to the other"),
			},
		}),
		async (c) => {
			const { from, to } = c.req.valid("query");
			const [before, after] = await Promise.all([requireVersion(c, from), requireVersion(c, to)]);
			return c.json({ files: diffFiles(before.files, after.files) }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/versions",
			...access("app:edit", byAccount("saveAccount")),
			request: { params: AppParams, body: body(EditByHand) },
			responses: {
				201: answer(VersionSummary, "The new version"),
				422: answer(
					z.looseObject({ problems: z.array(FileProblem).optional() }),
					"What must be mended; nothing was saved",
				),
			},
		}),
		async (c) => {
			const { scope, appId, app } = c.get("app");
			const input = c.req.valid("json");
			const current = app.currentVersionId;
			// somebody else saved meanwhile: the person keeps the text and reloads
			if (!current || current !== input.baseVersionId) throw new AppError("conflict");
			const [base, most] = await Promise.all([requireVersion(c, current), mostByHand(c)]);
			const ops: FileOp[] = [
				...input.write.map(({ path, content }) => ({ kind: "write" as const, path, content })),
				...input.remove.map((path) => ({ kind: "delete" as const, path })),
			];
			if (ops.length === 0) throw new AppError("invalid_input", { write: "Nothing was changed." });
			const applied = applyFileOps(base.files, ops);
			const checked = await checkFiles(applied.files);
			const refused = applied.refused.map(({ op, message }) => ({
				path: "path" in op ? op.path : "",
				line: null,
				code: "refused",
				message,
			}));
			const problems = [
				...refused,
				...checked.problems.map(({ path, line, code, message }) => ({ path, line: line ?? null, code, message })),
			];
			if (problems.length > 0) return c.json({ ...toWire("invalid_input", c.get("requestId")), problems }, 422);
			const about = {
				parentId: current,
				message: input.message || "Edited by hand",
				origin: "manual",
				most,
			} as const;
			return c.json(summarise(await commitVersion(c.env, scope, appId, applied.files, about)), 201);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/restore",
			...access("app:edit", byAccount("saveAccount")),
			request: { params: AppParams, body: body(z.strictObject({ versionId: VersionId })) },
			responses: { 201: answer(VersionSummary, "A new version with the old one's files") },
		}),
		async (c) => {
			const { scope, appId, app } = c.get("app");
			const [{ version, files }, most] = await Promise.all([
				requireVersion(c, c.req.valid("json").versionId),
				mostByHand(c),
			]);
			const message = `Restored version ${version.number}`;
			const about = { parentId: app.currentVersionId, message, origin: "restore", most } as const;
			const restored = await commitVersion(c.env, scope, appId, files, about);
			return c.json(summarise(restored), 201);
		},
	);
}
