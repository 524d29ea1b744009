// The conversation about an app. Bodies are sealed.
import { and, eq, sql } from "drizzle-orm";
import { type AppId, type BuildId, type Id, makeId } from "#schema/ids.ts";
import { cursorOf, cutPage, isAfter, mapPage, newestFirst, type Page, type PageQuery, pageRows } from "../pages.ts";
import type { Scope } from "../rls/scope.ts";
import { messages } from "../tables/messages.ts";

export interface Message {
	id: Id<"message">;
	appId: AppId;
	buildId: BuildId;
	role: "user" | "assistant" | "question";
	body: string;
	at: number;
}

const { table, relation } = messages;

/** Always later than what the app's conversation holds already, so that two of one millisecond keep their order. */
export async function addMessage(scope: Scope, input: Omit<Message, "id" | "at">): Promise<Message> {
	const id = makeId("message");
	const body = await scope.sealer.seal({ table: "messages", column: "body", row: id }, input.body);
	const at = sql<number>`(SELECT max(${scope.now()}, coalesce(max(m.at) + 1, 0)) FROM ${relation} m WHERE m.app_id = ${input.appId})`;
	const [added] = await scope.write((rows) => [
		rows
			.insert(table)
			.values({ ...input, id, body, at })
			.returning({ at: table.at }),
	]);
	return { ...input, id, at: added[0]?.at ?? scope.now() };
}

/** Newest first: of the app, or of one build of it. */
export async function pageMessages(
	scope: Scope,
	appId: AppId,
	{ buildId, after, size = pageRows }: PageQuery & { buildId?: BuildId } = {},
): Promise<Page<Message>> {
	const { at, id } = relation;
	const ofBuild = buildId === undefined ? undefined : eq(relation.buildId, buildId);
	const found = await scope.read((rows) =>
		rows
			.select()
			.from(relation)
			.where(and(eq(relation.appId, appId), ofBuild, isAfter(after, at, id)))
			.orderBy(...newestFirst(at, id))
			.limit(size + 1),
	);
	const page = cutPage(found, size, (row) => cursorOf(row.at, row.id));
	return mapPage(page, async ({ ownerId: _owner, ...row }) => ({
		...row,
		body: await scope.sealer.open({ table: "messages", column: "body", row: row.id }, row.body),
	}));
}
