// Bringing in a CSV file: choose it, say which column goes where, look at the first rows, then import.
import { useMemo, useState } from "react";
import { readCell, readCsv } from "../csv.ts";
import { app, type Field, inputFields, type Values } from "../model.ts";
import { formatValue, parseValue, storedValues } from "../values.ts";
import { Notice } from "./notice.tsx";
import { Sheet } from "./sheet.tsx";

const mostRows = 5000;

interface Props {
	onImport(rows: Values[], onProgress: (done: number) => void): Promise<boolean>;
	onClose(): void;
}

export function ImportSheet({ onImport, onClose }: Props) {
	const [rows, setRows] = useState<string[][]>([]);
	const [fileName, setFileName] = useState("");
	const [problem, setProblem] = useState("");
	const [mapping, setMapping] = useState<Record<string, number>>({});
	const [done, setDone] = useState<number | null>(null);
	const [head = [], ...body] = rows;
	const read = useMemo(() => body.map((row) => readRow(row, mapping)), [rows, mapping]);
	const good = read.filter((row) => row.problems.length === 0);

	async function choose(file: File | undefined) {
		if (!file) return;
		const lines = readCsv(await file.text());
		if (lines.length < 2)
			return setProblem("This file has no rows under its first line. Choose a CSV file with a line of column names.");
		if (lines.length > mostRows + 1)
			return setProblem(`This file has more than ${mostRows.toLocaleString()} rows. Split it and import the parts.`);
		setProblem("");
		setFileName(file.name);
		setRows(lines);
		setMapping(guessMapping(lines[0] ?? []));
	}

	async function start() {
		setDone(0);
		const finished = await onImport(
			good.map((row) => row.values),
			setDone,
		);
		if (finished) onClose();
		else {
			setDone(null);
			setProblem("Not everything could be imported. Check what arrived before you try again.");
		}
	}

	return (
		<Sheet title="Import a CSV file" onClose={onClose}>
			<div className="fields">
				{problem && <Notice text={problem} />}
				<label className="file">
					<span className="label">{fileName || "Choose a CSV file"}</span>
					<span className="help">
						{fileName ? `${body.length} rows` : "Its first line holds the names of the columns."}
					</span>
					<input
						type="file"
						accept=".csv,.tsv,.txt,text/csv"
						onChange={(event) => void choose(event.currentTarget.files?.[0])}
					/>
				</label>
				{rows.length > 0 && (
					<>
						<fieldset className="mapping">
							<legend>Which column goes where?</legend>
							{inputFields.map((field) => (
								<label key={field.key}>
									<span dir="auto">{field.label}</span>
									<select
										value={mapping[field.key] ?? -1}
										onChange={(event) => setMapping({ ...mapping, [field.key]: Number(event.currentTarget.value) })}
									>
										<option value={-1}>Leave empty</option>
										{head.map((name, at) => (
											<option key={`${at}-${name}`} value={at}>
												{name || `Column ${at + 1}`}
											</option>
										))}
									</select>
								</label>
							))}
						</fieldset>
						<Preview rows={read.slice(0, 5)} />
						{good.length < read.length && (
							<p className="help">
								{read.length - good.length} rows cannot be read and will be left out. First problem:{" "}
								{read.find((row) => row.problems.length)?.problems[0]}
							</p>
						)}
					</>
				)}
			</div>
			<div className="sheet-actions">
				<button className="button" type="button" onClick={onClose}>
					Cancel
				</button>
				<button
					className="button primary"
					type="button"
					disabled={good.length === 0 || done !== null}
					onClick={() => void start()}
				>
					{done === null ? `Import ${good.length} ${good.length === 1 ? "row" : "rows"}` : `${done} of ${good.length}…`}
				</button>
			</div>
		</Sheet>
	);
}

interface ReadRow {
	values: Values;
	problems: string[];
}

function readRow(row: string[], mapping: Record<string, number>): ReadRow {
	const values: Values = {};
	const problems: string[] = [];
	for (const field of inputFields) {
		const at = mapping[field.key] ?? -1;
		const parsed = parseValue(field, at < 0 ? "" : readCell(row[at] ?? ""));
		if ("problem" in parsed) problems.push(`${field.label}: ${parsed.problem}`);
		else values[field.key] = parsed.value;
	}
	return { values: storedValues(values), problems };
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

function guessMapping(head: string[]): Record<string, number> {
	const names = head.map(plain);
	const find = (field: Field) => {
		const exact = names.findIndex((name) => name === plain(field.label) || name === plain(field.key));
		return exact >= 0
			? exact
			: names.findIndex(
					(name) => name.length > 2 && (name.includes(plain(field.label)) || plain(field.label).includes(name)),
				);
	};
	return Object.fromEntries(inputFields.map((field) => [field.key, find(field)]));
}

function Preview({ rows }: { rows: ReadRow[] }) {
	const shown = inputFields.slice(0, 6);
	return (
		<div
			className="table-scroll preview"
			tabIndex={0}
			role="region"
			aria-label={`First ${app.entity.plural.toLowerCase()} of the file`}
		>
			<table>
				<thead>
					<tr>
						{shown.map((field) => (
							<th key={field.key} scope="col">
								{field.label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row, at) => (
						<tr key={`row-${at}`} className={row.problems.length ? "bad" : ""}>
							{shown.map((field) => (
								<td key={field.key} dir="auto">
									{formatValue(field, row.values[field.key] ?? null)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
