// Keys of the directory: look-ups by HMAC (an address is never stored in the clear), sealed e-mails and names, hashed tokens.
import type { Region } from "#schema/region.ts";
import { fromBase64, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { importEnvelopeKey, openEnvelope, sealEnvelope } from "./envelope.ts";
import { SealError } from "./seal-error.ts";
import type { SealPlace } from "./sealer.ts";
import type { Secret } from "./secret.ts";

/** Text that was sealed for the directory. Columns of sealed values take nothing else; a tenant's `Sealed` is another thing. */
export type SealedEntry = string & { readonly [entryBrand]: true };
declare const entryBrand: unique symbol;

/** What an address, an identifier or the subject of a count is found under. Columns of look-up keys take nothing else. */
export type LookupKey = string & { readonly [lookupBrand]: true };
declare const lookupBrand: unique symbol;

/** What is kept of a token. A token itself in such a column does not compile. */
export type TokenHash = string & { readonly [hashBrand]: true };
declare const hashBrand: unique symbol;

export interface DirectoryKeys {
	/** HMAC-SHA-256, base64url: the key under which an address is found. The caller normalises. */
	index(text: string): Promise<LookupKey>;
	seal(place: SealPlace, text: string): Promise<SealedEntry>;
	/** Throws `SealError` when the value is not authentic for this place. */
	open(place: SealPlace, sealed: SealedEntry): Promise<string>;
	/** SHA-256 of a random token, base64url. Tokens have 128 bits or more, so no salt is needed. */
	hashToken(token: string): Promise<TokenHash>;
}

/** Makes them from the two 32-byte keys the vault hands to the studio. */
export async function makeDirectoryKeys(
	region: Region,
	keyId: string,
	raw: { index: Secret; seal: Secret },
): Promise<DirectoryKeys> {
	const mac = await raw.index.lend((bytes) =>
		crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
	);
	const key = await importEnvelopeKey(keyId, raw.seal);
	const at = (place: SealPlace) => ["freehold/directory", region, place.table, place.column, place.row];
	return {
		index: async (text) => toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", mac, utf8(text)))) as LookupKey,
		seal: async (place, text) => toBase64Url(await sealEnvelope(key, at(place), utf8(text))) as SealedEntry,
		open: async (place, sealed) => {
			const bytes = fromBase64(sealed);
			const opened = bytes ? await openEnvelope(key, at(place), bytes) : null;
			if (!opened?.ok) throw new SealError(opened?.reason ?? "malformed");
			return fromUtf8(opened.value);
		},
		hashToken: async (token) =>
			toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(token)))) as TokenHash,
	};
}
