// Compares what the composer makes of a prompt with what must come of it.
import { compose } from "#studio/composer/compose.ts";
import { type AppSpec, type Field, specPath } from "#studio/composer/spec.ts";
import type { RecordPrompt } from "./corpus-records.ts";

export type Answer = { kind: "app"; spec: AppSpec; said: string } | { kind: "asked"; question: string };

export function answerTo(prompt: string): Answer {
	const composed = compose({ prompt, references: [], current: [] });
	if (!composed.ok) return { kind: "asked", question: composed.reason };
	const file = composed.value.ops.find((op) => op.kind === "write" && op.path === specPath);
	if (file?.kind !== "write") return { kind: "asked", question: composed.value.said };
	return { kind: "app", spec: JSON.parse(file.content) as AppSpec, said: composed.value.said };
}

export interface Score {
	isEntityRight: boolean;
	fields: number;
	fieldsRight: number;
	/** What is wrong, in words for whoever works on the reader. */
	faults: string[];
}

export function scoreRecords({ prompt, entity, fields }: RecordPrompt): Score {
	const expected = fields.split("; ").filter(Boolean);
	const answer = answerTo(prompt);
	if (answer.kind === "asked")
		return {
			isEntityRight: false,
			fields: expected.length,
			fieldsRight: 0,
			faults: [`asked: ${answer.question.slice(0, 60)}`],
		};
	const { spec } = answer;
	const name = spec.entity.singular.toLowerCase();
	const isEntityRight = entity
		.split("|")
		.some((each) => name === each || name === `${each} entry` || name.endsWith(` ${each}`));
	const faults = isEntityRight ? [] : [`entity is “${spec.entity.singular}”`];
	const used = new Set<Field>();
	let fieldsRight = 0;
	for (const line of expected) {
		const [labels = "", wish = ""] = line.split(": ");
		const field = findField(spec, labels.toLowerCase().split("|"), used);
		if (field) used.add(field);
		const fault = !field ? "missing" : faultOf(field, wish);
		if (fault) faults.push(`${labels}: ${fault}`);
		else fieldsRight += 1;
	}
	// What nobody named: one text that names the record is allowed beside a list.
	const extra = expected.length === 0 ? [] : spec.fields.filter((field) => !used.has(field));
	if (extra.length > 1 || extra.some((field) => field.type !== "text"))
		faults.push(`invented: ${extra.map((field) => field.label).join(", ")}`);
	return { isEntityRight, fields: expected.length, fieldsRight, faults };
}

function findField(spec: AppSpec, labels: readonly string[], used: ReadonlySet<Field>): Field | undefined {
	const free = spec.fields.filter((field) => !used.has(field));
	const same = free.find((field) => labels.includes(field.label.toLowerCase()));
	return (
		same ??
		free.find((field) =>
			labels.some((label) => field.label.toLowerCase().includes(label) || label.includes(field.label.toLowerCase())),
		)
	);
}

function faultOf(field: Field, wish: string): string | null {
	const [, types = "", count, limit, worked] = /^([a-zA-Z|]+)(?:\[(\d+)\])?(?:<=(\d+))?(=)?$/.exec(wish) ?? [];
	if (!types.split("|").includes(field.type)) return `is ${field.type}`;
	if (count && field.type === "choice" && field.choices?.length !== Number(count))
		return `has ${field.choices?.length} choices: ${field.choices?.join("/")}`;
	if (limit && field.type !== "rating" && field.max !== Number(limit)) return `its most is ${field.max}`;
	if (worked && !field.computed) return "is not worked out";
	return null;
}
