// Text of people as one readable line.
import { cleanName } from "#schema/names.ts";

/** One line of readable text of at most `max` characters; empty if nothing readable is left. */
export const cleanText = (text: string, max: number): string =>
	Array.from(cleanName(text)).slice(0, max).join("").trim();
