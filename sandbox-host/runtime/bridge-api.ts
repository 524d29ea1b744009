// What the bridge (a classic script, first in the page) offers to the `freehold` module and to start.ts. The app's code could
// reach it too, which gives it nothing that `freehold` does not.
import type { Facts } from "./page-facts.ts";

export type PageEvent = { type: "data"; collection: string } | { type: "reload"; versionId: string } | { type: "end" };

export interface Dialogs {
	alert(message: string): Promise<void>;
	confirm(message: string): Promise<boolean>;
	/** The text, or null when the person cancelled. */
	prompt(message: string, initial?: string): Promise<string | null>;
}

export interface Bridge {
	facts: Facts;
	dialogs: Dialogs;
	/** Offers a file to the person: through the studio page, or as text to copy where no page can make a file. */
	download(name: string, content: string | Blob, mediaType: string): Promise<void>;
	/** Opens the page's one event stream, if it is not open yet. Returns how to stop listening. */
	listen(listener: (event: PageEvent) => void): () => void;
	/** Shows one line at the edge of the page, once per text. */
	notify(text: string): void;
	/** True where the browser keeps no storage for the page, so that the page's own lasts as long as the page. */
	forgetsOnClose: boolean;
	/** Resolves when localStorage holds what this person left there, also where the browser denies one. */
	waitForStorage(): Promise<void>;
	/** The session is over: says so in place of the app. */
	end(reason: "expired" | "revoked"): void;
}

const key = Symbol.for("freehold.bridge");

export function publishBridge(bridge: Bridge): void {
	Object.defineProperty(window, key, { value: Object.freeze(bridge) });
}

export function useBridge(): Bridge {
	const bridge = (window as unknown as Record<symbol, Bridge | undefined>)[key];
	if (!bridge) throw new Error("The Freehold bridge is not in this page.");
	return bridge;
}
