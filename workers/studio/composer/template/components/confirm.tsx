// Asks before something is done that cannot be undone.
import { useState } from "react";
import { words } from "../words.ts";
import { Sheet } from "./sheet.tsx";

interface Props {
	title: string;
	text: string;
	action: string;
	onConfirm(): Promise<void>;
	onCancel(): void;
}

export function Confirm({ title, text, action, onConfirm, onCancel }: Props) {
	const [isBusy, setBusy] = useState(false);
	return (
		<Sheet title={title} shape="box" onClose={onCancel}>
			<p className="sheet-text">{text}</p>
			<div className="sheet-actions">
				<button className="button" type="button" onClick={onCancel} autoFocus>
					{words.cancel}
				</button>
				<button
					className="button danger"
					type="button"
					disabled={isBusy}
					onClick={() => {
						setBusy(true);
						void onConfirm();
					}}
				>
					{action}
				</button>
			</div>
		</Sheet>
	);
}
