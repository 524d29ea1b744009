// How well the composer reads prompts: the right thing, every named field with the right type, and no app for what keeps no
// records. A third of the first prompts was held out while the reader was written; the later sets were written after it. Run: node bench/composer.ts [--faults] [--held-out]

import { fourthOthers, fourthPrompts, openPrompts } from "./composer/corpus-fourth.ts";
import { otherPrompts } from "./composer/corpus-others.ts";
import { type RecordPrompt, recordPrompts } from "./composer/corpus-records.ts";
import { secondOthers, secondPrompts } from "./composer/corpus-second.ts";
import { thirdOthers, thirdPrompts } from "./composer/corpus-third.ts";
import { answerTo, scoreRecords } from "./composer/score.ts";

const showFaults = process.argv.includes("--faults");
const onlySeen = process.argv.includes("--seen");

interface Line {
	prompts: number;
	right: number;
	entities: number;
	fields: number;
	fieldsRight: number;
}

const empty = (): Line => ({ prompts: 0, right: 0, entities: 0, fields: 0, fieldsRight: 0 });
const isHeldOut = (at: number): boolean => at % 3 === 2;
const percent = (part: number, of: number): string =>
	of === 0 ? "   –" : `${Math.round((100 * part) / of)} %`.padStart(5);

const lines = new Map<string, Line>();
const add = (name: string, part: Omit<Line, "prompts">) => {
	const line = lines.get(name) ?? empty();
	lines.set(name, {
		prompts: line.prompts + 1,
		right: line.right + part.right,
		entities: line.entities + part.entities,
		fields: line.fields + part.fields,
		fieldsRight: line.fieldsRight + part.fieldsRight,
	});
};

const sets = [
	{ name: "", records: recordPrompts, others: otherPrompts },
	{ name: ", second set", records: secondPrompts, others: secondOthers },
	{ name: ", third set", records: thirdPrompts, others: thirdOthers },
	{ name: ", fourth set", records: fourthPrompts, others: fourthOthers },
	{ name: ", not right yet", records: openPrompts, others: [] },
];
const setOf = (name: string, at: number): string => name || (isHeldOut(at) ? ", held out" : ", seen");

const scoreRecord = (row: RecordPrompt, at: number, name: string) => {
	if (onlySeen && (name || isHeldOut(at))) return;
	const score = scoreRecords(row);
	const part = {
		right: score.faults.length === 0 ? 1 : 0,
		entities: score.isEntityRight ? 1 : 0,
		fields: score.fields,
		fieldsRight: score.fieldsRight,
	};
	add(row.way, part);
	add(`records${setOf(name, at)}`, part);
	if (showFaults && score.faults.length > 0)
		process.stdout.write(`${row.prompt.replaceAll("\n", " ⏎ ")}\n    ${score.faults.join("; ")}\n`);
};

let apps = 0;
let refused = 0;
const scoreOther = (prompt: string, at: number, name: string) => {
	if (onlySeen && (name || isHeldOut(at))) return;
	const answer = answerTo(prompt);
	const isRefused = answer.kind === "asked" && /needs a model/.test(answer.question);
	if (answer.kind === "app") apps += 1;
	if (isRefused) refused += 1;
	const part = { right: isRefused ? 1 : 0, entities: answer.kind === "app" ? 0 : 1, fields: 0, fieldsRight: 0 };
	add(`no records${setOf(name, at)}`, part);
	if (showFaults && !isRefused)
		process.stdout.write(
			`${prompt}\n    ${answer.kind === "app" ? `an app of ${answer.spec.entity.plural}` : "only asked"}\n`,
		);
};

for (const { name, records, others } of sets) {
	records.forEach((row, at) => {
		scoreRecord(row, at, name);
	});
	others.forEach((prompt, at) => {
		scoreOther(prompt, at, name);
	});
}

process.stdout.write(`${"".padEnd(24)} prompts  right  entity  fields\n`);
for (const [name, line] of lines)
	process.stdout.write(
		`${name.padEnd(24)} ${String(line.prompts).padStart(7)}  ${percent(line.right, line.prompts)}   ${percent(line.entities, line.prompts)}   ${percent(line.fieldsRight, line.fields)}\n`,
	);
process.stdout.write(`Apps of the wrong kind: ${apps} of ${apps + refused} prompts that ask for no records.\n`);
