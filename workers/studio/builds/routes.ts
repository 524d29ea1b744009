// Builds: start one, watch it, stop it, answer its question; and what was said and sent.
import { createRoute, z } from "@hono/zod-openapi";
import { getBuild, moveBuild, pageBuilds } from "#db/stores/builds.ts";
import { getDisclosure, pageDisclosures } from "#db/stores/disclosures.ts";
import { addMessage, pageMessages } from "#db/stores/messages.ts";
import { fromUtf8 } from "#lib/bytes.ts";
import { AppError } from "#lib/http/errors.ts";
import { AnswerQuestion, BuildSummary, Disclosure, Message, NewReference, StartBuild } from "#schema/api/apps.ts";
import { Inspection } from "#schema/columns.ts";
import { AppId, BuildId, DisclosureId } from "#schema/ids.ts";
import { access, mayStill } from "../access.ts";
import { contentOf } from "../content.ts";
import { answer, body, type StudioApp, type StudioContext } from "../http.ts";
import { byAccount } from "../limits.ts";
import { PageParams } from "../lists.ts";
import { inspectReference } from "../references/inspect.ts";
import { buildObjectOf } from "../work/build-object.ts";
import { readQuestion } from "./question.ts";
import { startBuild } from "./start-build.ts";
import { whileAllowed } from "./while-allowed.ts";

const AppParams = z.strictObject({ appId: AppId });
const BuildParams = z.strictObject({ appId: AppId, buildId: BuildId });
const DisclosureParams = z.strictObject({
	appId: AppId,
	disclosureId: DisclosureId,
});

const idsOf = (c: StudioContext) => {
	const { ownerId, appId, shard } = c.get("app");
	return { ownerId, appId, shard };
};

async function requireBuild(c: StudioContext, buildId: BuildId) {
	const { scope, appId } = c.get("app");
	const build = await getBuild(scope, appId, buildId);
	if (!build) throw new AppError("not_found");
	return build;
}

export function registerBuildRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "post",
			path: "/api/references/inspect",
			...access("account", byAccount("inspectAccount")),
			request: { body: body(NewReference) },
			responses: { 200: answer(Inspection, "What the file is; nothing is stored") },
		}),
		async (c) => c.json(await inspectReference(c.req.valid("json")), 200),
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/builds",
			...access("app:edit"),
			request: { params: AppParams, body: body(StartBuild) },
			responses: { 201: answer(z.strictObject({ buildId: z.string() }), "Queued; watch its events") },
		}),
		async (c) => c.json({ buildId: await startBuild(c, idsOf(c), c.req.valid("json")) }, 201),
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/builds",
			...access("app:edit"),
			request: { params: AppParams, query: PageParams },
			responses: {
				200: answer(z.strictObject({ builds: z.array(BuildSummary), next: z.string().nullable() }), "Newest first"),
			},
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { items, next } = await pageBuilds(scope, appId, c.req.valid("query"));
			return c.json({ builds: items.map(summarise), next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/builds/{buildId}",
			...access("app:edit"),
			request: { params: BuildParams },
			responses: { 200: answer(BuildSummary, "One build") },
		}),
		async (c) => c.json(summarise(await requireBuild(c, c.req.valid("param").buildId)), 200),
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/builds/{buildId}/events",
			...access("app:edit"),
			request: { params: BuildParams },
			responses: {
				200: {
					description: "Server-sent events, each a BuildEvent; resumable by Last-Event-ID, else a snapshot comes first",
					content: { "text/event-stream": { schema: z.string() } },
				},
			},
		}),
		async (c) => {
			const { buildId } = c.req.valid("param");
			await requireBuild(c, buildId);
			const { shard: _shard, ...ids } = idsOf(c);
			const stream = await buildObjectOf(c.env, ids).watch(ids, buildId, c.req.header("Last-Event-ID") ?? null);
			const watched = whileAllowed(stream, () => mayStill(c, "editor"));
			return c.body(watched, 200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/builds/{buildId}/stop",
			...access("app:edit"),
			request: { params: BuildParams },
			responses: { 200: answer(BuildSummary, "The build as it is now; stopping an ended build changes nothing") },
		}),
		async (c) => {
			const { buildId } = c.req.valid("param");
			await requireBuild(c, buildId);
			const { shard: _shard, ...ids } = idsOf(c);
			await buildObjectOf(c.env, ids).stop(ids, buildId);
			return c.json(summarise(await requireBuild(c, buildId)), 200);
		},
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/apps/{appId}/builds/{buildId}/answer",
			...access("app:edit"),
			request: { params: BuildParams, body: body(AnswerQuestion) },
			responses: { 200: answer(BuildSummary, "Queued again, with the answer") },
		}),
		async (c) => {
			const { buildId } = c.req.valid("param");
			const { scope, appId } = c.get("app");
			const build = await requireBuild(c, buildId);
			if (build.state !== "asking") throw new AppError("conflict");
			await addMessage(scope, { appId, buildId, role: "user", body: c.req.valid("json").text });
			if (!(await moveBuild(scope, buildId, ["asking"], "queued", "queued"))) throw new AppError("conflict");
			const { shard: _shard, ...ids } = idsOf(c);
			await buildObjectOf(c.env, ids).wake(ids);
			return c.json(summarise(await requireBuild(c, buildId)), 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/messages",
			...access("app:edit"),
			request: { params: AppParams, query: PageParams },
			responses: {
				200: answer(
					z.strictObject({ messages: z.array(Message), next: z.string().nullable() }),
					"The end of the conversation, oldest first; `next` leads to what was said before",
				),
			},
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { items, next } = await pageMessages(scope, appId, c.req.valid("query"));
			const messages = items.reverse().map(({ id, role, body, buildId, at }) => {
				const asked = role === "question" ? readQuestion(body) : null;
				return { id, role, text: asked?.question ?? body, choices: asked?.choices ?? [], buildId, at };
			});
			return c.json({ messages, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/disclosures",
			...access("app:edit"),
			request: { params: AppParams, query: PageParams },
			responses: {
				200: answer(
					z.strictObject({ disclosures: z.array(Disclosure), next: z.string().nullable() }),
					"What was sent to models, newest first",
				),
			},
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { items, next } = await pageDisclosures(scope, appId, c.req.valid("query"));
			const disclosures = items.map(
				({ id, buildId, provider, model, destination, region, sizeBytes, retention, at }) => ({
					id,
					buildId,
					provider,
					model,
					destination,
					region,
					sizeBytes,
					retention,
					at,
				}),
			);
			return c.json({ disclosures, next }, 200);
		},
	);

	app.openapi(
		createRoute({
			method: "get",
			path: "/api/apps/{appId}/disclosures/{disclosureId}",
			...access("app:edit"),
			request: { params: DisclosureParams },
			responses: { 200: answer(z.strictObject({ body: z.string() }), "The exact body that was put on the wire") },
		}),
		async (c) => {
			const { scope, appId } = c.get("app");
			const { disclosureId } = c.req.valid("param");
			const [found, bytes] = await Promise.all([
				getDisclosure(scope, appId, disclosureId),
				contentOf(c.env, scope, appId).get("disclosure", disclosureId),
			]);
			if (!found || !bytes) throw new AppError("not_found");
			return c.json({ body: fromUtf8(bytes) }, 200);
		},
	);
}

function summarise(build: Awaited<ReturnType<typeof requireBuild>>): BuildSummary {
	return {
		id: build.id,
		state: build.state,
		prompt: build.prompt ?? "",
		offerId: build.offerId ?? "composer",
		versionId: build.versionId,
		failure: build.failure,
		creditsCharged: build.creditsCharged ?? 0,
		createdAt: build.createdAt,
		finishedAt: build.finishedAt,
	};
}
