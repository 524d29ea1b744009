// Pages of an app that ask for a password. An app needs none, so the owner is told before others can open one.

interface TextFile {
	path: string;
	content: string;
	encoding?: string | undefined;
}

// a field in markup, JSX or script, with any quotes: type="password", type: 'password', setAttribute("type", `password`)
const field =
	/\btype\\?["'`]?\s*[=:,]\s*\{?\s*\\?["'`]?password\b|autocomplete["'`]?\s*[=:,]\s*\{?\s*["'`](?:current|new)-password\b/i;
const asking =
	/\b(?:enter|type|confirm|repeat|give us|provide|what is)\b[^.<>"'`\n]{0,30}\b(?:password|passphrase|passwort|kennwort)\b|\b(?:passwort|kennwort)\b[^.<>"'`\n]{0,30}\b(?:eingeben|bestätigen|wiederholen)\b/i;
const signIn =
	/\b(?:sign(?:ed)?[ -]?(?:in|out|up)|log(?:ged)?[ -]?(?:in|out)|password|passphrase|session|anmelden|passwort)\b/i;
const brand = /\bfreehold\b(?!\.(?:d\.)?[tj]s)/i;
const heading = /<h[1-6]\b[^>]*>[^<]{0,200}\bfreehold\b|<title\b[^>]*>[^<]{0,200}\bfreehold\b/i;

/** Sentences for the review before publishing; empty when no page asks for a password or signs in as Freehold. */
export function warnOfSignIns(files: readonly TextFile[]): string[] {
	const warnings: string[] = [];
	const texts = files.filter(
		({ encoding, path }) => encoding !== "base64" && /\.(?:html?|[cm]?[jt]sx?|svg|json)$/i.test(path),
	);
	for (const { path, content } of texts) {
		if (field.test(content) || asking.test(content))
			warnings.push(
				`${path} asks for a password. Apps need none: people sign in on Freehold's own pages. A page that collects passwords can be reported and blocked.`,
			);
		if (brand.test(content) && signIn.test(content) && heading.test(content))
			warnings.push(
				`${path} shows the word Freehold on a page about signing in. People could take it for Freehold itself.`,
			);
	}
	return warnings;
}
