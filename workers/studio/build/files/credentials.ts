// Finds credentials in text: well-known shapes, and random-looking values given to something named like a secret. An app's
// files are served to everybody who may open it, so a key in them is a key given away.

export interface CredentialFound {
	line: number;
	/** What kind it looks like; never the value. */
	kind: string;
}

const shapes: readonly [kind: string, shape: RegExp][] = [
	["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
	["an Anthropic key", /\bsk-ant-[A-Za-z0-9_-]{20,}/],
	// a digit and a capital, else names of CSS classes would be keys
	["an OpenAI key", /\bsk-(?=[\w-]*\d)(?=[\w-]*[A-Z])(?:proj-|svcacct-|admin-)?[\w-]{32,}/],
	["an AWS key", /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/],
	["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/],
	["a GitLab token", /\bglpat-[A-Za-z0-9_-]{20,}/],
	["a Google key", /\bAIza[A-Za-z0-9_-]{35}/],
	["a Stripe key", /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/],
	["a Stripe webhook secret", /\bwhsec_[A-Za-z0-9+/=]{24,}/],
	[
		"a Slack token",
		/\bxox[abeoprs]-[A-Za-z0-9-]{10,}|\bhooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+/,
	],
	["a Twilio key", /\b(?:SK|AC)[0-9a-f]{32}\b/],
	["a SendGrid key", /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
	["an npm token", /\bnpm_[A-Za-z0-9]{36}\b/],
	["a Hugging Face token", /\bhf_[A-Za-z0-9]{30,}/],
	["a Telegram bot token", /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/],
	["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
	["a password in an address", /\b[a-z][a-z0-9+.-]{2,20}:\/\/[^\s:/@"'`]{1,100}:[^\s:/@"'`{}$]{3,100}@[a-z0-9.-]+/i],
];

const assignment =
	/\b([A-Za-z0-9_.-]*(?:api[_-]?key|secret|token|passwd|password|credential|private[_-]?key|access[_-]?key|auth[_-]?key)[A-Za-z0-9_-]*)["'\]]?\s*(?::|=>?)\s*(?:Bearer\s+)?["'`]([^"'`\s]{20,500})["'`]/gi;

/** Longer lines are data or compressed code; they are looked through in pieces that overlap. */
const windowChars = 2000;
const overlapChars = 600;

export function findCredentials(text: string): CredentialFound[] {
	const found: CredentialFound[] = [];
	const lines = text.split("\n");
	for (const [index, line] of lines.entries()) {
		const kind = kindIn(line);
		if (kind !== null) found.push({ line: index + 1, kind });
	}
	return found;
}

function kindIn(line: string): string | null {
	if (line.length < 16) return null;
	for (let at = 0; at < line.length; at += windowChars - overlapChars) {
		const piece = line.slice(at, at + windowChars);
		const shape = shapes.find(([, pattern]) => pattern.test(piece));
		if (shape) return shape[0];
		for (const match of piece.matchAll(assignment)) if (looksRandom(match[2] ?? "")) return "a secret value";
		if (at + windowChars >= line.length) return null;
	}
	return null;
}

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
