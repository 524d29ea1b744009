// Files an app offers. The page itself may not download (that would be a way out at top level): the studio page makes the
// file, with the app's name for it. Links with `download` to a blob: or data: address work as they do elsewhere.
import { dialogs, showToCopy } from "./dialogs.ts";
import type { StudioChannel } from "./studio-channel.ts";

const maxChars = 10_000_000;
const maxRemembered = 50;

export type Download = (name: string, content: string | Blob, mediaType: string) => Promise<void>;

export function makeDownload(channel: StudioChannel): Download {
	return async (name, content, mediaType) => {
		const fileName = cleanName(name);
		const isText = typeof content === "string" || /^text\/|json|csv|xml/.test(content.type || mediaType);
		const body = typeof content === "string" ? content : isText ? await content.text() : await toBase64(content);
		if (body.length > maxChars) throw new Error("This file is too large to download from an app: at most 10 MB.");
		if (!channel.isFramed) {
			if (isText)
				await showToCopy(`Your browser cannot save a file from this page. This is the text of ${fileName}:`, body);
			else
				await dialogs.alert(
					`Your browser cannot save ${fileName} from this page. Open the app from Freehold to save it.`,
				);
			return;
		}
		const type = (typeof content === "string" ? mediaType : content.type || mediaType).slice(0, 100);
		channel.send({
			type: "download",
			name: fileName,
			mediaType: type,
			encoding: isText ? "utf8" : "base64",
			content: body,
		});
	};
}

/** A plain file name: no folders, no control or bidirectional characters that make one look like another. */
export function cleanName(name: string): string {
	const plain = String(name)
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
		.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
		.replace(/[/\\:*?"<>|]/g, "-")
		.replace(/^\.+/, "")
		.trim()
		.slice(0, 200);
	return plain === "" ? "download" : plain;
}

async function toBase64(blob: Blob): Promise<string> {
	const bytes = new Uint8Array(await blob.arrayBuffer());
	let binary = "";
	for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return btoa(binary);
}

/** Remembers the blobs behind blob: addresses, since connect-src 'self' does not let a page read them back. */
export function watchBlobs(): (address: string) => Blob | null {
	const blobs = new Map<string, Blob>();
	const original = URL.createObjectURL.bind(URL);
	URL.createObjectURL = (source: Blob | MediaSource) => {
		const address = original(source);
		if (source instanceof Blob) {
			blobs.set(address, source);
			if (blobs.size > maxRemembered) blobs.delete(blobs.keys().next().value ?? "");
		}
		return address;
	};
	return (address) => blobs.get(address) ?? null;
}

/** The content of a data: address (RFC 2397), or null. */
export function readDataUrl(address: string): Blob | null {
	const match = /^data:([^,]*?)(;base64)?,(.*)$/s.exec(address);
	if (!match) return null;
	try {
		const text = decodeURIComponent(match[3] ?? "");
		const type = match[1] || "text/plain";
		if (!match[2]) return new Blob([text], { type });
		return new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type });
	} catch {
		return null;
	}
}
