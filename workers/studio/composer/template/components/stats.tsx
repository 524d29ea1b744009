// The numbers at the top: how many, totals, and what needs attention. They follow the search and the filters.
import type { DataRecord } from "freehold";
import { addDays, alertOf, app, type Field, fieldOf, fields, fieldValue, titleOf, today } from "../model.ts";
import { average, type Query, streak, sum } from "../query.ts";
import { formatNumber, formatTotal, formatValue } from "../values.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Stat {
	label: string;
	value: string;
	note?: string;
	isWords?: boolean;
	tone?: "accent" | "warn";
	isAttention?: boolean;
}

interface Props {
	records: DataRecord[];
	total: number;
	query: Query;
	onQuery(query: Query): void;
}

export function Stats({ records, total, query, onQuery }: Props) {
	return (
		<dl className="stats">
			{statsOf(records, total).map((stat) => (
				<div key={stat.label} className={`stat ${stat.tone ?? ""}`}>
					<dt>{stat.label}</dt>
					<dd>
						<strong className={stat.isWords ? "words" : ""} dir="auto">
							{stat.value}
						</strong>
						{stat.note && <span>{stat.note}</span>}
						{stat.isAttention && (
							<button
								className="link"
								type="button"
								aria-pressed={query.attention}
								onClick={() => onQuery({ ...query, attention: !query.attention })}
							>
								<Icon name="filter" size={16} /> {query.attention ? words.showAll : words.show}
							</button>
						)}
					</dd>
				</div>
			))}
		</dl>
	);
}

function statsOf(records: DataRecord[], total: number): Stat[] {
	const of = (type: Field["type"]) => fields.filter((field) => field.type === type);
	const stats: Stat[] = [];
	const totals = fields.filter((field) => field.total === "sum");
	// The worked-out money matters most: amounts, then values of things, then hours and other quantities.
	const [main, second] = totals.sort((a, b) => weight(b) - weight(a));
	// Where every record has its day, as in a log, the current month means something.
	const date = of("date").find((field) => field.required && !field.computed);
	if (main) {
		stats.push({
			label: words.total(main.label),
			value: formatTotal(main, sum(records, main)),
			tone: "accent",
		});
		const month = today().slice(0, 7);
		if (date && main.type === "money") {
			const now = records.filter((record) => String(fieldValue(record, date) ?? "").startsWith(month));
			if (now.length)
				stats.push({
					label: words.thisMonth,
					value: formatTotal(main, sum(now, main)),
					note: words.partOf(now.length, records.length),
				});
		}
	}
	for (const field of of("checkins")) {
		const days = records.map((record) => fieldValue(record, field)).filter(Array.isArray);
		const done = days.filter((list) => list.includes(today())).length;
		const best = Math.max(0, ...days.map((list) => streak(list)));
		stats.push({ label: words.doneToday, value: words.partOf(done, records.length), tone: "accent" });
		stats.push({ label: words.longestStreak, value: words.days(best) });
	}
	stats.push({
		label: app.entity.plural,
		value: records.length.toLocaleString(),
		...(records.length === total ? {} : { note: words.ofAll(total) }),
		...(stats.length ? {} : { tone: "accent" as const }),
	});
	for (const field of fields.filter((each) => each.alert)) {
		const count = records.filter((record) => alertOf(record, field)).length;
		if (field.alert && count)
			stats.push({ label: field.alert.words, value: String(count), tone: "warn", isAttention: true });
	}
	if (second) stats.push({ label: words.total(second.label), value: formatTotal(second, sum(records, second)) });
	stats.push(...comingUp(records));
	const board = app.views.find((view) => view.kind === "board");
	const status = board ? fieldOf(board.by) : undefined;
	const goal = status?.choices?.find((choice) => words.finished.test(choice));
	if (status && goal && !main) {
		const done = records.filter((record) => fieldValue(record, status) === goal).length;
		stats.push({
			label: goal,
			value: String(done),
			note: records.length ? `${Math.round((100 * done) / records.length)}%` : "",
		});
	}
	for (const field of fields.filter((each) => each.total === "average" || each.type === "rating")) {
		const mean = average(records, field);
		if (mean !== null)
			stats.push({
				label: words.average(field.label),
				value: formatNumber(field, Math.round(mean * 10) / 10),
			});
	}
	for (const field of of("boolean")) {
		const yes = records.filter((record) => fieldValue(record, field) === true).length;
		stats.push({ label: field.label, value: String(yes), note: words.ofAll(records.length) });
	}
	return stats.slice(0, 4);
}

/** For calendars: what is next, and how much is in the coming week. */
function comingUp(records: DataRecord[]): Stat[] {
	const calendar = app.views.find((view) => view.kind === "calendar");
	const field = calendar ? fieldOf(calendar.by) : undefined;
	if (!field || field.alert || field.startsAs === "today") return [];
	const dayIn = (record: DataRecord) => String(fieldValue(record, field) ?? "");
	const ahead = records.filter((record) => dayIn(record) >= today()).sort((a, b) => (dayIn(a) < dayIn(b) ? -1 : 1));
	const [next] = ahead;
	if (!next) return [];
	const week = ahead.filter((record) => dayIn(record).slice(0, 10) <= addDays(today(), 7));
	return [
		{ label: words.next, value: titleOf(next), note: formatValue(field, dayIn(next)), isWords: true },
		{ label: words.nextWeek, value: String(week.length) },
	];
}

const weight = (field: Field): number => (field.type === "money" ? 2 : 0) + (field.computed ? 1 : 0);
