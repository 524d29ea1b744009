// A build without any model. Pure and fast: no credits, nothing leaves this server.

import { nextTurn, runInSlices } from "#lib/tables/slices.ts";
import type { Region } from "#schema/region.ts";
import { composeProblems, composeSteps } from "../composer/compose.ts";
import { applyFileOps } from "../files/apply.ts";
import { checkFiles } from "../files/check.ts";
import { regionOf } from "../tenants.ts";
import type { Maker } from "./maker.ts";
import { tellPerson } from "./problem-words.ts";

/** Amounts without a currency of their own are in that of the region. */
const currencyOf: Record<Region, string> = { "eu-west": "EUR", "us-east": "USD" };

export const makeByComposer: Maker = async (run, _build, inputs, { step }) => {
	await step("composing");
	const composed = await runInSlices(
		composeSteps({
			prompt: inputs.request,
			references: inputs.references.map(({ reference }) => reference),
			current: [...inputs.files.values()],
			currency: currencyOf[regionOf(run.env)],
		}),
		nextTurn,
	);
	if (!composed.ok) return { kind: "failed", failure: "nothing_made", message: composeProblems[composed.reason] };
	const { ops, summary, said } = composed.value;
	const applied = applyFileOps(inputs.files, ops);
	for (const op of ops) {
		if (op.kind === "write") run.emit({ type: "file", path: op.path, chars: op.content.length, state: "written" });
		if (op.kind === "delete") run.emit({ type: "file", path: op.path, chars: 0, state: "deleted" });
	}
	run.emit({ type: "text", text: said });
	const question = ops.find((op) => op.kind === "ask");
	const hasFiles = ops.some((op) => op.kind === "write" || op.kind === "edit" || op.kind === "delete");
	if (question && !hasFiles) return { kind: "question", text: question.question, choices: question.choices ?? [] };
	await step("checking");
	const checked = await checkFiles(applied.files);
	if (checked.problems.length > 0 || applied.refused.length > 0) {
		return {
			kind: "failed",
			failure: "gate_failed",
			message: [...new Set(checked.problems.map(tellPerson))].slice(0, 5).join("\n"),
		};
	}
	return {
		kind: "files",
		files: applied.files,
		names: ops.filter((op) => op.kind === "set_app"),
		summary,
		said,
		usage: { inputTokens: 0, outputTokens: 0 },
	};
};
