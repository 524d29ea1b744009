// Small things around the app: the accent colour and title of the page, its width, and rows that came with the app.
import { useEffect, useState } from "react";
import { addDays, app, fieldOf, today, type Values } from "./model.ts";
import { language } from "./words.ts";

export function useTheme(): void {
	useEffect(() => {
		document.title = app.title;
		// Names in another language are read aloud in that of the page around the app.
		if (app.language !== "other") document.documentElement.lang = language;
		document.documentElement.style.setProperty("--accent-light", app.accent.light);
		document.documentElement.style.setProperty("--accent-dark", app.accent.dark);
	}, []);
}

const small = matchMedia("(max-width: 679px)");

/** On small screens tables become cards, and months become lists. The same width as in the styles. */
export function useIsSmall(): boolean {
	const [isSmall, setSmall] = useState(small.matches);
	useEffect(() => {
		const listen = () => setSmall(small.matches);
		small.addEventListener("change", listen);
		return () => small.removeEventListener("change", listen);
	}, []);
	return isSmall;
}

interface Rows {
	keys: string[];
	rows: unknown[][];
}

/** Rows that came with this app; many of them stand in several files. */
export async function loadRows(file: "seed.json" | "examples.json"): Promise<Values[]> {
	const seed = app.seed ?? { files: 1 };
	const more = file === "seed.json" ? (seed.files ?? 1) - 1 : 0;
	const files = [file, ...Array.from({ length: more }, (_file, at) => `seed-${at + 2}.json`)];
	const parts = await Promise.all(files.map(loadFile));
	return parts.flat();
}

/** Dates written "+3" or "-2" are that many days from today. */
async function loadFile(file: string): Promise<Values[]> {
	const response = await fetch(`/${file}`);
	if (!response.ok) throw new Error(`${file} could not be loaded`);
	const { keys, rows } = (await response.json()) as Rows;
	return rows.map((row) =>
		Object.fromEntries(keys.map((key, at) => [key, readCell(key, row[at] ?? null)])),
	) as Values[];
}

function readCell(key: string, cell: unknown): unknown {
	const type = fieldOf(key)?.type;
	const relative = (value: unknown) =>
		typeof value === "string" && /^[+-]\d+$/.test(value) ? addDays(today(), Number(value)) : value;
	if (type === "checkins" && Array.isArray(cell)) return cell.map(relative);
	if (type === "date") return relative(cell);
	if (type === "dateTime" && typeof cell === "string" && /^[+-]\d+T/.test(cell)) {
		const [days = "0", time = "00:00"] = cell.split("T");
		return `${addDays(today(), Number(days))}T${time}`;
	}
	return cell;
}
