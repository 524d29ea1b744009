// Finds credentials in text: well-known shapes, and random-looking values given to something named like a secret. An app's
// files are served to everybody who may open it, so a key in them is a key given away.

import { runAtOnce } from "#lib/tables/slices.ts";

export interface CredentialFound {
	line: number;
	/** What kind it looks like; never the value. */
	kind: string;
}

const shapes: readonly [kind: string, shape: RegExp][] = [
	["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g],
	["an Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/g],
	["an OpenAI key", /\bsk-[\w-]{32,200}/g],
	["an AWS key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g],
	["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g],
	["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/g],
	["a Google key", /\bAIza[A-Za-z0-9_-]{35}/g],
	["a Stripe key", /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g],
	["a Stripe webhook secret", /\bwhsec_[A-Za-z0-9+/=]{24,}/g],
	[
		"a Slack token",
		/\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bhooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/g,
	],
	["a Twilio key", /\b(?:SK|AC)[0-9a-f]{32}\b/g],
	["a SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g],
	["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/g],
	["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/g],
	["a Telegram bot token", /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/g],
	["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
	["a password in an address", /\b[a-z][a-z0-9+.-]{2,20}:\/\/[^\s:/@"'`]{1,100}:[^\s:/@"'`{}$]{3,100}@[a-z0-9.-]+/gi],
];

const assignment =
	/\b([A-Za-z0-9_.-]{0,40}(?:api[_-]?key|secret|token|passwd|password|credential|private[_-]?key|access[_-]?key|auth[_-]?key)[A-Za-z0-9_-]{0,40})["'\]]?\s*(?::|=>?)\s*(?:Bearer\s+)?["'`]([^"'`\s]{20,500})["'`]/gi;

/** What a shape or an assignment cannot do without: most lines have none of it, and are read once instead of once for each kind. */
const shapeHint =
	/PRIVATE KEY|[sr]k[-_]|A[KS]IA|gh[pousr]_|github_pat_|glpat-|AIza|whsec_|xox|hooks\.slack|SK|AC|SG\.|npm_|hf_|:AA|eyJ|:\/\//;
const assignmentHint = /key|secret|token|passw|credential/i;

/** So many characters are looked through before others get their turn. */
const sliceChars = 100_000;

/** Longer lines are data or compressed code; they are looked through in pieces that overlap. */
const windowChars = 2000;
const overlapChars = 600;

/** For texts of one cell or one record; whole files are looked through in slices. */
export const findCredentials = (text: string): CredentialFound[] => runAtOnce(findCredentialsInSlices(text));

/** Yields between slices of work. */
export function* findCredentialsInSlices(text: string): Generator<void, CredentialFound[]> {
	const found: CredentialFound[] = [];
	let chars = 0;
	for (const [index, line] of text.split("\n").entries()) {
		const kind = yield* kindIn(line);
		if (kind !== null) found.push({ line: index + 1, kind });
		chars += line.length;
		if (chars < sliceChars) continue;
		chars = 0;
		yield;
	}
	return found;
}

function* kindIn(line: string): Generator<void, string | null> {
	if (line.length < 16) return null;
	const step = windowChars - overlapChars;
	for (let at = 0, count = 1; at < line.length; at += step, count += 1) {
		const piece = line.slice(at, at + windowChars);
		const shape = shapeHint.test(piece) && shapes.find(([, pattern]) => piece.match(pattern)?.some(isMixed));
		if (shape) return shape[0];
		if (assignmentHint.test(piece))
			for (const match of piece.matchAll(assignment)) if (looksRandom(match[2] ?? "")) return "a secret value";
		if (at + windowChars >= line.length) return null;
		if (count % Math.ceil(sliceChars / step) === 0) yield;
	}
	return null;
}

/** `sk-` also begins names of CSS classes; a key has a digit and a capital too. */
const isMixed = (value: string) =>
	value !== "" && (!value.startsWith("sk-") || (/\d/.test(value) && /[A-Z]/.test(value)));

/** Letters and digits mixed, and as varied as random text: "correct-horse-battery" and class names are not. */
function looksRandom(value: string): boolean {
	if (
		!/\d/.test(value) ||
		!/[A-Za-z]/.test(value) ||
		/^(https?:|data:|\/|\.|var\()/.test(value) ||
		/\$\{|\{\{/.test(value)
	)
		return false;
	return entropyBits(value) >= 3.6;
}

/** Shannon entropy per character. */
function entropyBits(value: string): number {
	const counts = new Map<string, number>();
	for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
	let bits = 0;
	for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
	return bits;
}
