// The envelope: how a sealed value is written. The format is described in docs/envelope.md and pinned by test vectors.
//
//   byte 0        type: 1 = one AES-256-GCM message. 2 is reserved for a chunked stream.
//   byte 1        version of the type: 1
//   bytes 2–9     key id: the first 8 bytes of SHA-256 over the key's wrapped name, so a rotated key is told from a wrong one
//   bytes 10–21   nonce, 96 random bits (NIST SP 800-38D §8.2.2)
//   bytes 22–     ciphertext and 128-bit tag
//
// The header and the place are authenticated as additional data: an envelope moved to another tenant, table, column, row
// or region does not open, and neither does one whose header was edited.
import { fail, ok, type Result } from "#schema/result.ts";
import { concatBytes, utf8 } from "../bytes.ts";
import type { Secret } from "./secret.ts";

export const envelopeOverheadBytes = 22 + 16;
const headerBytes = 22;

/** A key that can only seal and open. `id` is 8 bytes and is written in each envelope. */
export interface EnvelopeKey {
	readonly id: Uint8Array;
	readonly key: CryptoKey;
}

/** Where a value lives. The fields are encoded with their lengths, so no two places give the same bytes. */
export type Place = readonly string[];

export type OpenReason = "malformed" | "unknown_type" | "other_key" | "not_authentic";

/** Imports 32 raw bytes as a non-extractable AES-256-GCM key. `name` identifies the key and its version, for example `own_…/content/1`. */
export async function importEnvelopeKey(name: string, raw: Secret): Promise<EnvelopeKey> {
	if (raw.sizeBytes !== 32) throw new RangeError("an envelope key is 32 bytes");
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(`freehold/key/${name}`)));
	const key = await raw.lend((bytes) =>
		crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]),
	);
	return { id: digest.slice(0, 8), key };
}

/** Length-prefixed encoding (32-bit big endian) of the place, after the format's name. */
function encodePlace(header: Uint8Array, place: Place): Uint8Array<ArrayBuffer> {
	const parts: Uint8Array[] = [header];
	for (const field of place) {
		const bytes = utf8(field);
		const length = new Uint8Array(4);
		new DataView(length.buffer).setUint32(0, bytes.length);
		parts.push(length, bytes);
	}
	return concatBytes(parts);
}

/** Seals bytes for one place. */
export async function sealEnvelope(
	key: EnvelopeKey,
	place: Place,
	plain: Uint8Array,
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> = (bytes) => crypto.getRandomValues(bytes),
): Promise<Uint8Array<ArrayBuffer>> {
	const nonce = random(new Uint8Array(12));
	const header = concatBytes([Uint8Array.of(1, 1), key.id, nonce]);
	const sealed = await crypto.subtle.encrypt(
		{ name: "AES-GCM", iv: nonce, additionalData: encodePlace(header, place) },
		key.key,
		new Uint8Array(plain),
	);
	return concatBytes([header, new Uint8Array(sealed)]);
}

/** The id of the key that an envelope was sealed under, in hex; it stands in the clear. */
export function keyIdOf(envelope: Uint8Array): string {
	return hex(envelope.slice(2, 10));
}

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Opens an envelope at its place. Never throws: each way to fail has a reason. */
export async function openEnvelope(
	key: EnvelopeKey,
	place: Place,
	envelope: Uint8Array,
): Promise<Result<Uint8Array<ArrayBuffer>, OpenReason>> {
	if (envelope.length < envelopeOverheadBytes) return fail("malformed");
	if (envelope[0] !== 1 || envelope[1] !== 1) return fail("unknown_type");
	if (key.id.some((byte, at) => envelope[2 + at] !== byte)) return fail("other_key");
	const header = envelope.slice(0, headerBytes);
	try {
		const plain = await crypto.subtle.decrypt(
			{ name: "AES-GCM", iv: header.slice(10), additionalData: encodePlace(header, place) },
			key.key,
			envelope.slice(headerBytes),
		);
		return ok(new Uint8Array(plain));
	} catch {
		return fail("not_authentic");
	}
}
