// Editing and deleting one record, wherever it is listed.
import type { DataRecord } from "freehold";
import type { Actions } from "../actions.ts";
import { titleOf } from "../model.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

export function RowActions({ record, actions }: { record: DataRecord; actions: Actions }) {
	if (!actions.mayChange) return null;
	return (
		<span className="row-buttons">
			<button
				className="button square quiet"
				type="button"
				aria-label={words.editIt(titleOf(record))}
				onClick={() => actions.edit(record)}
			>
				<Icon name="edit" size={17} />
			</button>
			<button
				className="button square quiet"
				type="button"
				aria-label={words.deleteIt(titleOf(record))}
				onClick={() => actions.remove(record)}
			>
				<Icon name="trash" size={17} />
			</button>
		</span>
	);
}
