// An address for people to read: the domain in its own script, where the stored form is punycode.
/// <reference path="./punycode.d.ts" />
import punycode from "punycode/punycode.js";
import { comparedEmail } from "#schema/email-address.ts";

/** The stored form where the other does not stand for exactly the same domain, or is no punycode at all. */
export function shownEmail(email: string): string {
	try {
		const shown = punycode.toUnicode(email);
		return comparedEmail(shown) === comparedEmail(email) ? shown : email;
	} catch {
		return email;
	}
}
