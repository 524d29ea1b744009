// One build from its prompt to a version: by a model with at most two repair rounds, or by the composer. Nothing is applied half:
// either a whole version is committed and charged in one transaction, or everything reserved goes back.

import { getApp, renameApp } from "#db/stores/apps.ts";
import { type Build, completeBuild, endBuild, getBuild, moveBuild, noteProgress } from "#db/stores/builds.ts";
import { addMessage } from "#db/stores/messages.ts";
import { composerOfferId } from "#schema/api/apps.ts";
import type { BuildFailure, BuildStep } from "#schema/build-events.ts";
import { describeFailure } from "#schema/failure-words.ts";
import { makeId, type VersionId } from "#schema/ids.ts";
import { chargeFor } from "../credits/prices.ts";
import { deployDraft } from "../versions/deploy.ts";
import { storeFiles } from "../versions/version-files.ts";
import { tellRequests } from "./app-requests.ts";
import { loadInputs } from "./inputs.ts";
import { makeByComposer } from "./make-by-composer.ts";
import { makeByModel } from "./make-by-model.ts";
import type { BuildRun, Made, Maker } from "./maker.ts";
import { writeQuestion } from "./question.ts";

export const buildMs = 10 * 60_000;

/** Runs the build to one of its ends. Throws only when a store does not answer; then the next alarm takes it up again. */
export async function runBuild(run: BuildRun): Promise<void> {
	const build = await getBuild(run.scope, run.appId, run.buildId);
	const app = await getApp(run.scope, run.appId);
	if (!build || !app || build.state !== "running") return;
	run.emit({ type: "state", state: "running", step: "reading" });
	const inputs = await loadInputs(run.env, run.scope, app, build);
	const deadline = (build.startedAt ?? run.scope.now()) + buildMs;
	const step = async (name: BuildStep) => {
		run.emit({ type: "state", state: "running", step: name });
		await noteProgress(run.scope, run.buildId, { step: name });
	};
	const make: Maker = (build.offerId ?? composerOfferId) === composerOfferId ? makeByComposer : makeByModel;
	const made = await make(run, build, inputs, { step, deadline });
	if (run.signal.aborted) return;
	switch (made.kind) {
		case "files":
			return commit(run, build, app.currentVersionId, made);
		case "question":
			return ask(run, made);
		case "failed":
			return failBuild(run, made.failure, made.message);
		case "stopped":
			return;
	}
}

async function commit(
	run: BuildRun,
	build: Build,
	parentId: VersionId | null,
	made: Extract<Made, { kind: "files" }>,
): Promise<void> {
	const { scope, appId, buildId, env } = run;
	const versionId = makeId("version");
	await run.beforeCommit();
	const stored = await storeFiles(env, scope, appId, versionId, made.files);
	for (const { name, description } of made.names) {
		await renameApp(scope, appId, { ...(name ? { name } : {}), ...(description === undefined ? {} : { description }) });
	}
	const charged = chargeFor(build.creditsReserved, made.usage);
	const version = await completeBuild(
		scope,
		buildId,
		{ id: versionId, appId, parentId, message: made.summary, origin: "build", ...stored },
		charged,
	);
	// stopped in the last moment: the objects of a version that never was are removed
	if (!version) return stored.discard();
	const asked = tellRequests(made.names);
	const said = made.said ?? made.summary;
	const body = asked
		? `${said}

${asked}`
		: said;
	await addMessage(scope, { appId, buildId, role: "assistant", body });
	const deployed = await deployDraft(env, scope, appId);
	if (deployed.ok || deployed.reason === "gate_failed") await run.afterDeploy();
	run.emit({ type: "version", versionId: version.id, number: version.number, summary: body });
	run.emit({ type: "end", state: "done" });
}

async function ask(run: BuildRun, question: Extract<Made, { kind: "question" }>): Promise<void> {
	const { scope, appId, buildId } = run;
	if (!(await moveBuild(scope, buildId, ["running"], "asking", "asking"))) return;
	const body = writeQuestion({ question: question.text, choices: question.choices });
	await addMessage(scope, { appId, buildId, role: "question", body });
	run.emit({ type: "question", text: question.text, choices: question.choices });
	run.emit({ type: "end", state: "asking" });
}

async function failBuild(run: BuildRun, failure: BuildFailure, detail?: string): Promise<void> {
	const { scope, appId, buildId } = run;
	if (!(await endBuild(scope, buildId, { state: "failed", failure }))) return;
	const hasVersion = Boolean((await getApp(scope, appId))?.currentVersionId);
	const body = describeFailure(failure, { hasVersion }, detail);
	await addMessage(scope, { appId, buildId, role: "assistant", body });
	run.emit({ type: "failed", failure, message: body });
	run.emit({ type: "end", state: "failed" });
}
