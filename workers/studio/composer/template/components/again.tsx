// Rows of the app's own file that are already there: nothing comes in twice without a question.
import { useState } from "react";
import { many, type Values } from "../model.ts";
import { Sheet } from "./sheet.tsx";

interface Props {
	rows: Values[];
	/** How many of them are already there. */
	known: number;
	/** The others. */
	newRows(): Values[];
	onBring(rows: Values[]): Promise<void>;
	onCancel(): void;
}

export function Again({ rows, known, newRows, onBring, onCancel }: Props) {
	const [isBusy, setBusy] = useState(false);
	const bring = (chosen: Values[]) => {
		setBusy(true);
		void onBring(chosen);
	};
	const others = rows.length - known;
	const words =
		others === 0
			? `All ${rows.length} rows are already there. If you import them again, they will be there twice.`
			: `${known} of the ${rows.length} rows are already there.`;
	return (
		<Sheet title="Import these rows again?" shape="box" onClose={onCancel}>
			<p className="sheet-text">{rows.length === 1 ? `This row is already among your ${many}.` : words}</p>
			<div className="sheet-actions">
				<button className="button" type="button" onClick={onCancel}>
					Cancel
				</button>
				{others > 0 && (
					<button className="button" type="button" disabled={isBusy} onClick={() => bring(newRows())}>
						Import the other {others}
					</button>
				)}
				<button className="button primary" type="button" disabled={isBusy} onClick={() => bring(rows)}>
					Import {rows.length === 1 ? "it" : "all"} again
				</button>
			</div>
		</Sheet>
	);
}
