// The tables of docs/threat-model.md that list attacks: the attackers' and the list of attacks.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Row {
	/** Heading above the table. */
	table: string;
	/** The first cell as it is written. */
	attack: string;
	/** The other cells. */
	rest: string;
}

const file = fileURLToPath(new URL("../../docs/threat-model.md", import.meta.url).href);

/** Rows under "Attackers" and "Attack → test". */
export function readAttacks(text: string = readFileSync(file, "utf8")): Row[] {
	const rows: Row[] = [];
	let chapter = "";
	let table = "";
	for (const line of text.split("\n")) {
		if (line.startsWith("## ")) chapter = line.slice(3);
		if (line.startsWith("### ")) table = line.slice(4);
		if (!line.startsWith("|") || (chapter !== "Attackers" && chapter !== "Attack → test")) continue;
		const [attack = "", ...rest] = line
			.slice(1, -1)
			.split(/(?<!\\)\|/)
			.map((cell) => cell.trim());
		const isHead = ["tries", "attack", "taken over", "has", "mistake"].includes(attack);
		if (!isHead && !/^[- ]*$/.test(attack)) rows.push({ table, attack, rest: rest.join(" ") });
	}
	return rows;
}

/** The rows that a removal's words name: one that is exactly so, else all that hold them. */
export function rowsNamed(rows: readonly Row[], words: string): Row[] {
	const exact = rows.filter(({ attack }) => attack === words);
	return exact.length > 0 ? exact : rows.filter(({ attack }) => attack.includes(words));
}

/** Whether a row needs no removal: there is nothing yet to take out, and it names no test. */
export const isExempt = ({ rest }: Row): boolean => /^no such feature yet/.test(rest) && !rest.includes("“");
