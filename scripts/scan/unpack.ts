// What is inside stored bytes: gzip, zlib and zip are opened, so that compression hides nothing from a search. Bounded, because
// a small stream may hold gigabytes.
import { gunzipSync, inflateRawSync, inflateSync } from "node:zlib";

const bounds = { maxOutputLength: 64 * 1024 * 1024 };

/** The bytes themselves, and everything that could be unpacked from them, at most three layers deep. */
export function unpack(bytes: Uint8Array, depth = 0): Uint8Array[] {
	const inner = depth < 3 ? [...compressed(bytes), ...zipped(bytes)] : [];
	return [bytes, ...inner.flatMap((part) => unpack(part, depth + 1))];
}

/** Streams that begin anywhere with the mark of gzip, or at the first byte with that of zlib. */
function compressed(bytes: Uint8Array): Uint8Array[] {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const parts: Uint8Array[] = [];
	const mark = Buffer.from([0x1f, 0x8b, 0x08]);
	for (let at = view.indexOf(mark); at !== -1; at = view.indexOf(mark, at + 1)) {
		parts.push(...attempt(() => gunzipSync(view.subarray(at), bounds)));
	}
	if (view[0] === 0x78) parts.push(...attempt(() => inflateSync(view, bounds)));
	return parts;
}

/** Members of a zip by their local headers (APPNOTE 4.3.7); sizes may stand behind the data, so deflate finds its own end. */
function zipped(bytes: Uint8Array): Uint8Array[] {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const parts: Uint8Array[] = [];
	const mark = Buffer.from("PK\u0003\u0004", "latin1");
	for (let at = view.indexOf(mark); at !== -1; at = view.indexOf(mark, at + 4)) {
		if (at + 30 > view.length || view.readUInt16LE(at + 8) !== 8) continue;
		const start = at + 30 + view.readUInt16LE(at + 26) + view.readUInt16LE(at + 28);
		if (start < view.length) parts.push(...attempt(() => inflateRawSync(view.subarray(start), bounds)));
	}
	return parts;
}

function attempt(work: () => Uint8Array): Uint8Array[] {
	try {
		return [work()];
	} catch {
		return [];
	}
}
