// The first page of a private app's frame. The server has put a secret into an HttpOnly cookie of this browser and its SHA-256
// into this page (PKCE, RFC 7636 S256, with the verifier held by the server's cookie). The studio makes a code for that
// challenge, so only this browser can exchange it; no script ever sees the secret, and no code is ever part of an address.
import { readStudioMessage } from "./studio-message.ts";

const studioOrigin = document.querySelector<HTMLMetaElement>('meta[name="freehold-studio"]')?.content ?? "";
const challenge = document.querySelector<HTMLMetaElement>('meta[name="freehold-challenge"]')?.content ?? "";
const status = document.getElementById("status");

const words = {
	expired: "This did not open in time. Reload the page in Freehold to try again.",
	refused: "This app was not shared with you, or no longer is.",
	cookie:
		"Your browser keeps no cookies for this app. Allow partitioned cookies (CHIPS) or use a current version of your browser.",
	failed: "The app does not answer right now. Try again in a moment.",
	alone: "Open this app from Freehold.",
} as const;

function say(what: keyof typeof words): void {
	if (status) status.textContent = words[what];
}

function tell(message: Record<string, unknown>): void {
	window.parent.postMessage({ source: "freehold-app", v: 1, ...message }, studioOrigin);
}

const post = (path: string, body: unknown): Promise<Response> =>
	fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function open(): Promise<void> {
	if (window.parent === window) return say("alone");
	const answer = waitForAnswer();
	tell({ type: "freehold:challenge", challenge });
	const message = await answer;
	if (message === null) return say("expired");
	if (message.type === "freehold:refused") return say("refused");

	const session = await post("/_freehold/session", { code: message.code });
	if (session.status === 401) return refuseCookies();
	if (!session.ok) return say(session.status === 410 ? "expired" : "failed");
	// a browser that drops the cookie would come back here for ever
	const viewer = await post("/_freehold/api/viewer", {});
	if (viewer.status === 401) return refuseCookies();
	window.location.replace(innerPath());
}

/** Where the frame was: this page may stand in the place of one of the app's own paths. */
function innerPath(): string {
	const { pathname, search } = window.location;
	return /^\/_freehold(\/|$)/i.test(pathname) || pathname.startsWith("//") ? "/" : `${pathname}${search}`;
}

function refuseCookies(): void {
	tell({ type: "ended", reason: "cookie_refused" });
	say("cookie");
}

/** The studio's answer; nothing else that any window sends counts. Null after half a minute. */
function waitForAnswer() {
	return new Promise<ReturnType<typeof readStudioMessage>>((resolve) => {
		const timer = setTimeout(() => resolve(null), 30_000);
		window.addEventListener("message", function receive(event) {
			if (event.origin !== studioOrigin || event.source !== window.parent) return;
			const message = readStudioMessage(event.data);
			if (!message) return;
			clearTimeout(timer);
			window.removeEventListener("message", receive);
			resolve(message);
		});
	});
}

open().catch(() => say("failed"));
