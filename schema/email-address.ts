// E-mail addresses that we take, everywhere: the form of HTML's own check, with punycode top-level domains. Browsers turn a domain in another script into punycode.
import { z } from "zod";

// RFC 5321 §4.1.2 Dot-string, and labels of DNS; the last label may be punycode (xn--p1ai), but not a number
const localPart = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const domainLabel = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const address = new RegExp(`^${localPart}@(?:${domainLabel}\\.)+(?!\\d+$)${domainLabel}$`, "i");

const notAnAddress = "This is not an email address. It looks like name@example.org.";

export const EmailAddress = z
	.string()
	.trim()
	.max(254)
	.refine((text) => address.test(text), {
		error: notAnAddress,
		params: { sentence: notAnAddress },
	});
