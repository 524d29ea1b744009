// Images and PDF by their magic bytes, walked far enough to notice a file that is cut off.
import { fail, ok, type Result } from "#schema/result.ts";

export interface ImageFacts {
	mediaType: "image/png" | "image/jpeg" | "image/webp" | "image/gif";
	width: number;
	height: number;
}

type ImageResult = Result<ImageFacts, "broken_image">;

/** Null: no image. */
export function readImage(bytes: Uint8Array): ImageResult | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const begins = (...start: number[]) => start.every((byte, at) => bytes[at] === byte);
	try {
		if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return readPng(view);
		if (begins(0xff, 0xd8, 0xff)) return readJpeg(view);
		if (begins(0x47, 0x49, 0x46, 0x38)) return readGif(view);
		if (begins(0x52, 0x49, 0x46, 0x46) && ascii(bytes, 8, 12) === "WEBP") return readWebp(view, bytes);
	} catch {
		// DataView throws a RangeError past the end: the file is cut off.
		return fail("broken_image");
	}
	return null;
}

/** HEIC and HEIF (ISO/IEC 23008-12): cameras of telephones write them, also under other names, and browsers do not show them. */
export const isHeic = (bytes: Uint8Array): boolean =>
	ascii(bytes, 4, 8) === "ftyp" && /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(ascii(bytes, 8, 12));

const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to));

function facts(mediaType: ImageFacts["mediaType"], width: number, height: number): ImageResult {
	// Larger sides are refused by models and freeze browsers.
	const isSound = width > 0 && height > 0 && width <= 30_000 && height <= 30_000;
	return isSound ? ok({ mediaType, width, height }) : fail("broken_image");
}

/** PNG, third edition, 5: chunks of length, type, data and CRC, from IHDR to IEND. */
function readPng(view: DataView): ImageResult {
	if (view.getUint32(12) !== 0x49484452) return fail("broken_image");
	let at = 8;
	while (view.getUint32(at + 4) !== 0x49454e44) at += 12 + view.getUint32(at);
	view.getUint32(at + 8);
	return facts("image/png", view.getUint32(16), view.getUint32(20));
}

/** ITU T.81, B.1.1: segments up to the frame header; the end mark must be there. */
function readJpeg(view: DataView): ImageResult {
	let at = 2;
	while (true) {
		if (view.getUint8(at) !== 0xff) return fail("broken_image");
		const marker = view.getUint8(at + 1);
		const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
		if (isFrame) {
			return hasJpegEnd(view)
				? facts("image/jpeg", view.getUint16(at + 7), view.getUint16(at + 5))
				: fail("broken_image");
		}
		at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
	}
}

/** Cameras append data after the end mark, so it is looked for from behind. */
function hasJpegEnd(view: DataView): boolean {
	for (let at = view.byteLength - 2; at > 2; at -= 1) if (view.getUint16(at) === 0xffd9) return true;
	return false;
}

/**
 * GIF89a: the screen descriptor in front, then blocks, walked to the trailer 0x3b. Many programs leave the trailer out, and
 * browsers show such a picture; it must end after a whole picture, though, and not in the middle of one.
 */
function readGif(view: DataView): ImageResult {
	const version = view.getUint16(4);
	if (version !== 0x3761 && version !== 0x3961) return fail("broken_image");
	let at = 13 + paletteBytes(view.getUint8(10));
	let pictures = 0;
	while (at < view.byteLength) {
		const block = view.getUint8(at);
		if (block === 0x3b) break;
		// Zeros after the last block are filling.
		if (block === 0) at += 1;
		else if (block === 0x21) at = skipSubBlocks(view, at + 2);
		else if (block === 0x2c) {
			at = skipSubBlocks(view, at + 11 + paletteBytes(view.getUint8(at + 9)));
			pictures += 1;
		} else return fail("broken_image");
	}
	return pictures > 0 ? facts("image/gif", view.getUint16(6, true), view.getUint16(8, true)) : fail("broken_image");
}

const paletteBytes = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

/** Behind the last of a row of sub-blocks, each of which begins with its length; an empty one ends them. */
function skipSubBlocks(view: DataView, start: number): number {
	let at = start;
	for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += length + 1;
	return at + 1;
}

/** RFC 9649: the RIFF size must fit; dimensions by the kind of the first chunk. */
function readWebp(view: DataView, bytes: Uint8Array): ImageResult {
	if (view.getUint32(4, true) + 8 > view.byteLength) return fail("broken_image");
	switch (ascii(bytes, 12, 16)) {
		case "VP8 ":
			return facts("image/webp", view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
		case "VP8L": {
			const bits = view.getUint32(21, true);
			return facts("image/webp", (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
		}
		case "VP8X": {
			const three = (at: number) => view.getUint8(at) | (view.getUint8(at + 1) << 8) | (view.getUint8(at + 2) << 16);
			return facts("image/webp", three(24) + 1, three(27) + 1);
		}
		default:
			return fail("broken_image");
	}
}

/** ISO 32000-1, 7.5.2 and 7.5.5: the header within the first and the end mark within the last 1,024 bytes. */
export function checkPdf(bytes: Uint8Array): "sound" | "broken" | "other" {
	const head = ascii(bytes, 0, Math.min(1024, bytes.length));
	if (!head.includes("%PDF-")) return "other";
	return ascii(bytes, Math.max(0, bytes.length - 1024), bytes.length).includes("%%EOF") ? "sound" : "broken";
}
