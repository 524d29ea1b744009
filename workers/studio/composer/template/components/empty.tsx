// What a person sees before there is anything: one thing to do, and two shortcuts.
import { useState } from "react";
import { app, many, one, seedWords } from "../model.ts";
import { Icon } from "./icon.tsx";

interface Props {
	mayChange: boolean;
	onAdd(): void;
	onImport(): void;
	onRows(file: "seed.json" | "examples.json"): Promise<void>;
}

export function Empty({ mayChange, onAdd, onImport, onRows }: Props) {
	const [isBusy, setBusy] = useState(false);
	const [failed, setFailed] = useState(false);
	const bring = (file: "seed.json" | "examples.json") => {
		setBusy(true);
		setFailed(false);
		onRows(file)
			.catch(() => setFailed(true))
			.finally(() => setBusy(false));
	};
	return (
		<section className="empty">
			<div className="empty-art" aria-hidden="true">
				<i />
				<i />
				<i>
					<Icon name={app.icon} size={34} />
				</i>
			</div>
			<h2>No {many} yet</h2>
			{mayChange ? (
				<>
					<p>
						{app.seed
							? `The rows of ${app.seed.from} are ready to be imported, or begin with your own.`
							: `Add your first ${one}, or bring what you have in a CSV file.`}
					</p>
					<div className="empty-actions">
						{app.seed && (
							<button className="button primary" type="button" disabled={isBusy} onClick={() => bring("seed.json")}>
								<Icon name="importing" /> {isBusy ? "Importing…" : seedWords(app.seed)}
							</button>
						)}
						<button className={app.seed ? "button" : "button primary"} type="button" onClick={onAdd}>
							<Icon name="plus" /> Add your first {one}
						</button>
						<button className="button" type="button" onClick={onImport}>
							<Icon name="importing" /> Import a CSV file
						</button>
					</div>
					{app.seed?.leftOut && (
						<p className="left-out">
							The file has {(app.seed.rows + app.seed.leftOut.rows).toLocaleString()} rows;{" "}
							{app.seed.leftOut.rows.toLocaleString()} of them were left out, because {app.seed.leftOut.why}.
						</p>
					)}
					{app.examples && (
						<button className="link" type="button" disabled={isBusy} onClick={() => bring("examples.json")}>
							Or try it with a few examples
						</button>
					)}
					{failed && <p role="alert">That did not work. Check your connection and try again.</p>}
				</>
			) : (
				<p>When somebody adds {many}, you will see them here.</p>
			)}
		</section>
	);
}
