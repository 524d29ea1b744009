// Above the records: search, filters, order, and which view is shown.
import type { DataRecord } from "freehold";
import { useState } from "react";
import { app, type Field, fields, fieldValue, isNumeric } from "../model.ts";
import { activeFilters, type Filter, filterFields, type Query } from "../query.ts";
import { formatDay } from "../values.ts";
import { no, words, yes } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
	query: Query;
	onQuery(query: Query): void;
	view: number;
	onView(view: number): void;
	records: DataRecord[];
	count: number;
}

// Pictures have no order.
const sortable = fields.filter((field) => field.type !== "image");

export function Toolbar({ query, onQuery, view, onView, records, count }: Props) {
	const [isOpen, setOpen] = useState(false);
	const active = activeFilters(query);
	const set = (key: string, filter: Filter) => onQuery({ ...query, filters: { ...query.filters, [key]: filter } });
	return (
		<>
			<div className="toolbar">
				{app.views.length > 1 && (
					<div className="views" role="group" aria-label={words.view}>
						{app.views.map((each, at) => (
							<button key={each.kind} type="button" aria-pressed={at === view} onClick={() => onView(at)}>
								<Icon name={each.kind} size={17} /> {words.views[each.kind]}
							</button>
						))}
					</div>
				)}
				<label className="search">
					<span className="sr">{words.search}</span>
					<Icon name="search" size={18} />
					<input
						type="search"
						placeholder={words.searchIn}
						value={query.search}
						onInput={(event) => onQuery({ ...query, search: event.currentTarget.value })}
					/>
				</label>
				<div className="toolbar-end">
					<label className="sort">
						<span className="sr">{words.sortBy}</span>
						<select
							value={query.sortKey}
							onChange={(event) => onQuery({ ...query, sortKey: event.currentTarget.value })}
						>
							{sortable.map((field) => (
								<option key={field.key} value={field.key}>
									{field.label}
								</option>
							))}
						</select>
					</label>
					<button
						className="button square"
						type="button"
						aria-label={query.descending ? words.isDescending : words.isAscending}
						onClick={() => onQuery({ ...query, descending: !query.descending })}
					>
						<Icon name={query.descending ? "down" : "up"} size={18} />
					</button>
					{filterFields.length > 0 && (
						<button
							className={active.length ? "button active" : "button"}
							type="button"
							aria-expanded={isOpen}
							onClick={() => setOpen(!isOpen)}
						>
							<Icon name="filter" size={18} /> {words.filter}
							{active.length ? ` (${active.length})` : ""}
						</button>
					)}
				</div>
			</div>
			{isOpen && (
				<div className="filters">
					{filterFields.map((field) => (
						<FilterInput
							key={field.key}
							field={field}
							filter={query.filters[field.key] ?? {}}
							records={records}
							onChange={(filter) => set(field.key, filter)}
						/>
					))}
				</div>
			)}
			{(active.length > 0 || query.attention) && (
				<p className="chips">
					<span className="sr">{words.shown(count)}</span>
					{query.attention && <Chip text={words.attention} onRemove={() => onQuery({ ...query, attention: false })} />}
					{active.map(([field, filter]) => (
						<Chip
							key={field.key}
							text={`${field.label}: ${describe(field, filter)}`}
							onRemove={() => set(field.key, {})}
						/>
					))}
				</p>
			)}
		</>
	);
}

function Chip({ text, onRemove }: { text: string; onRemove(): void }) {
	return (
		<button className="chip" type="button" onClick={onRemove}>
			<span className="sr">{words.removeFilter}</span>
			<span dir="auto">{text}</span> <Icon name="close" size={14} />
		</button>
	);
}

function describe(field: Field, filter: Filter): string {
	if (filter.choices?.length) return filter.choices.map((choice) => choice || words.notSet).join(", ");
	const write = (text: string | undefined) => (text && !isNumeric(field) ? formatDay(text) : (text ?? ""));
	if (filter.from && filter.to) return words.fromTo(write(filter.from), write(filter.to));
	return filter.from ? words.fromOnly(write(filter.from)) : words.upTo(write(filter.to));
}

interface FilterProps {
	field: Field;
	filter: Filter;
	records: DataRecord[];
	onChange(filter: Filter): void;
}

function FilterInput({ field, filter, records, onChange }: FilterProps) {
	if (field.type === "choice" || field.type === "boolean") {
		const known = field.type === "boolean" ? [yes, no] : (field.choices ?? []);
		const used = records.map((record) => fieldValue(record, field)).filter((value) => typeof value === "string");
		const chosen = filter.choices ?? [];
		const toggle = (choice: string) =>
			onChange({ choices: chosen.includes(choice) ? chosen.filter((each) => each !== choice) : [...chosen, choice] });
		return (
			<fieldset className="filter">
				<legend>{field.label}</legend>
				<div className="options">
					{Array.from(new Set([...known, ...used])).map((choice) => (
						<label key={choice} className="option">
							<input type="checkbox" checked={chosen.includes(choice)} onChange={() => toggle(choice)} />
							<span dir="auto">{choice}</span>
						</label>
					))}
				</div>
			</fieldset>
		);
	}
	const type = isNumeric(field) ? "number" : "date";
	return (
		<fieldset className="filter">
			<legend>{field.label}</legend>
			<div className="range">
				<label>
					<span>{words.from}</span>
					<input
						type={type}
						step="any"
						value={filter.from ?? ""}
						onChange={(event) => onChange({ ...filter, from: event.currentTarget.value })}
					/>
				</label>
				<label>
					<span>{words.to}</span>
					<input
						type={type}
						step="any"
						value={filter.to ?? ""}
						onChange={(event) => onChange({ ...filter, to: event.currentTarget.value })}
					/>
				</label>
			</div>
		</fieldset>
	);
}
