// Deleting a prompt: its text, the conversation of its build, what was disclosed for it, and its place in the records of later
// requests, which carried it as conversation.

import type { Scope } from "#db/open.ts";
import { each } from "#db/pages.ts";
import { findBuild } from "#db/stores/builds.ts";
import { pageDisclosures } from "#db/stores/disclosures.ts";
import { pageMessages } from "#db/stores/messages.ts";
import { deletePrompt } from "#db/stores/prompt-history.ts";
import { fromUtf8, utf8 } from "#lib/bytes.ts";
import type { BuildId } from "#schema/ids.ts";
import { redactBody } from "../ai/redact.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";

/** False when there is no such build. What is done can be done again: the prompt itself goes last. */
export async function deletePromptEverywhere(env: StudioEnv, scope: Scope, buildId: BuildId): Promise<boolean> {
	const build = await findBuild(scope, buildId);
	if (!build) return false;
	const content = contentOf(env, scope, build.appId);
	const said: string[] = [];
	for await (const { body } of each((after) => pageMessages(scope, build.appId, { buildId, after }))) said.push(body);
	const deleted = [...said, ...(build.prompt === null ? [] : [build.prompt])];
	const since = build.createdAt;
	for await (const later of each((after) => pageDisclosures(scope, build.appId, { since, after }))) {
		if (later.buildId === buildId) continue;
		const bytes = await content.get("disclosure", later.id);
		const redacted = bytes && redactBody(fromUtf8(bytes), deleted);
		if (redacted) await content.put("disclosure", later.id, utf8(redacted));
	}
	const gone = await deletePrompt(scope, build.appId, buildId);
	for (const id of gone?.disclosureIds ?? []) await content.delete("disclosure", id);
	return gone !== null;
}
