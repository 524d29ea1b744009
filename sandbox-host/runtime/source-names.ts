// Names a place in the files the person knows: `/app.js` line 12 is `app.tsx` line 12, since compiling keeps the lines. Pure.

export interface Place {
	file: string;
	line: number;
	column: number;
}

function nameOf(path: string, sources: ReadonlyMap<string, string>): string {
	const clean = path.replace(/[?#].*$/, "").replace(/^\//, "");
	return sources.get(clean) ?? clean;
}

/** The first place in the app's own files that a stack names; our own code under /_freehold/ is passed over. */
export function findPlace(stack: string, origin: string, sources: ReadonlyMap<string, string>): Place | null {
	for (const part of stack.split(origin).slice(1)) {
		const match = /^(\/[^\s):]*):(\d{1,7})(?::(\d{1,7}))?/.exec(part);
		const path = match?.[1];
		if (!match || !path || path.startsWith("/_freehold/")) continue;
		return { file: nameOf(decode(path), sources).slice(0, 300), line: Number(match[2]), column: Number(match[3] ?? 0) };
	}
	return null;
}

/** The stack with the app's own names in place of addresses. */
export function renameInStack(stack: string, origin: string, sources: ReadonlyMap<string, string>): string {
	return stack
		.split(origin)
		.map((part, index) => (index === 0 ? part : part.replace(/^\/[^\s):]*/, (path) => nameOf(decode(path), sources))))
		.join("");
}

function decode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
