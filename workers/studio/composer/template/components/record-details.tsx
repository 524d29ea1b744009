// Everything about one record, to read; from here it is edited or deleted.
import type { DataRecord } from "freehold";
import type { Actions } from "../actions.ts";
import { app, fields, fieldValue, titleOf } from "../model.ts";
import { isPicture } from "../picture-data.ts";
import { words } from "../words.ts";
import { QuickActions } from "./cards.tsx";
import { FieldValue } from "./field-value.tsx";
import { Icon } from "./icon.tsx";
import { Sheet } from "./sheet.tsx";

interface Props {
	record: DataRecord;
	actions: Actions;
	onClose(): void;
}

export function RecordDetails({ record, actions, onClose }: Props) {
	const added = new Date(record.createdAt).toLocaleDateString(undefined, {
		day: "numeric",
		month: "long",
		year: "numeric",
	});
	return (
		<Sheet title={titleOf(record)} onClose={onClose}>
			<div className="details">
				<QuickActions record={record} actions={actions} />
				<dl>
					{fields
						.filter((field) => field.key !== app.titleField)
						.map((field) => (
							<div key={field.key} className={field.type === "longText" || field.type === "image" ? "long" : ""}>
								<dt>{field.label}</dt>
								<dd>
									{field.type === "longText" && fieldValue(record, field) !== null ? (
										<p className="prose" dir="auto">
											{String(fieldValue(record, field))}
										</p>
									) : field.type === "image" && isPicture(fieldValue(record, field)) ? (
										<img
											className="picture-whole"
											src={String(fieldValue(record, field))}
											alt={words.pictureOf(field.label, titleOf(record))}
										/>
									) : (
										<FieldValue
											record={record}
											field={field}
											onChange={
												actions.mayChange ? (value) => actions.change(record, { [field.key]: value }) : undefined
											}
										/>
									)}
								</dd>
							</div>
						))}
				</dl>
				<p className="added">{words.addedOn(record.by ?? "", added)}</p>
			</div>
			{actions.mayChange && (
				<div className="sheet-actions">
					<button className="button danger-quiet" type="button" onClick={() => actions.remove(record)}>
						<Icon name="trash" size={18} /> {words.delete}
					</button>
					<button className="button primary" type="button" onClick={() => actions.edit(record)}>
						<Icon name="edit" size={18} /> {words.edit}
					</button>
				</div>
			)}
		</Sheet>
	);
}
