// E-mail addresses that we take, everywhere. A domain in another script is kept in its ASCII form (RFC 5891), which mail servers and
// browsers use, so two spellings are one address; people are shown the domain as it is written.
import { z } from "zod";

// RFC 5321 §4.1.2 Dot-string, and labels of DNS; the last label may be punycode (xn--p1ai), but not a number
const localPart = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const domainLabel = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const address = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+(?!\\d+$)${domainLabel}$`, "i");

const notAnAddress = "This is not an email address. It looks like name@example.org.";
// RFC 6531: every server on the way must know SMTPUTF8, and many do not
const notAscii =
	"The part before the @ may only hold letters from a to z, digits and signs, without accents: mail to other addresses often doesn't arrive.";

/** The address with its domain in ASCII and lower case; as it was where that is no domain. */
function asciiDomain(text: string): string {
	const trimmed = text.trim();
	const at = trimmed.lastIndexOf("@");
	const domain = trimmed.slice(at + 1);
	// signs of an address of the web, which the parser would take for its other parts
	if (at < 1 || domain === "" || /[\s%/\\?#:[\]@]/.test(domain)) return trimmed;
	if (!URL.canParse(`http://${domain}`)) return trimmed;
	return `${trimmed.slice(0, at).normalize("NFC")}@${new URL(`http://${domain}`).hostname}`;
}

/** Two spellings of one address are the same text after this. */
export const comparedEmail = (email: string): string => asciiDomain(email).toLowerCase();

const isAsciiBeforeAt = (text: string) => !/[^\x20-\x7e]/.test(text.slice(0, text.lastIndexOf("@")));

export const EmailAddress = z
	.string()
	.max(254)
	.overwrite(asciiDomain)
	.refine(isAsciiBeforeAt, { error: notAscii, params: { sentence: notAscii }, abort: true })
	.refine((text) => text.length <= 254 && address.test(text), {
		error: notAnAddress,
		params: { sentence: notAnAddress },
	});
