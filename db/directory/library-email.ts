// Better Auth checks addresses with zod's `z.email()`, which refuses valid ones: a punycode top-level domain (xn--p1ai), signs like "!"
// before the @. For those the library gets a stand-in, and its adapter reads the address back: nothing else ever sees one.
import { z } from "zod";
import { comparedEmail } from "#schema/email-address.ts";

// RFC 2606 §2: nobody's domain
const domain = "@account.invalid";
const librarys = z.email();

const toHex = (text: string) =>
	Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (hex: string) =>
	new TextDecoder().decode(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));

/**
 * What the library is told, in lower case, since it compares. An address that looks like a stand-in gets one too, so that none can
 * be typed for another's.
 */
export function emailForLibrary(typed: string): string {
	const email = comparedEmail(typed);
	return librarys.safeParse(email).success && !email.endsWith(domain) ? email : `a${toHex(email)}${domain}`;
}

/** The address that the library means. */
export const emailOfLibrary = (email: string): string =>
	email.endsWith(domain) ? fromHex(email.slice(1, -domain.length)) : email;
