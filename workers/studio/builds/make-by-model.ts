// A build by a model: one call, then at most two repair rounds with what the gate said, each sealed as a checkpoint when it ends.

import { z } from "zod";
import { type Build, noteProgress } from "#db/stores/builds.ts";
import { countDisclosuresOfBuild } from "#db/stores/disclosures.ts";
import { fromUtf8, utf8 } from "#lib/bytes.ts";
import type { AppFile, FileOp } from "#schema/files.ts";
import { FileOp as FileOpSchema } from "#schema/files.ts";
import { buildBudget, type GenerationRequest, type Offer, type Part, weighTokens } from "#schema/generation.ts";
import { recordDisclosure } from "../ai/disclose.ts";
import { chooseOffer, offersFor } from "../ai/offers.ts";
import { composeRepair, composeRequest } from "../ai/request.ts";
import { contentOf } from "../content.ts";
import { applyFileOps } from "../files/apply.ts";
import { checkFiles } from "../files/check.ts";
import { isToolFile } from "../files/tool-files.ts";
import type { BuildInputs } from "./inputs.ts";
import type { BuildRun, Made, Pace } from "./maker.ts";
import { type ModelTurn, noTurn, runModelTurn } from "./model-turn.ts";
import { tellPerson } from "./problem-words.ts";
import { failureOf, isPassing } from "./problems.ts";
import { Progress } from "./progress.ts";

const repairRounds = 2;
/** Current models think within this bound too. */
const maxOutputTokens = 64_000;
/** A provider may ask for a long wait; a person should rather hear about it. */
const maxRetryWaitMs = 20_000;

/** What was applied so far in this build, so that a crash does not cost another call. */
const Checkpoint = z.strictObject({
	round: z.int(),
	ops: z.array(FileOpSchema),
	usage: z.strictObject({ inputTokens: z.number(), outputTokens: z.number() }),
	text: z.string(),
});
type Checkpoint = z.infer<typeof Checkpoint>;

export async function makeByModel(run: BuildRun, build: Build, inputs: BuildInputs, pace: Pace): Promise<Made> {
	const offer = chooseOffer(await offersFor(run.env, run.scope), build.offerId ?? "");
	if (!offer.ok)
		return offer.reason === "approval_required"
			? { kind: "failed", failure: "approval_required" }
			: {
					kind: "failed",
					failure: "model_unavailable",
					message: "It may no longer be offered here. Choose another model.",
				};
	const { policy } = inputs;
	if (!policy) return { kind: "failed", failure: "policy_unreadable" };
	const base: Part[] = composeRequest(policy, offer.value, {
		app: inputs.app,
		prompt: inputs.prompt,
		conversation: inputs.conversation,
		files: [...inputs.files.values()],
		references: inputs.references.flatMap(({ forModel }) => (forModel ? [forModel] : [])),
		runtimeErrors: inputs.runtimeErrors,
	});
	const saved = await readCheckpoint(run, build);
	let done: Checkpoint = saved ?? { round: 0, ops: [], usage: { inputTokens: 0, outputTokens: 0 }, text: "" };
	const progress = new Progress(applyFileOps(inputs.files, done.ops).files);
	// counted by what is recorded of each, so that a crash does not begin a new allowance
	let requests = await countDisclosuresOfBuild(run.scope, run.appId, run.buildId);
	let problems = done.round > 0 ? await judge(inputs.files, done.ops) : [];
	for (;;) {
		const isFirst = done.round === 0;
		if (!isFirst && problems.length === 0) return finish(inputs.files, done);
		if (done.round > repairRounds) return gateFailed(problems);
		await pace.step(isFirst ? "thinking" : "repairing");
		const made = applyFileOps(inputs.files, done.ops).files;
		const advice = problems.map(({ toModel }) => toModel);
		const parts = isFirst ? base : [...base, ...composeRepair(policy, [...made.values()], advice)];
		const left = { requests: buildBudget.requests - requests, tokens: buildBudget.tokens - weighTokens(done.usage) };
		const turn = await callModel(run, offer.value, parts, isFirst ? "build" : "repair", pace, left, progress);
		if (turn === "timed_out") return { kind: "failed", failure: "timed_out" };
		requests += turn.requests;
		const usage = {
			inputTokens: done.usage.inputTokens + turn.usage.inputTokens,
			outputTokens: done.usage.outputTokens + turn.usage.outputTokens,
		};
		const reason = turn.failure?.reason;
		if (reason === "stopped") return { kind: "stopped" };
		// an answer that reached the output limit is continued like a repair, and what a model made before it went in circles may
		// be whole; every other failure ends the build
		const isOver = reason === "looping" || reason === "spent";
		if (reason && reason !== "truncated" && !isOver) return { kind: "failed", failure: failureOf(reason) };
		const question = turn.ops.find((op) => op.kind === "ask");
		if (question && !turn.ops.some(changesFiles)) {
			return { kind: "question", text: question.question, choices: question.choices ?? [] };
		}
		if (isFirst && !reason && turn.invalid.length === 0 && !turn.ops.some(changesFiles))
			return { kind: "failed", failure: "nothing_made", ...(turn.text ? { message: turn.text.slice(0, 2000) } : {}) };
		const { applied, refused, files } = applyFileOps(made, turn.ops);
		const kept = turn.ops.filter((op) => !changesFiles(op) || applied.includes(op));
		done = { round: done.round + 1, ops: [...done.ops, ...kept], usage, text: turn.text };
		await writeCheckpoint(run, done);
		await pace.step("checking");
		const faults = await judge(inputs.files, done.ops);
		const hasChanged = !isSame(made, files);
		if (isOver) {
			const runs = faults.length === 0 && !isSame(inputs.files, files);
			return runs ? finish(inputs.files, done, keptNote) : { kind: "failed", failure: failureOf(reason) };
		}
		problems = [
			...refused.map(({ message }) => ({ toModel: message, toPerson: "A change of the model did not fit the files." })),
			...turn.invalid.map((message) => ({ toModel: message, toPerson: "The model made a call that does not exist." })),
			...(reason ? [{ toModel: cutAdvice, toPerson: "The answer of the model was longer than it may be." }] : []),
			...faults,
		];
		if (!isFirst && !hasChanged && faults.length > 0) return gateFailed(problems);
	}
}

const cutAdvice = "Your answer was cut at the output limit. Write the files that are missing, one at a time.";
const keptNote =
	"The model did not say that it was done. What it made runs, so it was kept: look whether anything is missing.";

interface Complaint {
	toModel: string;
	toPerson: string;
}

function gateFailed(problems: readonly Complaint[]): Made {
	const said = [...new Set(problems.map(({ toPerson }) => toPerson))];
	return { kind: "failed", failure: "gate_failed", message: said.slice(0, 5).join("\n") };
}

function isSame(before: ReadonlyMap<string, AppFile>, after: ReadonlyMap<string, AppFile>): boolean {
	return (
		before.size === after.size && [...before.values()].every((file) => after.get(file.path)?.content === file.content)
	);
}

const changesFiles = (op: FileOp) => op.kind === "write" || op.kind === "edit" || op.kind === "delete";

/** One call, tried once more when its failure is of the passing kind. `requests` counts both. */
async function callModel(
	run: BuildRun,
	offer: Offer,
	parts: Part[],
	purpose: "build" | "repair",
	pace: Pace,
	left: GenerationRequest["budget"],
	progress: Progress,
): Promise<(ModelTurn & { requests: number }) | "timed_out"> {
	let requests = 0;
	for (let attempt = 1; ; attempt++) {
		const msLeft = pace.deadline - Date.now();
		if (msLeft <= 0) return "timed_out";
		const budget = { requests: left.requests - requests, tokens: left.tokens };
		if (budget.requests < 1 || budget.tokens < 1) return { ...noTurn("spent"), requests };
		const timer = AbortSignal.timeout(msLeft);
		const stuck = new AbortController();
		const signal = AbortSignal.any([run.signal, timer, stuck.signal]);
		const turn = await runModelTurn(
			run.env.GENERATION,
			{ purpose, offerId: offer.id, buildId: run.buildId, parts, maxOutputTokens, budget },
			signal,
			{
				async onWire(wire) {
					requests++;
					progress.nextAnswer();
					await recordDisclosure(run.env, run.scope, {
						appId: run.appId,
						buildId: run.buildId,
						offer,
						purpose,
						wire,
					});
					if (progress.isStuck) stuck.abort();
				},
				onText: (text) => run.emit({ type: "text", text }),
				onProgress: (path, chars) => run.emit({ type: "file", path, chars, state: "writing" }),
				onOp(op) {
					progress.take(op);
					showOp(run, op);
				},
			},
		);
		if (timer.aborted && !run.signal.aborted) return "timed_out";
		if (stuck.signal.aborted && !run.signal.aborted)
			return { ...turn, failure: { reason: "looping", retryAfterSeconds: null }, requests };
		const failure = turn.failure;
		if (!failure || !isPassing(failure.reason) || attempt === 2) return { ...turn, requests };
		const wait = (failure.retryAfterSeconds ?? 2) * 1000;
		if (wait > maxRetryWaitMs) return { ...turn, requests };
		progress.forgive();
		await pace.step("waiting");
		await new Promise((resume) => setTimeout(resume, wait));
		if (run.signal.aborted) return { ...noTurn("stopped"), requests };
	}
}

function showOp(run: BuildRun, op: FileOp): void {
	if (op.kind === "write") run.emit({ type: "file", path: op.path, chars: op.content.length, state: "written" });
	if (op.kind === "edit") run.emit({ type: "file", path: op.path, chars: op.replace.length, state: "written" });
	if (op.kind === "delete") run.emit({ type: "file", path: op.path, chars: 0, state: "deleted" });
}

async function judge(files: ReadonlyMap<string, AppFile>, ops: readonly FileOp[]): Promise<Complaint[]> {
	const { problems } = await checkFiles(applyFileOps(files, ops).files);
	return problems.map((problem) => ({
		toModel: `${problem.path}${problem.line ? `:${problem.line}` : ""}: ${problem.message}`,
		toPerson: tellPerson(problem),
	}));
}

function finish(files: Map<string, AppFile>, done: Checkpoint, note = ""): Made {
	const summary =
		done.ops.findLast((op) => op.kind === "finish")?.summary || done.text.trim().slice(0, 2000) || "Changed the app.";
	return {
		kind: "files",
		files: applyFileOps(files, done.ops).files,
		names: done.ops.filter((op) => op.kind === "set_app"),
		summary: [summary, note, tellToolFiles(done.ops)].filter((part) => part !== "").join("\n\n"),
		usage: done.usage,
	};
}

/** Files that a model wrote out of habit and that are no part of what runs. */
function tellToolFiles(ops: readonly FileOp[]): string {
	const paths = [...new Set(ops.flatMap((op) => (op.kind === "write" && isToolFile(op.path) ? [op.path] : [])))];
	if (paths.length === 0) return "";
	return `Only tools outside of Freehold read ${paths.slice(0, 8).join(", ")}; such files are kept and do not run here.`;
}

async function writeCheckpoint(run: BuildRun, done: Checkpoint): Promise<void> {
	const key = await contentOf(run.env, run.scope, run.appId).put("checkpoint", run.buildId, utf8(JSON.stringify(done)));
	await noteProgress(run.scope, run.buildId, { checkpointKey: key });
}

async function readCheckpoint(run: BuildRun, build: Build): Promise<Checkpoint | null> {
	if (!build.checkpointKey) return null;
	const bytes = await contentOf(run.env, run.scope, run.appId).get("checkpoint", run.buildId);
	const parsed = bytes ? Checkpoint.safeParse(JSON.parse(fromUtf8(bytes))) : null;
	return parsed?.success ? parsed.data : null;
}
