// Records as cards: the title, a badge, and what else is filled in.
import type { DataRecord } from "freehold";
import { useState } from "react";
import type { Actions } from "../actions.ts";
import { app, type Field, fields, fieldValue, titleOf, today } from "../model.ts";
import { isPicture } from "../picture-data.ts";
import { words } from "../words.ts";
import { Badge, FieldValue } from "./field-value.tsx";
import { Icon } from "./icon.tsx";
import { RowActions } from "./row-actions.tsx";

const step = 60;
const others = fields.filter((field) => field.key !== app.titleField);
const badgeField = others.find((field) => field.type === "choice");
const textField = others.find((field) => field.type === "longText");
const pictureField = others.find((field) => field.type === "image");
const lines = others.filter((field) => field !== badgeField && field !== pictureField && field.type !== "longText");

export function Cards({ records, actions }: { records: DataRecord[]; actions: Actions }) {
	const [count, setCount] = useState(step);
	return (
		<>
			<ul className="cards">
				{records.slice(0, count).map((record) => (
					<li key={record.id} className="card">
						<Card record={record} actions={actions} />
					</li>
				))}
			</ul>
			{records.length > count && (
				<p className="pager">
					<button className="button" type="button" onClick={() => setCount(count + step)}>
						{words.showMore(Math.min(step, records.length - count))}
					</button>
				</p>
			)}
		</>
	);
}

function Card({ record, actions }: { record: DataRecord; actions: Actions }) {
	const badge = badgeField ? fieldValue(record, badgeField) : null;
	const text = textField ? fieldValue(record, textField) : null;
	const filled = lines.filter((field) => {
		const value = fieldValue(record, field);
		return field.type === "checkins" || (value !== null && value !== "" && value !== false);
	});
	const picture = pictureField ? fieldValue(record, pictureField) : null;
	return (
		<>
			{pictureField && isPicture(picture) && (
				<img
					className="picture-cover"
					src={picture}
					alt={words.pictureOf(pictureField.label, titleOf(record))}
					loading="lazy"
				/>
			)}
			<div className="card-head">
				<button className="row-title" type="button" dir="auto" onClick={() => actions.open(record)}>
					{titleOf(record)}
				</button>
				<RowActions record={record} actions={actions} />
			</div>
			{badgeField && badge !== null && (
				<p>
					<Badge field={badgeField} text={String(badge)} />
				</p>
			)}
			{text !== null && (
				<p className="card-text" dir="auto">
					{String(text)}
				</p>
			)}
			{filled.length > 0 && (
				<dl>
					{filled.slice(0, 6).map((field) => (
						<div key={field.key} className={field.type === "checkins" ? "whole" : ""}>
							<dt>{field.label}</dt>
							<dd>
								<FieldValue
									record={record}
									field={field}
									onChange={actions.mayChange ? (value) => actions.change(record, { [field.key]: value }) : undefined}
								/>
							</dd>
						</div>
					))}
				</dl>
			)}
			<QuickActions record={record} actions={actions} />
		</>
	);
}

/** Buttons that set a date to today, such as "Watered today". */
export function QuickActions({ record, actions }: { record: DataRecord; actions: Actions }) {
	const quick = fields.filter((field): field is Field & { quick: string } => field.quick !== undefined);
	if (!actions.mayChange || quick.length === 0) return null;
	return (
		<p className="quick">
			{quick.map((field) => {
				const isDone = fieldValue(record, field) === today();
				return (
					<button
						key={field.key}
						className="button small"
						type="button"
						disabled={isDone}
						onClick={() => actions.change(record, { [field.key]: today() })}
					>
						<Icon name="check" size={16} /> {field.quick}
					</button>
				);
			})}
		</p>
	);
}
