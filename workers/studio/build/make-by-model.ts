// A build by a model: one call, then at most two repair rounds with what the gate said, each sealed as a checkpoint when it ends.

import { z } from "zod";
import { listApprovals } from "#db/stores/approvals.ts";
import { type Build, noteProgress } from "#db/stores/builds.ts";
import { fromUtf8, utf8 } from "#lib/bytes.ts";
import type { AppFile, FileOp } from "#schema/files.ts";
import { FileOp as FileOpSchema } from "#schema/files.ts";
import type { Offer, Part } from "#schema/generation.ts";
import { recordDisclosure } from "../ai/disclose.ts";
import { chooseOffer } from "../ai/offers.ts";
import { composeRepair, composeRequest } from "../ai/request.ts";
import { contentOf } from "../apps/content.ts";
import { regionOf } from "../tenants.ts";
import { applyFileOps } from "./files/apply.ts";
import { checkFiles } from "./files/check.ts";
import type { BuildInputs } from "./inputs.ts";
import { type ModelTurn, runModelTurn } from "./model-turn.ts";
import { failureOf, isPassing } from "./problems.ts";
import type { BuildRun, Made } from "./run-build.ts";

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

interface Pace {
	step(name: string): Promise<void>;
	/** Milliseconds since 1970. */
	deadline: number;
}

export async function makeByModel(run: BuildRun, build: Build, inputs: BuildInputs, pace: Pace): Promise<Made> {
	const offer = await findOffer(run, build.offerId ?? "");
	if (!offer.ok)
		return {
			kind: "failed",
			failure: offer.reason === "approval_required" ? "approval_required" : "model_unavailable",
		};
	const base: Part[] = composeRequest(inputs.policy, offer.value, {
		app: inputs.app,
		prompt: inputs.prompt,
		conversation: inputs.conversation,
		files: [...inputs.files.values()],
		references: inputs.references.flatMap(({ forModel }) => (forModel ? [forModel] : [])),
		runtimeErrors: inputs.runtimeErrors,
	});
	let done: Checkpoint = (await readCheckpoint(run, build)) ?? {
		round: 0,
		ops: [],
		usage: { inputTokens: 0, outputTokens: 0 },
		text: "",
	};
	let problems = done.round > 0 ? await judge(inputs.files, done.ops) : [];
	for (;;) {
		const isFirst = done.round === 0;
		if (!isFirst && problems.length === 0) return finish(inputs.files, done);
		if (done.round > repairRounds)
			return { kind: "failed", failure: "gate_failed", message: problems.slice(0, 5).join("\n") };
		await pace.step(isFirst ? "thinking" : "repairing");
		const made = applyFileOps(inputs.files, done.ops).files;
		const parts = isFirst ? base : [...base, ...composeRepair(inputs.policy, [...made.values()], problems)];
		const turn = await callModel(run, offer.value, parts, isFirst ? "build" : "repair", pace);
		if (turn === "timed_out") return { kind: "failed", failure: "timed_out" };
		const usage = {
			inputTokens: done.usage.inputTokens + turn.usage.inputTokens,
			outputTokens: done.usage.outputTokens + turn.usage.outputTokens,
		};
		const reason = turn.failure?.reason;
		if (reason === "stopped") return { kind: "stopped" };
		// an answer that reached the output limit is continued like a repair; every other failure ends the build
		if (reason && reason !== "truncated") return { kind: "failed", failure: failureOf(reason) };
		const question = turn.ops.find((op) => op.kind === "ask");
		if (question && !turn.ops.some(changesFiles)) {
			return { kind: "question", text: question.question, choices: question.choices ?? [] };
		}
		if (isFirst && !reason && turn.invalid.length === 0 && !turn.ops.some(changesFiles))
			return { kind: "failed", failure: "nothing_made", ...(turn.text ? { message: turn.text.slice(0, 2000) } : {}) };
		done = {
			round: done.round + 1,
			ops: [...done.ops, ...keepApplicable(inputs.files, done.ops, turn.ops)],
			usage,
			text: turn.text,
		};
		await writeCheckpoint(run, done);
		await pace.step("checking");
		problems = [
			...refusals(inputs.files, done.ops, turn.ops),
			...turn.invalid,
			...(reason ? ["Your answer was cut at the output limit. Write the files that are missing, one at a time."] : []),
			...(await judge(inputs.files, done.ops)),
		];
	}
}

const changesFiles = (op: FileOp) => op.kind === "write" || op.kind === "edit" || op.kind === "delete";

async function findOffer(run: BuildRun, offerId: string) {
	const offers = await run.env.GENERATION.offers();
	const approvals = await listApprovals(run.scope);
	return chooseOffer(offers.ok ? offers.value : [], offerId, regionOf(run.env), approvals);
}

/** One call, tried once more when its failure is of the passing kind. */
async function callModel(
	run: BuildRun,
	offer: Offer,
	parts: Part[],
	purpose: "build" | "repair",
	pace: Pace,
): Promise<ModelTurn | "timed_out"> {
	for (let attempt = 1; ; attempt++) {
		const left = pace.deadline - Date.now();
		if (left <= 0) return "timed_out";
		const timer = AbortSignal.timeout(left);
		const signal = AbortSignal.any([run.signal, timer]);
		const turn = await runModelTurn(
			run.env.GENERATION,
			{ purpose, offerId: offer.id, buildId: run.buildId, parts, maxOutputTokens },
			signal,
			{
				onWire: (wire) =>
					recordDisclosure(run.env, run.scope, { appId: run.appId, buildId: run.buildId, offer, purpose, wire }),
				onText: (text) => run.emit({ type: "text", text }),
				onProgress: (path, chars) => run.emit({ type: "file", path, chars, state: "writing" }),
				onOp: (op) => showOp(run, op),
			},
		);
		if (timer.aborted && !run.signal.aborted) return "timed_out";
		const failure = turn.failure;
		if (!failure || !isPassing(failure.reason) || attempt === 2) return turn;
		const wait = (failure.retryAfterSeconds ?? 2) * 1000;
		if (wait > maxRetryWaitMs) return turn;
		await pace.step("waiting");
		await new Promise((resume) => setTimeout(resume, wait));
		if (run.signal.aborted) return { ...turn, failure: { reason: "stopped", retryAfterSeconds: null } };
	}
}

function showOp(run: BuildRun, op: FileOp): void {
	if (op.kind === "write") run.emit({ type: "file", path: op.path, chars: op.content.length, state: "written" });
	if (op.kind === "edit") run.emit({ type: "file", path: op.path, chars: op.replace.length, state: "written" });
	if (op.kind === "delete") run.emit({ type: "file", path: op.path, chars: 0, state: "deleted" });
}

/** Operations that can be applied on top of what is there; the others go back to the model as problems. */
function keepApplicable(files: Map<string, AppFile>, before: readonly FileOp[], ops: readonly FileOp[]): FileOp[] {
	const refused = new Set(applyFileOps(applyFileOps(files, before).files, ops).refused.map(({ op }) => op));
	return ops.filter((op) => !refused.has(op));
}

function refusals(files: Map<string, AppFile>, kept: readonly FileOp[], ops: readonly FileOp[]): string[] {
	const isKept = new Set(kept);
	return applyFileOps(
		applyFileOps(
			files,
			kept.filter((op) => !ops.includes(op)),
		).files,
		ops,
	)
		.refused.filter(({ op }) => !isKept.has(op))
		.map(({ message }) => message);
}

async function judge(files: Map<string, AppFile>, ops: readonly FileOp[]): Promise<string[]> {
	const { problems } = await checkFiles(applyFileOps(files, ops).files);
	return problems.map(({ path, line, message }) => `${path}${line ? `:${line}` : ""}: ${message}`);
}

function finish(files: Map<string, AppFile>, done: Checkpoint): Made {
	const summary =
		done.ops.findLast((op) => op.kind === "finish")?.summary || done.text.trim().slice(0, 2000) || "Changed the app.";
	return {
		kind: "files",
		files: applyFileOps(files, done.ops).files,
		names: done.ops.filter((op) => op.kind === "set_app"),
		summary,
		usage: done.usage,
	};
}

async function writeCheckpoint(run: BuildRun, done: Checkpoint): Promise<void> {
	const key = await contentOf(run.env, run.scope).put("checkpoint", run.buildId, utf8(JSON.stringify(done)));
	await noteProgress(run.scope, run.buildId, { checkpointKey: key });
}

async function readCheckpoint(run: BuildRun, build: Build): Promise<Checkpoint | null> {
	if (!build.checkpointKey) return null;
	const bytes = await contentOf(run.env, run.scope).get("checkpoint", run.buildId);
	const parsed = bytes ? Checkpoint.safeParse(JSON.parse(fromUtf8(bytes))) : null;
	return parsed?.success ? parsed.data : null;
}
