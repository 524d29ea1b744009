// Bringing in a CSV file: choose it, say which column goes where, look at the first rows as they will be kept, then import.
import type { DataRecord } from "freehold";
import { type DateOrder, type Grid, readFile } from "freehold/tables";
import { useEffect, useMemo, useState } from "react";
import {
	type Chosen,
	findKnown,
	guessMapping,
	hasNotation,
	type Mapping,
	type ReadRow,
	type ReadRows,
	readRows,
} from "../import.ts";
import { type Field, inputFields, isNumeric, many, type Values } from "../model.ts";
import { formatValue } from "../values.ts";
import { Notice } from "./notice.tsx";
import { Sheet } from "./sheet.tsx";

/** What an app keeps at most. */
const mostRecords = 50_000;

interface Props {
	/** What is already there, so that nothing comes in twice unasked. */
	all: DataRecord[];
	onImport(rows: Values[], onProgress: (done: number) => void): Promise<boolean>;
	onClose(): void;
}

const rowsWords = (count: number): string => `${count} ${count === 1 ? "row" : "rows"}`;

export function ImportSheet({ all, onImport, onClose }: Props) {
	const [grid, setGrid] = useState<Grid | null>(null);
	const [fileName, setFileName] = useState("");
	const [problem, setProblem] = useState("");
	const [mapping, setMapping] = useState<Mapping>({});
	const [chosen, setChosen] = useState<Chosen>({});
	const [read, setRead] = useState<ReadRows | null>(null);
	const [again, setAgain] = useState(false);
	const [done, setDone] = useState<number | null>(null);

	useEffect(() => {
		if (!grid) return;
		let isCurrent = true;
		setRead(null);
		void readRows(grid, mapping, chosen).then((result) => isCurrent && setRead(result));
		return () => {
			isCurrent = false;
		};
	}, [grid, mapping, chosen]);

	const good = useMemo(() => (read?.rows ?? []).filter((row) => row.problems.length === 0), [read]);
	const known = useMemo(
		() =>
			findKnown(
				good.map((row) => row.values),
				all,
			),
		[good, all],
	);
	const knownCount = known.filter(Boolean).length;
	const chosenRows = again ? good : good.filter((_row, at) => !known[at]);
	const bad = (read?.rows.length ?? 0) - good.length;
	const tooMany = all.length + chosenRows.length > mostRecords;

	async function choose(file: File | undefined) {
		if (!file) return;
		const result = await readFile(new Uint8Array(await file.arrayBuffer()), file.name).catch(() => null);
		if (!result) return setProblem("This file could not be read. Choose it again.");
		if (!result.ok) return setProblem(result.problem);
		setProblem("");
		setFileName(file.name);
		setChosen({});
		setAgain(false);
		setMapping(guessMapping(result.grid.names));
		setGrid(result.grid);
	}

	async function start() {
		setDone(0);
		const finished = await onImport(
			chosenRows.map((row) => row.values),
			setDone,
		);
		if (finished) return onClose();
		setDone(null);
		setProblem(
			"Not everything could be imported. What arrived is marked below as already there; import the rest again.",
		);
	}

	return (
		<Sheet title="Import a CSV file" onClose={onClose}>
			<div className="fields">
				{problem && <Notice text={problem} />}
				<label className="file">
					<span className="label">{fileName || "Choose a CSV file"}</span>
					<span className="help">
						{grid ? rowsWords(grid.rows.length) : "Its first line holds the names of the columns."}
					</span>
					<input
						type="file"
						accept=".csv,.tsv,.txt,.json,.jsonl,text/csv"
						onChange={(event) => void choose(event.currentTarget.files?.[0])}
					/>
				</label>
				{grid && (
					<>
						<Notes lines={grid.notes} />
						<fieldset className="mapping">
							<legend>Which column goes where?</legend>
							{inputFields.map((field) => (
								<MappedField
									key={field.key}
									field={field}
									grid={grid}
									at={mapping[field.key] ?? -1}
									read={read}
									onMap={(at) => setMapping({ ...mapping, [field.key]: at })}
									onChoose={(notation) => setChosen({ ...chosen, [field.key]: notation })}
								/>
							))}
						</fieldset>
						{!read && <p className="help">Reading…</p>}
						{read && <Preview rows={read.rows.slice(0, 5)} mapping={mapping} />}
						{read && <Unread read={read} bad={bad} />}
						{knownCount > 0 && (
							<label className="again">
								<input type="checkbox" checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />
								<span>
									{knownCount === 1 ? "1 of these rows is" : `${knownCount} of these rows are`} already there. Import{" "}
									{knownCount === 1 ? "it" : "them"} again?
								</span>
							</label>
						)}
						{tooMany && (
							<Notice
								text={`An app keeps at most ${mostRecords.toLocaleString()} records. ${all.length.toLocaleString()} are there, so ${chosenRows.length.toLocaleString()} more do not fit.`}
							/>
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
					disabled={!read || chosenRows.length === 0 || tooMany || done !== null}
					onClick={() => void start()}
				>
					{done === null ? `Import ${rowsWords(chosenRows.length)}` : `${done} of ${chosenRows.length}…`}
				</button>
			</div>
		</Sheet>
	);
}

function Notes({ lines }: { lines: string[] }) {
	if (lines.length === 0) return null;
	return (
		<ul className="help notes">
			{lines.map((line) => (
				<li key={line}>{line}</li>
			))}
		</ul>
	);
}

interface MappedFieldProps {
	field: Field;
	grid: Grid;
	at: number;
	read: ReadRows | null;
	onMap(at: number): void;
	onChoose(notation: { decimalComma?: boolean; dateOrder?: DateOrder }): void;
}

const numberNotations = [
	["point", "with a decimal point: 1,234.5"],
	["comma", "with a decimal comma: 1.234,5"],
] as const;
const dateNotations = [
	["dmy", "with the day first"],
	["mdy", "with the month first"],
	["ymd", "with the year first"],
] as const;

/** The column of a field, and how its numbers or dates are written where that can be read in two ways. */
function MappedField({ field, grid, at, read, onMap, onChoose }: MappedFieldProps) {
	const column = read?.columns[field.key];
	const canChoose = at >= 0 && column !== undefined && !column.clock && hasNotation(field, grid, at);
	const isNumber = isNumeric(field);
	return (
		<div className="mapped">
			<label>
				<span dir="auto">{field.label}</span>
				<select value={at} onChange={(event) => onMap(Number(event.currentTarget.value))}>
					<option value={-1}>Leave empty</option>
					{grid.names.map((name, place) => (
						<option key={name} value={place}>
							{name}
						</option>
					))}
				</select>
			</label>
			{canChoose && (
				<label className="notation">
					<span>
						{isNumber ? "Numbers of" : "Dates of"} {field.label} are written
					</span>
					<select
						value={isNumber ? (column.decimalComma ? "comma" : "point") : (column.dateOrder ?? "ymd")}
						onChange={(event) => {
							const { value } = event.currentTarget;
							onChoose(isNumber ? { decimalComma: value === "comma" } : { dateOrder: value as DateOrder });
						}}
					>
						{(isNumber ? numberNotations : dateNotations).map(([value, words]) => (
							<option key={value} value={value}>
								{words}
							</option>
						))}
					</select>
				</label>
			)}
			{canChoose && column.isAmbiguous && (
				<p className="help">They can be read in two ways. Look at the first rows below.</p>
			)}
		</div>
	);
}

/** What cannot be read, field by field, and what becomes of those rows. */
function Unread({ read, bad }: { read: ReadRows; bad: number }) {
	const words = Object.entries(read.columns).flatMap(([key, column]) => {
		const field = inputFields.find((each) => each.key === key);
		return column.notes.filter((note) => note.includes("read as")).map((note) => `${field?.label ?? ""}: ${note}`);
	});
	return (
		<>
			<Notes lines={words} />
			{bad > 0 && (
				<div className="help" role="status">
					<p>
						{bad === 1
							? "1 row cannot be read and will be left out."
							: `${bad} rows cannot be read and will be left out.`}
					</p>
					<ul className="notes">
						{read.misfits.map(({ field, count, first }) => (
							<li key={field.key}>
								{field.label}: {count === 1 ? "1 cell does" : `${count} cells do`} not fit. The first: {first}.
							</li>
						))}
					</ul>
				</div>
			)}
		</>
	);
}

function Preview({ rows, mapping }: { rows: ReadRow[]; mapping: Mapping }) {
	const mapped = inputFields.filter((field) => (mapping[field.key] ?? -1) >= 0);
	const shown = mapped.length > 0 ? mapped : inputFields.slice(0, 6);
	return (
		<div className="table-scroll preview" tabIndex={0} role="region" aria-label={`First ${many} of the file`}>
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
					{rows.map((row) => (
						<tr key={row.row} className={row.problems.length ? "bad" : ""}>
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
