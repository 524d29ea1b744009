// Messages from a framed app. Everything in them is a stranger's text: checked by schema, bounded in rate, only ever shown as text.
import { AppMessage } from "#schema/bridge.ts";

/** At most this many messages a second on average, in bursts of `burst`; the rest is dropped unread. */
const perSecond = 20;
const burst = 120;

export interface MessageFilter {
	/** The message, or null when it is not for us, malformed, or too much. */
	accept(event: MessageEvent, frame: HTMLIFrameElement | null): AppMessage | null;
	/** How many were dropped for their rate since the last call. */
	takeDropped(): number;
}

/** Accepts messages of one frame and its one exact origin: a forged origin, a sibling frame or a popup is not heard. */
export function makeMessageFilter(origin: string, now: () => number = () => performance.now()): MessageFilter {
	let tokens = burst;
	let last = now();
	let dropped = 0;
	return {
		accept(event, frame) {
			if (!frame?.contentWindow || event.source !== frame.contentWindow || event.origin !== origin) return null;
			const at = now();
			tokens = Math.min(burst, tokens + ((at - last) / 1000) * perSecond);
			last = at;
			if (tokens < 1) {
				dropped++;
				return null;
			}
			tokens--;
			const message = AppMessage.safeParse(event.data);
			return message.success ? message.data : null;
		},
		takeDropped() {
			const count = dropped;
			dropped = 0;
			return count;
		},
	};
}

/** A file name as the person's system may take it: no folders, no control or direction marks, at most 120 characters. */
export function safeFileName(name: string): string {
	const plain = name
		.normalize("NFC")
		.replace(/[\p{Cc}\p{Cf}]/gu, "")
		.replace(/[/\\:*?"<>|]/g, "-")
		.replace(/^[.\s]+|[.\s]+$/g, "");
	return plain.slice(0, 120) || "file";
}

/** An address the person may be asked about: http or https, without user name and password. Null for anything else. */
export function outsideAddress(text: string): URL | null {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
	// https://bank.example@evil.example/ shows the wrong name first
	return url.username || url.password ? null : url;
}
