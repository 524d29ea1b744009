// Everything a build starts from, opened from its sealed places.
import { z } from "zod";
import type { Scope } from "#db/open.ts";
import { all } from "#db/pages.ts";
import type { App } from "#db/stores/apps.ts";
import type { Build } from "#db/stores/builds.ts";
import { type Message, pageMessages } from "#db/stores/messages.ts";
import { pageReferences } from "#db/stores/references.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { fromUtf8, toBase64 } from "#lib/bytes.ts";
import { ColumnChoice } from "#schema/columns.ts";
import type { AppFile } from "#schema/files.ts";
import { type Policy, readPolicy } from "../ai/policy.ts";
import { contentOf } from "../content.ts";
import type { StudioEnv } from "../env.ts";
import { partForModel } from "../references/for-model.ts";
import { optionsOf } from "../references/options.ts";
import { readReferenceInSlices } from "../references/read-reference.ts";
import type { Reference, ReferencePart } from "../references/reference.ts";
import { loadVersion } from "../versions/version-files.ts";
import { picturePath } from "./picture-names.ts";
import { questionInWords } from "./question.ts";

/** A model is told the end of a long conversation; what was sent of it can be read under "What was sent". */
const messagesForModel = 200;

export interface BuildInputs {
	app: { name: string; description: string };
	/** What the person wrote now: the prompt, or the last answer to a question about it. */
	request: string;
	/** The prompt with all answers given so far. */
	prompt: string;
	conversation: { role: "user" | "assistant"; text: string }[];
	/** Files to start from: the current version, with images that were given as files of the app. */
	files: Map<string, AppFile>;
	references: { reference: Reference; forModel: ReferencePart | null }[];
	runtimeErrors: string[];
	/** Null when the stored one cannot be read: then no model is called. */
	policy: Policy | null;
}

/** What is remembered, sealed, about an attached file. */
export const ReferenceProfile = z.strictObject({
	use: z.enum(["reference", "app_file", "runtime_error"]),
	isHeaderConfirmed: z.boolean(),
	headerLine: z.int().optional(),
	columns: z.array(ColumnChoice).default([]),
});
export type ReferenceProfile = z.infer<typeof ReferenceProfile>;

export async function loadInputs(env: StudioEnv, scope: Scope, app: App, build: Build): Promise<BuildInputs> {
	const messages = (await pageMessages(scope, app.id, { size: messagesForModel })).items.reverse();
	const own = await all((after) => pageMessages(scope, app.id, { buildId: build.id, after }));
	own.reverse();
	const said = own.filter((message) => message.role === "user").map((message) => message.body);
	const current = app.currentVersionId ? await loadVersion(env, scope, app.id, app.currentVersionId) : null;
	const files = new Map(current?.files);
	const inputs: BuildInputs = {
		app: { name: app.currentVersionId ? app.name : "", description: app.description },
		request: said.at(-1) ?? build.prompt ?? "",
		prompt: said.length > 0 ? own.map(wordsOf).join("\n\n") : (build.prompt ?? ""),
		conversation: messages
			.filter((message) => message.buildId !== build.id)
			.map((message) => ({ role: message.role === "user" ? "user" : "assistant", text: wordsOf(message) })),
		files,
		references: [],
		runtimeErrors: [],
		policy: await loadPolicy(scope),
	};
	const taken = new Set<string>();
	const rows = await all((after) => pageReferences(scope, app.id, { buildId: build.id, after }));
	for (const row of rows.reverse()) {
		const bytes = await contentOf(env, scope, app.id).get("reference", row.id);
		const profile = ReferenceProfile.safeParse(JSON.parse(row.profile ?? "null"));
		if (!bytes || !profile.success) continue;
		if (profile.data.use === "runtime_error") {
			inputs.runtimeErrors.push(fromUtf8(bytes));
			continue;
		}
		const headerConfirmed = profile.data.isHeaderConfirmed;
		const read = await readReferenceInSlices({ name: row.name, bytes }, optionsOf(profile.data));
		if (!read.ok) continue;
		if (profile.data.use === "app_file") {
			const path = picturePath(row.name, read.value.mediaType, taken);
			files.set(path, { path, encoding: "base64", content: toBase64(bytes) });
		}
		inputs.references.push({ reference: read.value, forModel: partForModel(read.value, bytes, { headerConfirmed }) });
	}
	return inputs;
}

const wordsOf = ({ role, body }: Message) => (role === "question" ? questionInWords(body) : body);

async function loadPolicy(scope: Scope): Promise<Policy | null> {
	const policy = readPolicy((await getWorkspace(scope))?.policy ?? null);
	return policy.ok ? policy.value : null;
}
