// One chart over the records that are shown: a number, or how many, by choice or by month.
import {
	ArcElement,
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	DoughnutController,
	LinearScale,
	LineController,
	LineElement,
	PointElement,
	Tooltip,
} from "chart.js";
import type { DataRecord } from "freehold";
import { useEffect, useMemo, useRef, useState } from "react";
import { app, type Field, fieldOf, fields, fieldValue, isDate, isNumeric } from "../model.ts";
import { average, type Group, groupBy, sum } from "../query.ts";
import { formatDay, formatMonth, formatNumber } from "../values.ts";
import { words } from "../words.ts";

Chart.register(
	ArcElement,
	BarController,
	BarElement,
	CategoryScale,
	DoughnutController,
	LinearScale,
	LineController,
	LineElement,
	PointElement,
	Tooltip,
);

const groupFields = fields.filter(
	(field) =>
		isDate(field) ||
		field.type === "choice" ||
		field.type === "boolean" ||
		(field.type === "text" && field.suggest) ||
		field.key === app.chart?.by,
);
const measures = fields.filter((field) => isNumeric(field) && !field.plain);

interface Start {
	by: string;
	measure: string;
	/** The kind that was asked for; otherwise what is shown decides. */
	kind?: "bar" | "line" | "pie";
}

export function ChartCard({ records, start }: { records: DataRecord[]; start: Start }) {
	const [by, setBy] = useState(start.by);
	const [measure, setMeasure] = useState(start.measure);
	const group = fieldOf(by) ?? groupFields[0];
	const isLine = start.kind === "line" && group !== undefined && isDate(group);
	const points = useMemo(() => pointsOf(records, by, measure, isLine), [records, by, measure, isLine]);
	const measured = fieldOf(measure);
	const write = (value: number) =>
		measured ? formatNumber(measured, Math.round(value * 100) / 100) : value.toLocaleString();
	const isSum = !measured || measured.total === "sum";
	const isShare =
		(start.kind === undefined || start.kind === "pie") &&
		isSum &&
		group !== undefined &&
		!isDate(group) &&
		points.length > 1 &&
		points.length <= (start.kind === "pie" ? 10 : 6) &&
		points.every((point) => point.value >= 0);
	return (
		<figure className="chart-card">
			<figcaption>
				<label>
					<span className="sr">{words.chartShows}</span>
					<select value={measure} onChange={(event) => setMeasure(event.currentTarget.value)}>
						<option value="count">{words.howMany}</option>
						{measures.map((field) => (
							<option key={field.key} value={field.key}>
								{field.total === "sum" ? field.label : words.average(field.label)}
							</option>
						))}
					</select>
				</label>
				<span>{words.by}</span>
				<label>
					<span className="sr">{words.groupedBy}</span>
					<select value={by} onChange={(event) => setBy(event.currentTarget.value)}>
						{groupFields.map((field) => (
							<option key={field.key} value={field.key}>
								{isDate(field) ? words.month(field.label) : field.label}
							</option>
						))}
					</select>
				</label>
			</figcaption>
			{points.length === 0 ? (
				<p className="nothing">{words.nothingToDraw}</p>
			) : (
				<div className={isShare ? "chart share" : "chart"}>
					<Drawing
						points={points}
						kind={isShare ? "doughnut" : isLine ? "line" : group && isDate(group) ? "column" : "bar"}
						write={write}
					/>
					<ol className={isShare ? "legend" : "sr"}>
						{points.map((point, at) => (
							<li key={point.label}>
								<i style={{ background: `var(--series-${(at % 6) + 1})` }} />
								<span dir="auto">{point.label}</span>
								<b>{write(point.value)}</b>
							</li>
						))}
					</ol>
				</div>
			)}
		</figure>
	);
}

interface Point {
	label: string;
	value: number;
}

/** Up to this many days are drawn one by one on a line; more are put together by month. */
const mostDays = 60;

function pointsOf(records: DataRecord[], by: string, measure: string, isLine: boolean): Point[] {
	const group = fieldOf(by);
	if (!group) return [];
	const measured = fieldOf(measure);
	const days = isLine ? byDay(records, group) : [];
	const isDaily = days.length > 0 && days.length <= mostDays;
	const points = (isDaily ? days : groupBy(records, group))
		.filter((each) => each.records.length > 0 && !(isDate(group) && each.key === ""))
		.map((each) => ({
			label:
				each.key === ""
					? words.notSet
					: isDaily
						? formatDay(each.key)
						: isDate(group)
							? formatMonth(each.key)
							: each.key,
			value: !measured
				? each.records.length
				: measured.total === "sum"
					? sum(each.records, measured)
					: (average(each.records, measured) ?? 0),
		}));
	if (isDaily) return points;
	if (isDate(group)) return points.slice(-12);
	const sorted = points.sort((a, b) => b.value - a.value);
	if (sorted.length <= 10) return sorted;
	if (measured && measured.total !== "sum") return sorted.slice(0, 10);
	const rest = sorted.slice(9).reduce((total, point) => total + point.value, 0);
	return [...sorted.slice(0, 9), { label: words.others(sorted.length - 9), value: rest }];
}

function byDay(records: DataRecord[], field: Field): Group[] {
	const groups = new Map<string, DataRecord[]>();
	for (const record of records) {
		const day = String(fieldValue(record, field) ?? "").slice(0, 10);
		if (day) groups.set(day, [...(groups.get(day) ?? []), record]);
	}
	return Array.from(groups, ([key, group]) => ({ key, records: group })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

type Kind = "doughnut" | "column" | "bar" | "line";

function Drawing({ points, kind, write }: { points: Point[]; kind: Kind; write(value: number): string }) {
	const canvas = useRef<HTMLCanvasElement>(null);
	const [scheme, setScheme] = useState(0);
	useEffect(() => {
		const dark = matchMedia("(prefers-color-scheme: dark)");
		const redraw = () => setScheme((count) => count + 1);
		dark.addEventListener("change", redraw);
		return () => dark.removeEventListener("change", redraw);
	}, []);
	useEffect(() => {
		if (!canvas.current) return;
		const style = getComputedStyle(document.documentElement);
		const colour = (name: string) => style.getPropertyValue(name).trim();
		const series = [1, 2, 3, 4, 5, 6].map((number) => colour(`--series-${number}`));
		const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
		const axis = { grid: { color: colour("--line") }, border: { display: false }, ticks: { color: colour("--muted") } };
		const plain = { ...axis, grid: { display: false } };
		const numbers = {
			...axis,
			beginAtZero: kind !== "line",
			ticks: {
				...axis.ticks,
				maxTicksLimit: 5,
				callback: (value: string | number) => Number(value).toLocaleString(undefined, { notation: "compact" }),
			},
		};
		Chart.defaults.font.family = style.getPropertyValue("font-family");
		const chart = new Chart(canvas.current, {
			type: kind === "doughnut" || kind === "line" ? kind : "bar",
			data: {
				labels: points.map((point) => (point.label.length > 22 ? `${point.label.slice(0, 21)}…` : point.label)),
				datasets: [
					{
						data: points.map((point) => point.value),
						backgroundColor: kind === "doughnut" ? series : series[0],
						borderWidth: 0,
						...(kind === "line" ? { borderWidth: 2.5, borderColor: series[0], pointRadius: 3, tension: 0.25 } : {}),
						...(kind === "doughnut" ? { spacing: 3, borderRadius: 4 } : { borderRadius: 6, maxBarThickness: 34 }),
					},
				],
			},
			options: {
				responsive: true,
				maintainAspectRatio: false,
				// Chart.js drops a new width that comes with the last step of its movement, so it is told again.
				animation: still ? false : { duration: 500, onComplete: ({ chart }: { chart: Chart }) => chart.resize() },
				...(kind === "doughnut"
					? { cutout: "68%" }
					: {
							indexAxis: kind === "bar" ? "y" : "x",
							scales: kind === "bar" ? { x: numbers, y: plain } : { x: plain, y: numbers },
						}),
				plugins: {
					tooltip: {
						callbacks: { label: (item: { dataIndex: number }) => ` ${write(points[item.dataIndex]?.value ?? 0)}` },
					},
				},
			} as never,
		});
		return () => chart.destroy();
	}, [points, kind, scheme]);
	return (
		<div className={`canvas ${kind}`}>
			<canvas ref={canvas} role="img" aria-label={words.chart} />
		</div>
	);
}
