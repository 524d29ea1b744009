// Records in a month, by one of their dates. On small screens the days that have something are listed one under the other.
import type { DataRecord } from "freehold";
import { useState } from "react";
import type { Actions } from "../actions.ts";
import { addDays, dateOf, dayOf, fieldOf, fieldValue, titleOf, today } from "../model.ts";
import { useIsSmall } from "../setup.ts";
import { formatDay, formatMonth } from "../values.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

const shownPerDay = 3;

export function Calendar({ records, by, actions }: { records: DataRecord[]; by: string; actions: Actions }) {
	const [month, setMonth] = useState(today().slice(0, 7));
	const isSmall = useIsSmall();
	const field = fieldOf(by);
	if (!field) return null;
	const days = new Map<string, DataRecord[]>();
	for (const record of records) {
		const day = String(fieldValue(record, field) ?? "").slice(0, 10);
		if (day) days.set(day, [...(days.get(day) ?? []), record]);
	}
	const cells = cellsOf(month);
	const busy = [...days.keys()].filter((day) => day.startsWith(month)).sort();
	const nearest = [...days.keys()].sort().find((day) => day >= today()) ?? [...days.keys()].sort().at(-1);
	return (
		<div className="calendar">
			<div className="calendar-head">
				<h3 aria-live="polite">{formatMonth(month)}</h3>
				<button
					className="button square"
					type="button"
					aria-label={words.previousMonth}
					onClick={() => setMonth(addMonths(month, -1))}
				>
					<Icon name="left" size={18} />
				</button>
				<button className="button" type="button" onClick={() => setMonth(today().slice(0, 7))}>
					{words.today}
				</button>
				<button
					className="button square"
					type="button"
					aria-label={words.nextMonth}
					onClick={() => setMonth(addMonths(month, 1))}
				>
					<Icon name="right" size={18} />
				</button>
			</div>
			{isSmall ? (
				<ol className="agenda">
					{busy.map((day) => (
						<li key={day}>
							<h4>{dateOf(day).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}</h4>
							{(days.get(day) ?? []).map((record) => (
								<Entry key={record.id} record={record} time={timeOf(record, by)} actions={actions} />
							))}
						</li>
					))}
				</ol>
			) : (
				<div className="month">
					{cells.slice(0, 7).map((day) => (
						<span key={day} className="weekday">
							{dateOf(day).toLocaleDateString(undefined, { weekday: "short" })}
						</span>
					))}
					{cells.map((day) => {
						const here = days.get(day) ?? [];
						const outside = day.startsWith(month) ? "" : " outside";
						return (
							<div key={day} className={`day${outside}${day === today() ? " today" : ""}`}>
								<span className="day-number">{Number(day.slice(8))}</span>
								{actions.mayChange && (
									<button
										className="day-add"
										type="button"
										aria-label={words.addOn(formatDay(day))}
										onClick={() => actions.add({ [by]: field.type === "dateTime" ? `${day}T09:00` : day })}
									>
										<Icon name="plus" size={14} />
									</button>
								)}
								{here.slice(0, shownPerDay).map((record) => (
									<Entry key={record.id} record={record} time={timeOf(record, by)} actions={actions} />
								))}
								{here.length > shownPerDay && <span className="more">{words.more(here.length - shownPerDay)}</span>}
							</div>
						);
					})}
				</div>
			)}
			{busy.length === 0 && (
				<p className="nothing">
					{words.nothingIn(formatMonth(month))}{" "}
					{nearest && (
						<button className="link" type="button" onClick={() => setMonth(nearest.slice(0, 7))}>
							{words.goTo(formatMonth(nearest.slice(0, 7)))}
						</button>
					)}
				</p>
			)}
		</div>
	);
}

function Entry({ record, time, actions }: { record: DataRecord; time: string; actions: Actions }) {
	return (
		<button className="entry" type="button" dir="auto" onClick={() => actions.open(record)}>
			{time && <span>{time}</span>} {titleOf(record)}
		</button>
	);
}

function timeOf(record: DataRecord, by: string): string {
	const field = fieldOf(by);
	const text = field ? String(fieldValue(record, field) ?? "") : "";
	return field?.type === "dateTime" ? text.slice(11, 16) : "";
}

/** The days shown for a month: whole weeks that begin on a Monday. */
function cellsOf(month: string): string[] {
	const first = dateOf(`${month}-01`);
	const start = addDays(`${month}-01`, -((first.getDay() + 6) % 7));
	const weeks = addDays(start, 35).startsWith(month) ? 6 : 5;
	return Array.from({ length: weeks * 7 }, (_, at) => addDays(start, at));
}

function addMonths(month: string, count: number): string {
	const date = dateOf(`${month}-01`);
	date.setMonth(date.getMonth() + count);
	return dayOf(date).slice(0, 7);
}
