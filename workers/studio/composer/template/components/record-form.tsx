// Adding and editing a record. Nothing typed is lost when something is wrong: the form stays and says what.
import type { DataRecord } from "freehold";
import { useMemo, useRef, useState } from "react";
import { limitProblem } from "../limits.ts";
import { type Field, inputFields, type Values, valueIn } from "../model.ts";
import { editText, parseValue, startValues, storedValues } from "../values.ts";
import { words } from "../words.ts";
import { FieldInput } from "./field-input.tsx";
import { Notice } from "./notice.tsx";
import { Sheet } from "./sheet.tsx";

interface Props {
	record: DataRecord | null;
	start: Values;
	all: DataRecord[];
	problem: string | null;
	onSave(values: Values): Promise<boolean>;
	onClose(): void;
}

// Days are ticked in the list, not typed.
const formFields = inputFields.filter((field) => field.type !== "checkins");

export function RecordForm({ record, start, all, problem, onSave, onClose }: Props) {
	const [texts, setTexts] = useState<Record<string, string>>(() => {
		const values: Record<string, unknown> = record ? record.value : { ...startValues(), ...start };
		return Object.fromEntries(formFields.map((field) => [field.key, editText(field, valueIn(values, field))]));
	});
	const [first] = useState(texts);
	const [problems, setProblems] = useState<Record<string, string>>({});
	const [isSaving, setSaving] = useState(false);
	const form = useRef<HTMLFormElement>(null);
	const known = useMemo(() => new Map(formFields.map((field) => [field.key, knownTexts(field, all)])), [all]);

	const othersOf = (field: Field) =>
		field.unique ? all.filter((each) => each.id !== record?.id).map((each) => valueIn(each.value, field)) : [];

	async function submit() {
		const values: Values = {};
		const found: Record<string, string> = {};
		for (const field of formFields) {
			// What nobody touched stays as it is stored, to the last digit.
			if (record && texts[field.key] === first[field.key] && texts[field.key] !== "") continue;
			const parsed = parseValue(field, texts[field.key] ?? "");
			const beyond = "problem" in parsed ? parsed.problem : limitProblem(field, parsed.value, othersOf(field));
			if (beyond !== null) found[field.key] = beyond;
			else if ("value" in parsed) values[field.key] = parsed.value;
		}
		setProblems(found);
		const wrong = formFields.find((field) => found[field.key]);
		if (wrong) {
			form.current?.querySelector<HTMLElement>(`[name="${wrong.key}"]`)?.focus();
			return;
		}
		setSaving(true);
		const keep = record ? {} : { ...start };
		await onSave(record ? values : storedValues({ ...keep, ...values }));
		setSaving(false);
	}

	return (
		<Sheet title={record ? words.editOne : words.addOne} onClose={onClose}>
			<form
				ref={form}
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					void submit();
				}}
			>
				<div className="fields">
					{problem && <Notice text={problem} />}
					{Object.keys(problems).length > 0 && (
						<p className="sr" role="alert">
							{words.toCorrect(Object.keys(problems).length)}
						</p>
					)}
					{formFields.map((field) => (
						<FieldInput
							key={field.key}
							field={field}
							text={texts[field.key] ?? ""}
							problem={problems[field.key]}
							known={known.get(field.key) ?? []}
							onText={(text) => {
								setTexts((before) => ({ ...before, [field.key]: text }));
								setProblems(({ [field.key]: _solved, ...rest }) => rest);
							}}
						/>
					))}
				</div>
				<div className="sheet-actions">
					<button className="button" type="button" onClick={onClose}>
						{words.cancel}
					</button>
					<button className="button primary" type="submit" disabled={isSaving}>
						{isSaving ? words.saving : record ? words.save : words.addOne}
					</button>
				</div>
			</form>
		</Sheet>
	);
}

function knownTexts(field: Field, all: DataRecord[]): string[] {
	if (!field.suggest) return [];
	const texts = all.map((record) => valueIn(record.value, field)).filter((value) => typeof value === "string");
	return Array.from(new Set(texts)).sort().slice(0, 100);
}
