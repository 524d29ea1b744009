// Finds the passage an edit means. Models copy almost exactly: trailing spaces, indentation and typographic characters are
// where they slip, so each looser way is tried only when the stricter one finds nothing. Two places are never guessed between.

export type Found =
	| { found: true; start: number; end: number; indent: { cut: string; add: string } | null }
	| { found: false; count: number };

/** Where `find` lies in `text`. `count` is how many places matched, 0 or more than 1. */
export function findOnce(text: string, find: string): Found {
	const exact = exactPlaces(text, find);
	if (exact.length === 1)
		return { found: true, start: exact[0] ?? 0, end: (exact[0] ?? 0) + find.length, indent: null };
	if (exact.length > 1) return { found: false, count: exact.length };
	for (const same of [trailing, indentation, typography]) {
		const places = linePlaces(text, find, same);
		const [place] = places;
		if (place && places.length === 1) return { found: true, ...place, indent: same === trailing ? null : place.indent };
		if (places.length > 1) return { found: false, count: places.length };
	}
	return { found: false, count: 0 };
}

function exactPlaces(text: string, find: string): number[] {
	const places: number[] = [];
	// overlapping places count too: which one is meant is just as unclear
	for (let at = text.indexOf(find); at !== -1 && places.length < 100; at = text.indexOf(find, at + 1)) places.push(at);
	return places;
}

const trailing = (line: string) => line.trimEnd();
const indentation = (line: string) => line.trim();
const typography = (line: string) =>
	line
		.normalize("NFKC")
		.replace(/[\u2018\u2019\u201a\u201b]/g, "'")
		.replace(/[\u201c\u201d\u201e\u201f]/g, '"')
		.replace(/[\u2010-\u2015\u2212]/g, "-")
		.replace(/\s+/g, " ")
		.trim();

interface Line {
	text: string;
	start: number;
	/** without the line break */
	end: number;
}

function linesOf(text: string): Line[] {
	const lines: Line[] = [];
	let start = 0;
	for (const match of text.matchAll(/\r?\n|$/g)) {
		lines.push({ text: text.slice(start, match.index), start, end: match.index });
		start = match.index + match[0].length;
	}
	return lines;
}

/** Whole lines that are the same after `same`. A passage of nothing but blanks means no place in particular. */
function linePlaces(text: string, find: string, same: (line: string) => string) {
	const wanted = find.replace(/\r?\n$/, "").split(/\r?\n/);
	const wantedSame = wanted.map(same);
	if (wantedSame.every((line) => line === "")) return [];
	const lines = linesOf(text);
	const linesSame = lines.map((line) => same(line.text));
	const places: { start: number; end: number; indent: { cut: string; add: string } }[] = [];
	for (const at of placesOf(linesSame, wantedSame)) {
		const [first, last] = [lines[at], lines[at + wanted.length - 1]];
		if (!first || !last) continue;
		// a passage that ends with its line break covers the break, where there is one
		const breakLength = /\r?\n$/.test(find) ? (/^\r?\n/.exec(text.slice(last.end, last.end + 2))?.[0].length ?? 0) : 0;
		const marked = wantedSame.findIndex((line) => line !== "");
		places.push({
			start: first.start,
			end: last.end + breakLength,
			indent: { cut: indentOf(wanted[marked] ?? ""), add: indentOf(lines[at + marked]?.text ?? "") },
		});
	}
	return places;
}

/** Where one list of lines occurs in another: Knuth, Morris and Pratt's way, which no repetition makes slow. */
function placesOf(lines: readonly string[], wanted: readonly string[]): number[] {
	const fallback = [0];
	for (let at = 1, length = 0; at < wanted.length; at++) {
		while (length > 0 && wanted[at] !== wanted[length]) length = fallback[length - 1] ?? 0;
		if (wanted[at] === wanted[length]) length++;
		fallback.push(length);
	}
	const places: number[] = [];
	for (let at = 0, length = 0; at < lines.length; at++) {
		while (length > 0 && lines[at] !== wanted[length]) length = fallback[length - 1] ?? 0;
		if (lines[at] === wanted[length]) length++;
		if (length < wanted.length) continue;
		places.push(at - length + 1);
		length = fallback[length - 1] ?? 0;
	}
	return places;
}

const indentOf = (line: string) => /^[\t ]*/.exec(line)?.[0] ?? "";
