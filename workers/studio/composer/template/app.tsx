// The page: holds the records and what is being looked at, and puts the parts together.
import type { DataRecord } from "freehold";
import { useMemo, useState } from "react";
import type { Actions } from "./actions.ts";
import { Again } from "./components/again.tsx";
import { Board } from "./components/board.tsx";
import { Calendar } from "./components/calendar.tsx";
import { Cards } from "./components/cards.tsx";
import { ChartCard } from "./components/chart-card.tsx";
import { Confirm } from "./components/confirm.tsx";
import { Empty } from "./components/empty.tsx";
import { Header } from "./components/header.tsx";
import { ImportSheet } from "./components/import-sheet.tsx";
import { Notice, Toast } from "./components/notice.tsx";
import { RecordDetails } from "./components/record-details.tsx";
import { RecordForm } from "./components/record-form.tsx";
import { Stats } from "./components/stats.tsx";
import { Table } from "./components/table.tsx";
import { Toolbar } from "./components/toolbar.tsx";
import { findKnown } from "./import.ts";
import { app, titleOf, type Values } from "./model.ts";
import { select, startQuery } from "./query.ts";
import { useRecords } from "./records.ts";
import { loadRows, useTheme } from "./setup.ts";
import { problems, words } from "./words.ts";
import "./styles.css";
import "./styles/overview.css";
import "./styles/panel.css";
import "./styles/pictures.css";
import "./styles/values.css";
import "./styles/views.css";
import "./styles/sheets.css";
import "./styles/states.css";

/** Which sheet or dialog is open. */
type Open =
	| { kind: "add"; start: Values }
	| { kind: "edit" | "details" | "delete"; record: DataRecord }
	| { kind: "import" }
	| { kind: "again"; rows: Values[]; known: number }
	| null;

export default function App() {
	useTheme();
	const records = useRecords();
	const [query, setQuery] = useState(startQuery);
	const [view, setView] = useState(0);
	const [open, setOpen] = useState<Open>(null);
	const [toast, setToast] = useState("");
	const shown = useMemo(() => select(records.all, query), [records.all, query]);

	const actions: Actions = {
		mayChange: records.mayChange,
		open: (record) => setOpen({ kind: "details", record }),
		edit: (record) => setOpen({ kind: "edit", record }),
		remove: (record) => setOpen({ kind: "delete", record }),
		add: (start = {}) => setOpen({ kind: "add", start }),
		change: (record, values) => void records.change(record.id, { ...(record.value as Values), ...values }),
	};

	async function save(values: Values): Promise<boolean> {
		const editing = open?.kind === "edit" ? open.record : null;
		const done = editing
			? await records.change(editing.id, { ...(editing.value as Values), ...values })
			: await records.add(values);
		if (done) {
			setOpen(null);
			setToast(editing ? words.saved : words.added);
		}
		return done;
	}

	async function addRows(file: "seed.json" | "examples.json") {
		const rows = await loadRows(file);
		const known = findKnown(rows, records.all).filter(Boolean).length;
		if (known > 0) return setOpen({ kind: "again", rows, known });
		await bring(rows);
	}

	async function bring(rows: Values[]) {
		if (await records.addMany(rows)) setToast(words.addedMany(rows.length));
	}

	const current = app.views[view] ?? app.views[0];
	const isEmpty = records.state === "ready" && records.all.length === 0;
	return (
		<div className="page">
			<Header
				mayChange={records.mayChange}
				records={shown}
				onAdd={() => actions.add()}
				onImport={() => setOpen({ kind: "import" })}
				onSeed={records.all.length > 0 && app.seed ? () => addRows("seed.json") : null}
			/>
			<main>
				{records.problem && records.state !== "failed" && (
					<Notice text={records.problem} onClose={records.forgetProblem} />
				)}
				{records.state === "loading" && <Loading />}
				{records.state === "failed" && <Notice text={problems.load} onRetry={records.reload} />}
				{isEmpty && (
					<Empty
						mayChange={records.mayChange}
						onAdd={() => actions.add()}
						onImport={() => setOpen({ kind: "import" })}
						onRows={addRows}
					/>
				)}
				{records.state === "ready" && !isEmpty && (
					<>
						<section className="overview" aria-label={words.overview}>
							<Stats records={shown} total={records.all.length} query={query} onQuery={setQuery} />
							{app.chart && <ChartCard records={shown} start={app.chart} />}
						</section>
						<section className="panel" aria-label={app.entity.plural}>
							<Toolbar
								query={query}
								onQuery={setQuery}
								view={view}
								onView={setView}
								records={records.all}
								count={shown.length}
							/>
							{shown.length === 0 && current?.kind !== "calendar" ? (
								<p className="nothing">
									{words.nothingMatches}{" "}
									<button className="link" type="button" onClick={() => setQuery(startQuery())}>
										{words.clearFilters}
									</button>
								</p>
							) : current?.kind === "board" ? (
								<Board records={shown} by={current.by} actions={actions} />
							) : current?.kind === "calendar" ? (
								<Calendar records={shown} by={current.by} actions={actions} />
							) : current?.kind === "cards" ? (
								<Cards records={shown} actions={actions} />
							) : (
								<Table records={shown} query={query} onQuery={setQuery} actions={actions} />
							)}
						</section>
					</>
				)}
			</main>
			{(open?.kind === "add" || open?.kind === "edit") && (
				<RecordForm
					record={open.kind === "edit" ? open.record : null}
					start={open.kind === "add" ? open.start : {}}
					all={records.all}
					problem={records.problem}
					onSave={save}
					onClose={() => setOpen(null)}
				/>
			)}
			{open?.kind === "details" && (
				<RecordDetails
					record={records.all.find((each) => each.id === open.record.id) ?? open.record}
					actions={actions}
					onClose={() => setOpen(null)}
				/>
			)}
			{open?.kind === "delete" && (
				<Confirm
					title={words.deleteQuestion(titleOf(open.record))}
					text={words.deleteText}
					action={words.delete}
					onCancel={() => setOpen(null)}
					onConfirm={async () => {
						const done = await records.remove(open.record.id);
						setOpen(null);
						if (done) setToast(words.deleted);
					}}
				/>
			)}
			{open?.kind === "import" && (
				<ImportSheet
					all={records.all}
					onClose={() => setOpen(null)}
					onImport={async (rows, onProgress) => {
						const done = await records.addMany(rows, onProgress);
						if (done) setToast(words.imported(rows.length));
						return done;
					}}
				/>
			)}
			{open?.kind === "again" && (
				<Again
					rows={open.rows}
					known={open.known}
					onCancel={() => setOpen(null)}
					onBring={async (rows) => {
						setOpen(null);
						await bring(rows);
					}}
					newRows={() => {
						const known = findKnown(open.rows, records.all);
						return open.rows.filter((_row, at) => !known[at]);
					}}
				/>
			)}
			<Toast text={toast} onDone={() => setToast("")} />
		</div>
	);
}

function Loading() {
	return (
		<div className="loading" role="status">
			<span className="sr">{words.loading}</span>
			<div className="overview">
				<div className="stats">
					<div className="skeleton tall" />
					<div className="skeleton tall" />
				</div>
			</div>
			<div className="skeleton" />
			<div className="skeleton" />
			<div className="skeleton" />
		</div>
	);
}
