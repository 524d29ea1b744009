// What a person sees before there is anything: one thing to do, and two shortcuts.
import { useState } from "react";
import { app } from "../model.ts";
import { problems, words } from "../words.ts";
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
			<h2>{words.emptyTitle}</h2>
			{mayChange ? (
				<>
					<p>{app.seed ? words.emptySeed(app.seed.from) : words.emptyText}</p>
					<div className="empty-actions">
						{app.seed && (
							<button className="button primary" type="button" disabled={isBusy} onClick={() => bring("seed.json")}>
								<Icon name="importing" /> {isBusy ? words.importing : words.seed(app.seed.rows, app.seed.from)}
							</button>
						)}
						<button className={app.seed ? "button" : "button primary"} type="button" onClick={onAdd}>
							<Icon name="plus" /> {words.addFirst}
						</button>
						<button className="button" type="button" onClick={onImport}>
							<Icon name="importing" /> {words.importFile}
						</button>
					</div>
					{app.seed?.leftOut && (
						<p className="left-out">
							{words.seedLeftOut(app.seed.rows + app.seed.leftOut.rows, app.seed.leftOut.rows, app.seed.leftOut.why)}
						</p>
					)}
					{app.examples && (
						<button className="link" type="button" disabled={isBusy} onClick={() => bring("examples.json")}>
							{words.examples}
						</button>
					)}
					{failed && <p role="alert">{problems.rows}</p>}
				</>
			) : (
				<p>{words.emptyViewer}</p>
			)}
		</section>
	);
}
