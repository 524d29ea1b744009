// The top of the page: what this app is, adding something, and bringing files in and out.
import { type DataRecord, download } from "freehold";
import { useEffect, useRef, useState } from "react";
import { writeCsv } from "../csv.ts";
import { app, today } from "../model.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
	mayChange: boolean;
	/** What an export holds: the records that are shown. */
	records: DataRecord[];
	onAdd(): void;
	onImport(): void;
	onSeed: (() => Promise<void>) | null;
}

export function Header({ mayChange, records, onAdd, onImport, onSeed }: Props) {
	const items = [
		...(mayChange ? [{ icon: "importing", words: words.importFile, act: onImport }] : []),
		...(mayChange && onSeed && app.seed
			? [{ icon: "importing", words: words.seed(app.seed.rows, app.seed.from), act: onSeed }]
			: []),
		{
			icon: "exporting",
			words: words.exportAs(records.length),
			act: () => void download(`${app.collection}-${today()}.csv`, writeCsv(records), "text/csv"),
		},
	];
	return (
		<header className="header">
			{app.picture ? (
				<img className="emblem picture" src={`/${app.picture}`} alt="" />
			) : (
				<span className="emblem">
					<Icon name={app.icon} size={26} />
				</span>
			)}
			<div className="heading">
				<h1>{app.title}</h1>
				{app.description && <p>{app.description}</p>}
			</div>
			<div className="header-actions">
				{mayChange ? (
					<button className="button primary" type="button" onClick={onAdd}>
						<Icon name="plus" /> {words.addOne}
					</button>
				) : (
					<span className="badge quiet">{words.mayOnlyLook}</span>
				)}
				<Menu items={items} />
			</div>
		</header>
	);
}

interface Item {
	icon: string;
	words: string;
	act(): void;
}

function Menu({ items }: { items: Item[] }) {
	const [isOpen, setOpen] = useState(false);
	const box = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (!isOpen) return;
		const leave = (event: Event) => {
			if (event instanceof KeyboardEvent ? event.key === "Escape" : !box.current?.contains(event.target as Node))
				setOpen(false);
		};
		document.addEventListener("pointerdown", leave);
		document.addEventListener("keydown", leave);
		return () => {
			document.removeEventListener("pointerdown", leave);
			document.removeEventListener("keydown", leave);
		};
	}, [isOpen]);
	return (
		<div className="menu" ref={box}>
			<button
				className="button square"
				type="button"
				aria-expanded={isOpen}
				aria-label={words.importAndExport}
				onClick={() => setOpen(!isOpen)}
			>
				<Icon name="more" />
			</button>
			{isOpen && (
				<ul className="menu-list">
					{items.map((item) => (
						<li key={item.words}>
							<button
								type="button"
								onClick={() => {
									setOpen(false);
									item.act();
								}}
							>
								<Icon name={item.icon} size={18} /> {item.words}
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
