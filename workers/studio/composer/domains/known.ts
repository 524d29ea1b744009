// All kinds of records the composer knows, and finding the one that a prompt asks for.
import type { Domain } from "./domain.ts";
import { home } from "./home.ts";
import { money } from "./money.ts";
import { things } from "./things.ts";
import { work } from "./work.ts";

export const domains: readonly Domain[] = [...money, ...home, ...work, ...things];

/** The best fit, or null. What stands earlier in the text counts more when the weights are equal. */
export function findDomain(text: string): { domain: Domain; word: string } | null {
	let best: { domain: Domain; word: string; weight: number; at: number } | null = null;
	for (const domain of domains) {
		for (const [asked, weight] of domain.asked) {
			const match = asked.exec(text);
			if (!match) continue;
			if (!best || weight > best.weight || (weight === best.weight && match.index < best.at)) {
				best = { domain, word: match[0], weight, at: match.index };
			}
		}
	}
	return best && { domain: best.domain, word: best.word };
}
