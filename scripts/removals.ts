// `npm run removals`: takes each defence out of a copy of the source and runs the test that is named for it, which must fail.
//   npm run removals                 all of them, two at a time
//   npm run removals -- cursor gate  those whose attack, defence or test says one of the words
//   npm run removals -- --list       says what would run
//   npm run removals -- --control    runs the named tests with nothing taken out: they must pass
import { removals } from "../test/removals/all.ts";
import type { Removal } from "../test/removals/removal.ts";
import { findOrInstallChromium } from "./find-chromium.ts";
import { copySource, type SourceCopy } from "./removals/copy.ts";
import { type Outcome, runTests } from "./removals/run-tests.ts";

const lanes = 2;
const args = process.argv.slice(2);
const words = args.filter((arg) => !arg.startsWith("--")).map((word) => word.toLowerCase());
const textOf = ({ attacks, defence, test }: Removal) =>
	[...attacks, defence, test.file, test.name].join("\n").toLowerCase();
const chosen = removals.filter((removal) => words.length === 0 || words.some((word) => textOf(removal).includes(word)));
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
	const env = { CHROMIUM_PATH: findOrInstallChromium(), WRANGLER_SEND_METRICS: "false" };
	process.exitCode = args.includes("--control") ? await controlAll(env) : await removeAll(env);
}

async function removeAll(env: Record<string, string>): Promise<number> {
	let noticed = 0;
	await inLanes(chosen, async (copy, { defence, edits, test, env: more }) => {
		const began = performance.now();
		const outcome = await copy.without(edits, () => runTests(copy.folder, test.file, [test.name], { ...env, ...more }));
		const { state, why } = outcome.get(test.name) ?? { state: "missing", why: "" };
		if (state === "failed") noticed++;
		const seconds = ((performance.now() - began) / 1000).toFixed(0);
		say(`${verdicts[state]}  ${defence}  (${seconds} s)\n    ${test.file}: ${test.name}\n    ${why}`);
	});
	say(`${chosen.length} removals, ${noticed} noticed`);
	return noticed === chosen.length && noticed > 0 ? 0 : 1;
}

/** With nothing taken out, every named test passes; one run for each file. */
async function controlAll(env: Record<string, string>): Promise<number> {
	const files = Map.groupBy(chosen, ({ test, env: more }) => JSON.stringify([test.file, more ?? {}]));
	let passed = 0;
	let asked = 0;
	await inLanes([...files], async (copy, [key, ofFile]) => {
		const [file, more] = JSON.parse(key) as [string, Record<string, string>];
		const names = [...new Set(ofFile.map(({ test }) => test.name))];
		const outcomes = await runTests(copy.folder, file, names, { ...env, ...more });
		for (const [name, { state, why }] of outcomes) {
			asked++;
			if (state === "passed") passed++;
			else say(`${state}  ${file}: ${name}\n    ${why}`);
		}
	});
	say(`${asked} tests with nothing taken out, ${passed} passed`);
	return passed === asked && asked > 0 ? 0 : 1;
}

async function inLanes<T>(all: readonly T[], work: (copy: SourceCopy, one: T) => Promise<void>): Promise<void> {
	const queue = [...all];
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
}
