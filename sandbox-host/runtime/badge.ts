// What a visitor of a public app sees beside it, at top level where no page of the studio is around it: that a person made it
// with Freehold, and a link to report it. In a closed shadow root, so that the app's styles and code are not tempted to touch it.

const style = `
:host { all: initial }
aside { position: fixed; inset: auto auto max(.75rem, env(safe-area-inset-bottom)) .75rem; z-index: 2147483646; display: flex; gap: .5rem; align-items: center;
	max-width: calc(100vw - 1.5rem); box-sizing: border-box; font: 12px/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas;
	border: 1px solid color-mix(in srgb, CanvasText 25%, transparent); border-radius: 999px; padding: .25rem .35rem .25rem .75rem; box-shadow: 0 2px 12px rgb(0 0 0 / .18) }
a { color: inherit; padding: .25rem 0 }
button { font: inherit; color: inherit; background: none; border: 0; border-radius: 999px; min-width: 24px; min-height: 24px; cursor: pointer }
:focus-visible { outline: 2px solid Highlight; outline-offset: 1px }
@media print { aside { display: none } }
`;

/** Shows the badge once the page has a body. It stays away after the person has closed it. */
export function showBadge(studioOrigin: string): void {
	const host = document.createElement("freehold-badge");
	const root = host.attachShadow({ mode: "closed" });
	const sheet = document.createElement("style");
	sheet.textContent = style;
	const note = document.createElement("aside");
	note.setAttribute("aria-label", "About this app");
	const words = document.createElement("span");
	words.textContent = "Made with Freehold";
	words.title = "Made by a person and not checked by Freehold. Don't type passwords into it.";
	const report = document.createElement("a");
	report.href = `${studioOrigin}/report/${window.location.hostname.split(".")[0] ?? ""}`;
	report.textContent = "Report";
	report.rel = "noreferrer";
	const close = document.createElement("button");
	close.type = "button";
	close.textContent = "×";
	close.setAttribute("aria-label", "Hide this note");
	close.addEventListener("click", () => host.remove());
	note.append(words, report, close);
	root.append(sheet, note);
	const show = () => document.documentElement.append(host);
	if (document.body) show();
	else document.addEventListener("DOMContentLoaded", show, { once: true });
}
