// The bridge: the first script of every app page, before any byte of the app. It takes WebRTC, cookies and frames away, tells the builder what
// goes wrong, and stands in for what a sandboxed frame lacks (dialogs, downloads, outside links, storage).
import { showBadge } from "./badge.ts";
import { type Bridge, publishBridge } from "./bridge-api.ts";
import { dialogs, notify } from "./dialogs.ts";
import { makeDownload, watchBlobs } from "./downloads.ts";
import { handleLinks } from "./links.ts";
import { refuseFrames, removeCookies, removeWebRtc } from "./lockdown.ts";
import { persistStorage, replaceStorage } from "./memory-storage.ts";
import { makePageEvents } from "./page-events.ts";
import { readFacts } from "./page-facts.ts";
import { makeRemoteStorage } from "./remote-data.ts";
import { captureReports } from "./reports.ts";
import { makeStudioChannel } from "./studio-channel.ts";

const blankAfterMs = 4000;

const facts = readFacts();
const channel = makeStudioChannel(facts.studioOrigin);

removeWebRtc();
removeCookies(complain);
refuseFrames(complain);
captureReports(channel, facts.sources);
const memory = replaceStorage();

const download = makeDownload(channel);
handleLinks(channel, download, watchBlobs());

/** An error of the page, with the place in the app that asked for it; the app goes on. */
function complain(message: string): void {
	reportError(new Error(message));
}

let isEnded = false;
function end(reason: "expired" | "revoked"): void {
	if (isEnded) return;
	isEnded = true;
	channel.send({ type: "ended", reason });
	window.stop();
	const words = document.createElement("p");
	words.textContent =
		reason === "revoked"
			? "Your access to this app was taken back."
			: "Your access to this app has ended. Open it again from Freehold.";
	words.style.cssText = "margin:3rem auto;padding:1rem;max-width:32rem;font:16px/1.5 system-ui,sans-serif";
	document.body.replaceChildren(words);
}

const canListen = facts.hasSession && facts.role !== "visitor";
const listen = makePageEvents(canListen);

let storageReady: Promise<void> | null = null;
const bridge: Bridge = {
	facts,
	dialogs,
	download,
	listen,
	notify,
	end,
	forgetsOnClose: memory !== null,
	async waitForStorage() {
		if (!memory || !canListen) return;
		storageReady ??= persistStorage(memory, makeRemoteStorage(bridge));
		await storageReady.catch(reportError);
	},
};
publishBridge(bridge);
// an app that is a page of its own does not wait for it
void bridge.waitForStorage();

window.alert = (message?: unknown) => {
	void dialogs.alert(String(message ?? ""));
};
window.confirm = (message?: string) => {
	complain(
		`confirm(${JSON.stringify(String(message ?? ""))}) cannot wait for an answer here and returned false. Use: import { dialog } from "freehold"; if (await dialog.confirm("…")) …`,
	);
	return false;
};
window.prompt = (message?: string) => {
	complain(
		`prompt(${JSON.stringify(String(message ?? ""))}) cannot wait for an answer here and returned null. Use: import { dialog } from "freehold"; const text = await dialog.prompt("…")`,
	);
	return null;
};
window.print = () => complain("print() is not available inside an app.");

// a page is asked to reload where its code changes under it: in drafts. A published app keeps what the person is doing.
if (canListen && facts.kind === "draft") {
	listen((event) => {
		if (event.type === "end") end("revoked");
		if (event.type !== "reload") return;
		channel.send({ type: "reloading" });
		window.location.reload();
	});
}

if (!channel.isFramed) showBadge(facts.studioOrigin);

window.addEventListener("load", () => {
	channel.send({ type: "ready" });
	setTimeout(() => {
		if (!isEnded && isBlank()) channel.send({ type: "blank" });
	}, blankAfterMs);
});

/** Nothing to read and nothing to see: what a crash on start looks like. */
function isBlank(): boolean {
	// what is rendered counts, not what a hidden element or a script holds
	// biome-ignore lint/performance/useDomNodeTextContent: textContent knows nothing of what is hidden
	if (document.body?.innerText.trim() !== "") return false;
	return [...document.body.querySelectorAll("img, svg, canvas, video, input, textarea, select, button, iframe")].every(
		(element) => {
			const box = element.getBoundingClientRect();
			return box.width === 0 || box.height === 0;
		},
	);
}
