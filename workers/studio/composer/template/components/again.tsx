// Rows of the app's own file that are already there: nothing comes in twice without a question.
import { useState } from "react";
import type { Values } from "../model.ts";
import { words } from "../words.ts";
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
	const text = others === 0 ? words.againAll(rows.length) : words.againSome(known, rows.length);
	return (
		<Sheet title={words.again} shape="box" onClose={onCancel}>
			<p className="sheet-text">{rows.length === 1 ? words.againOne : text}</p>
			<div className="sheet-actions">
				<button className="button" type="button" onClick={onCancel}>
					{words.cancel}
				</button>
				{others > 0 && (
					<button className="button" type="button" disabled={isBusy} onClick={() => bring(newRows())}>
						{words.importOthers(others)}
					</button>
				)}
				<button className="button primary" type="button" disabled={isBusy} onClick={() => bring(rows)}>
					{words.importAgain(rows.length)}
				</button>
			</div>
		</Sheet>
	);
}
