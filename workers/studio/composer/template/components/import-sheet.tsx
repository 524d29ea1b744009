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
import { type Field, inputFields, isNumeric, type Values } from "../model.ts";
import { formatValue } from "../values.ts";
import { problems, words } from "../words.ts";
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
		if (!result) return setProblem(problems.file);
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
		setProblem(problems.importStopped);
	}

	return (
		<Sheet title={words.importFile} onClose={onClose}>
			<div className="fields">
				{problem && <Notice text={problem} />}
				<label className="file">
					<span className="label">{fileName || words.chooseFile}</span>
					<span className="help">{grid ? words.rows(grid.rows.length) : words.firstLine}</span>
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
							<legend>{words.whichColumn}</legend>
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
						{!read && <p className="help">{words.reading}</p>}
						{read && <Preview rows={read.rows.slice(0, 5)} mapping={mapping} />}
						{read && <Unread read={read} bad={bad} />}
						{knownCount > 0 && (
							<label className="again">
								<input type="checkbox" checked={again} onChange={(event) => setAgain(event.currentTarget.checked)} />
								<span>{words.alreadyThere(knownCount)}</span>
							</label>
						)}
						{tooMany && <Notice text={words.tooMany(mostRecords, all.length, chosenRows.length)} />}
					</>
				)}
			</div>
			<div className="sheet-actions">
				<button className="button" type="button" onClick={onClose}>
					{words.cancel}
				</button>
				<button
					className="button primary"
					type="button"
					disabled={!read || chosenRows.length === 0 || tooMany || done !== null}
					onClick={() => void start()}
				>
					{done === null ? words.importRows(chosenRows.length) : words.progress(done, chosenRows.length)}
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
	["point", words.withPoint],
	["comma", words.withComma],
] as const;
const dateNotations = [
	["dmy", words.dayFirst],
	["mdy", words.monthFirst],
	["ymd", words.yearFirst],
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
					<option value={-1}>{words.leaveEmpty}</option>
					{grid.names.map((name, place) => (
						<option key={name} value={place}>
							{name}
						</option>
					))}
				</select>
			</label>
			{canChoose && (
				<label className="notation">
					<span>{isNumber ? words.numbersOf(field.label) : words.datesOf(field.label)}</span>
					<select
						value={isNumber ? (column.decimalComma ? "comma" : "point") : (column.dateOrder ?? "ymd")}
						onChange={(event) => {
							const { value } = event.currentTarget;
							onChoose(isNumber ? { decimalComma: value === "comma" } : { dateOrder: value as DateOrder });
						}}
					>
						{(isNumber ? numberNotations : dateNotations).map(([value, name]) => (
							<option key={value} value={value}>
								{name}
							</option>
						))}
					</select>
				</label>
			)}
			{canChoose && column.isAmbiguous && <p className="help">{words.twoWays}</p>}
		</div>
	);
}

/** What cannot be read, field by field, and what becomes of those rows. */
function Unread({ read, bad }: { read: ReadRows; bad: number }) {
	const lines = Object.entries(read.columns).flatMap(([key, column]) => {
		const field = inputFields.find((each) => each.key === key);
		return column.notes.filter((note) => note.includes("read as")).map((note) => `${field?.label ?? ""}: ${note}`);
	});
	return (
		<>
			<Notes lines={lines} />
			{bad > 0 && (
				<div className="help" role="status">
					<p>{words.unreadRows(bad)}</p>
					<ul className="notes">
						{read.misfits.map(({ field, count, first }) => (
							<li key={field.key}>{words.misfit(field.label, count, first)}</li>
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
		<div className="table-scroll preview" tabIndex={0} role="region" aria-label={words.firstOfFile}>
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
