// The columns of an attached table: their types, which the person can change, and the first rows as they will be kept.
import type { ColumnChoice, DateOrder, InspectedColumn, ValueType } from "#schema/columns.ts";
import { promptBox as words } from "../../words/builder.ts";

interface ColumnTypesProps {
	columns: InspectedColumn[];
	choices: ColumnChoice[];
	isBusy: boolean;
	onChoose(choices: ColumnChoice[]): void;
}

const types = Object.keys(words.columnTypes).filter((type): type is ValueType => type !== "empty");
const numeric = new Set<string>(["integer", "decimal", "money", "percent"]);

export const ColumnTypes = ({ columns, choices, isBusy, onChoose }: ColumnTypesProps) => {
	const choose = (choice: ColumnChoice) => onChoose([...choices.filter(({ at }) => at !== choice.at), choice]);
	const needsLook = columns.some(({ isAmbiguous, unfit }) => isAmbiguous || unfit > 0);
	return (
		<details class="column-types" open={needsLook}>
			<summary>{words.columnsSummary(columns.length)}</summary>
			<section class="column-table" tabindex={0} aria-label={words.columnsSummary(columns.length)}>
				<table>
					<thead>
						<tr>
							<th scope="col">{words.columnName}</th>
							<th scope="col">{words.columnType}</th>
							<th scope="col">{words.firstRows}</th>
						</tr>
					</thead>
					<tbody>
						{columns.map((column, at) => (
							<ColumnRow column={column} at={at} isBusy={isBusy} onChoose={choose} />
						))}
					</tbody>
				</table>
			</section>
		</details>
	);
};

interface ColumnRowProps {
	key?: number;
	column: InspectedColumn;
	at: number;
	isBusy: boolean;
	onChoose(choice: ColumnChoice): void;
}

const ColumnRow = ({ column, at, isBusy, onChoose }: ColumnRowProps) => {
	const { name, type, notes } = column;
	const own: ValueType = type === "empty" ? "text" : type;
	return (
		<tr>
			<th scope="row" dir="auto">
				{name}
			</th>
			<td>
				<select
					aria-label={words.typeOf(name)}
					disabled={isBusy}
					value={own}
					onChange={(event: Event) => onChoose({ at, type: (event.target as HTMLSelectElement).value as ValueType })}
				>
					{types.map((each) => (
						<option value={each} selected={each === own}>
							{words.columnTypes[each]}
						</option>
					))}
				</select>
				<Notation column={column} at={at} own={own} isBusy={isBusy} onChoose={onChoose} />
				{notes.map((note) => (
					<p class={`small ${note.includes("not fit") ? "error" : "muted"}`}>{note}</p>
				))}
			</td>
			<td class="first-cells">
				{column.first.map((cell) =>
					cell === null ? <span class="muted">{words.emptyCell}</span> : <span dir="auto">{cell}</span>,
				)}
			</td>
		</tr>
	);
};

/** The decimal sign of numbers, and the order of dates, where a person may know better. */
const Notation = ({ column, at, own, isBusy, onChoose }: ColumnRowProps & { own: ValueType }) => {
	const label = words.notationOf(column.name);
	if (numeric.has(own) && (column.isAmbiguous || column.unfit > 0 || column.decimalComma))
		return (
			<select
				aria-label={label}
				disabled={isBusy}
				onChange={(event: Event) =>
					onChoose({ at, type: own, decimalComma: (event.target as HTMLSelectElement).value === "comma" })
				}
			>
				<option value="point" selected={!column.decimalComma}>
					{words.pointNotation}
				</option>
				<option value="comma" selected={column.decimalComma === true}>
					{words.commaNotation}
				</option>
			</select>
		);
	if ((own === "date" || own === "dateTime") && column.dateOrder && (column.isAmbiguous || column.dateOrder !== "ymd"))
		return (
			<select
				aria-label={label}
				disabled={isBusy}
				onChange={(event: Event) =>
					onChoose({ at, type: own, dateOrder: (event.target as HTMLSelectElement).value as DateOrder })
				}
			>
				{Object.entries(words.dateOrders).map(([order, name]) => (
					<option value={order} selected={order === column.dateOrder}>
						{name}
					</option>
				))}
			</select>
		);
	return null;
};
