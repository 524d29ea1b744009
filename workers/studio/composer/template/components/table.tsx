// Records in rows, with sorting by the column heads, fifty on a page, and totals under the numbers. On small screens: cards.
import type { DataRecord } from "freehold";
import { useState } from "react";
import type { Actions } from "../actions.ts";
import { app, type Field, fields, isNumeric, titleOf } from "../model.ts";
import { average, type Query, sum } from "../query.ts";
import { useIsSmall } from "../setup.ts";
import { formatNumber } from "../values.ts";
import { words } from "../words.ts";
import { Cards } from "./cards.tsx";
import { FieldValue } from "./field-value.tsx";
import { Icon } from "./icon.tsx";
import { RowActions } from "./row-actions.tsx";

const pageSize = 50;
// Long texts are read in the details, not in a row.
const columns = fields
	.filter((field) => field.type !== "longText")
	.sort((a, b) => Number(b.key === app.titleField) - Number(a.key === app.titleField));
const hasTotals = columns.some((field) => field.total);

const unbroken = new Set(["date", "dateTime", "time", "phone", "checkins"]);
const alignment = (field: Field): string =>
	isNumeric(field) && field.type !== "rating" ? "number" : unbroken.has(field.type) ? "short" : "";

interface Props {
	records: DataRecord[];
	query: Query;
	onQuery(query: Query): void;
	actions: Actions;
}

export function Table({ records, query, onQuery, actions }: Props) {
	const [page, setPage] = useState(0);
	const isSmall = useIsSmall();
	const pages = Math.ceil(records.length / pageSize);
	const at = Math.min(page, pages - 1);
	const rows = records.slice(at * pageSize, (at + 1) * pageSize);
	const sortBy = (field: Field) =>
		onQuery({
			...query,
			sortKey: field.key,
			descending: query.sortKey === field.key ? !query.descending : isNumeric(field),
		});
	return (
		<>
			{isSmall ? (
				<Cards records={rows} actions={actions} />
			) : (
				<div className="table-scroll" tabIndex={0} role="region" aria-label={words.tableOf}>
					<table>
						<thead>
							<tr>
								{columns.map((field) => {
									const isSorted = query.sortKey === field.key;
									return (
										<th
											key={field.key}
											scope="col"
											className={alignment(field)}
											aria-sort={isSorted ? (query.descending ? "descending" : "ascending") : "none"}
										>
											<button type="button" onClick={() => sortBy(field)}>
												<span dir="auto">{field.label}</span>
												<span className={isSorted ? "sorted" : "unsorted"}>
													<Icon name={isSorted && query.descending ? "down" : "up"} size={14} />
												</span>
											</button>
										</th>
									);
								})}
								<th scope="col" className="row-actions">
									<span className="sr">{words.actions}</span>
								</th>
							</tr>
						</thead>
						<tbody>
							{rows.map((record) => (
								<tr key={record.id}>
									{columns.map((field) => (
										<td key={field.key} className={alignment(field)}>
											{field.key === app.titleField ? (
												<button className="row-title" type="button" dir="auto" onClick={() => actions.open(record)}>
													{titleOf(record)}
												</button>
											) : (
												<FieldValue
													record={record}
													field={field}
													onChange={
														actions.mayChange ? (value) => actions.change(record, { [field.key]: value }) : undefined
													}
												/>
											)}
										</td>
									))}
									<td className="row-actions">
										<RowActions record={record} actions={actions} />
									</td>
								</tr>
							))}
						</tbody>
						{hasTotals && (
							<tfoot>
								<tr>
									{columns.map((field, index) => (
										<td key={field.key} className={isNumeric(field) ? "number" : ""}>
											{index === 0 ? words.totalOfRows(records.length) : totalOf(records, field)}
										</td>
									))}
									<td />
								</tr>
							</tfoot>
						)}
					</table>
				</div>
			)}
			{pages > 1 && (
				<nav className="pager" aria-label={words.pages}>
					<button
						className="button square"
						type="button"
						aria-label={words.previousPage}
						disabled={at === 0}
						onClick={() => setPage(at - 1)}
					>
						<Icon name="left" size={18} />
					</button>
					<span>{words.pageOf(at * pageSize + 1, Math.min((at + 1) * pageSize, records.length), records.length)}</span>
					<button
						className="button square"
						type="button"
						aria-label={words.nextPage}
						disabled={at >= pages - 1}
						onClick={() => setPage(at + 1)}
					>
						<Icon name="right" size={18} />
					</button>
				</nav>
			)}
		</>
	);
}

function totalOf(records: DataRecord[], field: Field): string {
	if (field.total === "sum") return formatNumber(field, Math.round(sum(records, field) * 100) / 100);
	const mean = field.total === "average" ? average(records, field) : null;
	return mean === null ? "" : `⌀ ${formatNumber(field, Math.round(mean * 100) / 100)}`;
}
