// Records in columns by one of their choices. Cards move by dragging, or with the buttons, or with the arrow keys on a card.
import type { DataRecord } from "freehold";
import { useState } from "react";
import type { Actions } from "../actions.ts";
import { app, type Field, fieldOf, fields, fieldValue, isDate, titleOf } from "../model.ts";
import { groupBy, sum } from "../query.ts";
import { formatNumber } from "../values.ts";
import { words } from "../words.ts";
import { FieldValue, toneOf } from "./field-value.tsx";
import { Icon } from "./icon.tsx";

export function Board({ records, by, actions }: { records: DataRecord[]; by: string; actions: Actions }) {
	const [dragged, setDragged] = useState<DataRecord | null>(null);
	const [over, setOver] = useState<string | null>(null);
	const field = fieldOf(by);
	if (!field) return null;
	const groups = groupBy(records, field).filter((group) => group.key !== "" || group.records.length > 0);
	const money = fields.find((each) => each.type === "money" && each.total === "sum");
	const move = (record: DataRecord, to: string | undefined) => {
		if (actions.mayChange && to !== undefined && fieldValue(record, field) !== to)
			actions.change(record, { [by]: to || null });
	};
	return (
		<div className="board">
			{groups.map((group, at) => (
				<section
					key={group.key}
					className={over === group.key ? "column over" : "column"}
					aria-label={group.key || words.noGroup(field.label)}
					onDragOver={(event) => {
						if (!dragged) return;
						event.preventDefault();
						setOver(group.key);
					}}
					onDragLeave={() => setOver(null)}
					onDrop={(event) => {
						event.preventDefault();
						if (dragged) move(dragged, group.key);
						setDragged(null);
						setOver(null);
					}}
				>
					<header>
						<i className="dot" data-tone={toneOf(field, group.key)} />
						<h3 dir="auto">{group.key || words.noGroup(field.label)}</h3>
						<span className="count">{group.records.length}</span>
						{money && group.records.length > 0 && (
							<span className="column-sum">{formatNumber(money, sum(group.records, money))}</span>
						)}
					</header>
					<ul>
						{group.records.map((record) => (
							<li
								key={record.id}
								className="tile"
								draggable={actions.mayChange}
								onDragStart={(event) => {
									event.dataTransfer?.setData("text/plain", record.id);
									setDragged(record);
								}}
								onDragEnd={() => setDragged(null)}
							>
								<BoardCard
									record={record}
									field={field}
									groups={groups.map((each) => each.key)}
									at={at}
									actions={actions}
									onMove={move}
								/>
							</li>
						))}
					</ul>
					{actions.mayChange && (
						<button className="add-here" type="button" onClick={() => actions.add({ [by]: group.key || null })}>
							<Icon name="plus" size={16} /> {words.add}
							<span className="sr">{words.addTo(group.key)}</span>
						</button>
					)}
				</section>
			))}
		</div>
	);
}

interface CardProps {
	record: DataRecord;
	field: Field;
	groups: string[];
	at: number;
	actions: Actions;
	onMove(record: DataRecord, to: string | undefined): void;
}

function BoardCard({ record, field, groups, at, actions, onMove }: CardProps) {
	const title = titleOf(record);
	const lines = fields
		.filter(
			(each) => each !== field && each.key !== app.titleField && !["longText", "checkins", "image"].includes(each.type),
		)
		.filter((each) => ![null, "", false].includes(fieldValue(record, each) as null))
		.sort((a, b) => rank(b) - rank(a))
		.slice(0, 3);
	const [before, after] = [groups[at - 1], groups[at + 1]];
	return (
		<>
			<button
				className="row-title"
				type="button"
				dir="auto"
				onClick={() => actions.open(record)}
				onKeyDown={(event) => {
					const to = event.key === "ArrowLeft" ? before : event.key === "ArrowRight" ? after : undefined;
					if (to === undefined) return;
					event.preventDefault();
					onMove(record, to);
				}}
			>
				{title}
			</button>
			{lines.length > 0 && (
				<div className="tile-lines">
					{lines.map((each) => (
						<span key={each.key}>
							<span className="sr">{each.label}: </span>
							{isDate(each) && <em aria-hidden="true">{each.label}</em>}
							{each.type === "boolean" ? each.label : <FieldValue record={record} field={each} />}
						</span>
					))}
				</div>
			)}
			{actions.mayChange && (
				<div className="tile-actions">
					{before !== undefined && (
						<button
							className="button square quiet"
							type="button"
							aria-label={words.moveTo(title, before)}
							onClick={() => onMove(record, before)}
						>
							<Icon name="left" size={16} />
						</button>
					)}
					{after !== undefined && (
						<button
							className="button square quiet"
							type="button"
							aria-label={words.moveTo(title, after)}
							onClick={() => onMove(record, after)}
						>
							<Icon name="right" size={16} />
						</button>
					)}
					<button
						className="button square quiet push"
						type="button"
						aria-label={words.editIt(title)}
						onClick={() => actions.edit(record)}
					>
						<Icon name="edit" size={16} />
					</button>
					<button
						className="button square quiet"
						type="button"
						aria-label={words.deleteIt(title)}
						onClick={() => actions.remove(record)}
					>
						<Icon name="trash" size={16} />
					</button>
				</div>
			)}
		</>
	);
}

function rank(field: Field): number {
	if (field.type === "choice") return 5;
	if (field.alert) return 4;
	if (field.suggest) return 3;
	return field.type === "money" || isDate(field) ? 2 : 1;
}
