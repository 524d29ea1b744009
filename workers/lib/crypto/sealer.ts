// What stores use to seal a tenant's content. A sealer knows its region and owner; the caller names table, column and row.

import type { OwnerId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import { fromBase64, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { type EnvelopeKey, importEnvelopeKey, openEnvelope, sealEnvelope } from "./envelope.ts";
import { SealError } from "./seal-error.ts";
import type { Secret } from "./secret.ts";

/** The declared names of where a value lives, never renamed: they are authenticated with it. */
export interface SealPlace {
	table: string;
	column: string;
	row: string;
}

/** Text that a sealer made. Columns of sealed values take nothing else, so plain text in one does not compile. */
export type Sealed = string & { readonly [sealedBrand]: true };
declare const sealedBrand: unique symbol;

export interface Sealer {
	/** Seals text; base64url of an envelope, for a TEXT column. */
	seal(place: SealPlace, text: string): Promise<Sealed>;
	/** Opens it again. Throws `SealError` when the value is not authentic for this place. */
	open(place: SealPlace, sealed: string): Promise<string>;
	/** The same for bytes, for objects in R2. */
	sealBytes(place: SealPlace, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
	openBytes(place: SealPlace, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
	/** HMAC-SHA-256 under a key derived from the content key: for per-file hashes that say nothing to who lacks the key. */
	fingerprint(bytes: Uint8Array): Promise<string>;
}

/** Makes the sealer of one tenant from its content key (32 bytes, from the vault). */
export async function makeSealer(region: Region, owner: OwnerId, keyId: string, raw: Secret): Promise<Sealer> {
	const key = await importEnvelopeKey(keyId, raw);
	const mac = await deriveMac(raw);
	return sealerOf(key, mac, ["freehold/content", region, owner]);
}

async function deriveMac(raw: Secret): Promise<CryptoKey> {
	const base = await raw.lend((bytes) => crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]));
	return crypto.subtle.deriveKey(
		{ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("freehold/file-fingerprint/1") },
		base,
		{ name: "HMAC", hash: "SHA-256", length: 256 },
		false,
		["sign"],
	);
}

function sealerOf(key: EnvelopeKey, mac: CryptoKey, prefix: readonly string[]): Sealer {
	const at = (place: SealPlace) => [...prefix, place.table, place.column, place.row];
	const openBytes = async (place: SealPlace, sealed: Uint8Array) => {
		const opened = await openEnvelope(key, at(place), sealed);
		if (!opened.ok) throw new SealError(opened.reason);
		return opened.value;
	};
	return {
		sealBytes: (place, bytes) => sealEnvelope(key, at(place), bytes),
		openBytes,
		seal: async (place, text) => toBase64Url(await sealEnvelope(key, at(place), utf8(text))) as Sealed,
		open: async (place, sealed) => {
			const bytes = fromBase64(sealed);
			if (!bytes) throw new SealError("malformed");
			return fromUtf8(await openBytes(place, bytes));
		},
		fingerprint: async (bytes) =>
			toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", mac, new Uint8Array(bytes)))),
	};
}
