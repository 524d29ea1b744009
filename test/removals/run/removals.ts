// `npm run removals`: takes each defence out of a copy of the source and runs the test that is named for it, which must fail; and
// once with nothing taken out, when it must pass: a test that fails by itself shows nothing.
//   npm run removals                 all of them, two at a time
//   npm run removals -- cursor gate  those whose attack, defence or test says one of the words
//   npm run removals -- --list       says what would run
//   npm run removals -- --quick      without the runs with nothing taken out, after a whole `npm test` on the same state
//   npm run removals -- --from=84    goes on with the 84th, where a run was cut off

import { findOrInstallChromium } from "../../../scripts/find-chromium.ts";
import { runEnvironment } from "../../support/run-folder.ts";
import { removals } from "../all.ts";
import type { Removal } from "../removal.ts";
import { copySource, type SourceCopy } from "./copy.ts";
import { type Outcome, runTest } from "./run-test.ts";

const lanes = 2;
const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith("--")).map((word) => word.toLowerCase());
const textOf = ({ attacks, defence, test }: Removal) =>
	[...attacks, defence, test.file, test.name].join("\n").toLowerCase();
const from = Number(args.find((arg) => arg.startsWith("--from="))?.slice("--from=".length) ?? 1);
const chosen = removals
	.slice(from - 1)
	.filter((removal) => words.length === 0 || words.some((word) => textOf(removal).includes(word)));
const say = (line: string) => process.stdout.write(`${line}\n`);

const verdicts: Record<Outcome["state"], string> = {
	failed: "noticed",
	passed: "NOT NOTICED",
	skipped: "NOT NOTICED (the test did not run)",
	missing: "NOT NOTICED (no such test)",
	hung: "NOT NOTICED (it hung)",
};

if (args.includes("--list")) {
	for (const { attacks, defence, test } of chosen)
		say(`${attacks.join("; ")}\n  ${defence}\n  ${test.file}: ${test.name}`);
	say(`${chosen.length} removals`);
} else {
	// whoever stops this leaves neither copies nor tests behind
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
	const began = performance.now();
	const noticed = await removeAll({ CHROMIUM_PATH: findOrInstallChromium(), WRANGLER_SEND_METRICS: "false" });
	const minutes = ((performance.now() - began) / 60_000).toFixed(1);
	say(`${chosen.length} removals, ${noticed} noticed (${minutes} minutes)`);
	process.exitCode = noticed === chosen.length && noticed > 0 ? 0 : 1;
}

async function removeAll(env: Record<string, string>): Promise<number> {
	/** What each test does with nothing taken out. */
	const controls = new Map<string, Promise<Outcome>>();
	const queue = [...chosen];
	let noticed = 0;
	const work = async (copy: SourceCopy, { defence, edits, test, env: more }: Removal) => {
		const run = (also = {}) => runTest(copy.folder, test, { ...env, ...more, ...also });
		const key = JSON.stringify(test);
		if (!args.includes("--quick") && !controls.has(key)) controls.set(key, run(runEnvironment(copy.bundles)));
		const control = await controls.get(key);
		const began = performance.now();
		const outcome = await copy.without(edits, () => run());
		const isFair = control === undefined || control.state === "passed";
		if (outcome.state === "failed" && isFair) noticed++;
		const verdict = isFair
			? verdicts[outcome.state]
			: `NOT NOTICED (with nothing taken out it is ${control.state}, too)`;
		const seconds = ((performance.now() - began) / 1000).toFixed(0);
		say(`${verdict}  ${defence}  (${seconds} s)\n    ${test.file}: ${test.name}\n    ${outcome.why}`);
	};
	await Promise.all(
		Array.from({ length: Math.min(lanes, queue.length) }, async () => {
			const copy = copySource();
			try {
				for (let one = queue.shift(); one !== undefined; one = queue.shift()) await work(copy, one);
			} finally {
				copy.remove();
			}
		}),
	);
	return noticed;
}
