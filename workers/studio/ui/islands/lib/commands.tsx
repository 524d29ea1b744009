// What every page answers to: Ctrl or ⌘ K (search and jump), N, ? and the buttons marked with data-command.
import { render } from "hono/jsx/dom";
import { factsOf, sectionNames } from "../../sections.ts";

const isTyping = (target: EventTarget | null): boolean =>
	target instanceof HTMLElement &&
	(target.isContentEditable || target.matches("input, textarea, select") || !!target.shadowRoot);

let place: HTMLElement | null = null;

/** Opens the palette or the list of shortcuts; their code is loaded on first use. */
async function open(kind: "palette" | "shortcuts"): Promise<void> {
	if (place?.hasChildNodes()) return;
	const { Palette, Shortcuts } = await import("./palette.tsx");
	place ??= document.body.appendChild(document.createElement("div"));
	const root = place;
	const close = () => render(null, root);
	const show = (which: "palette" | "shortcuts") => {
		close();
		render(
			which === "palette" ? (
				<Palette onClose={close} onShortcuts={() => show("shortcuts")} />
			) : (
				<Shortcuts onClose={close} />
			),
			root,
		);
	};
	document.getElementById("side")?.matches(":popover-open") && document.getElementById("side")?.hidePopover();
	show(kind);
}

let isStarted = false;

/** Listens once per page. Without a session (anonymous pages) there is nothing to jump to. */
export function startCommands(): void {
	if (isStarted || !document.getElementById("side")) return;
	isStarted = true;
	document.addEventListener("keydown", (event) => {
		if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
			event.preventDefault();
			void open("palette");
			return;
		}
		if (
			event.metaKey ||
			event.ctrlKey ||
			event.altKey ||
			isTyping(event.target) ||
			document.querySelector("dialog[open]")
		)
			return;
		if (event.key === "?") void open("shortcuts");
		const section = sectionNames.map(factsOf).find(({ key }) => key?.toLowerCase() === event.key);
		if (section) location.assign(section.path);
	});
	document.addEventListener("click", (event) => {
		const button = event.target instanceof Element ? event.target.closest("[data-command=palette]") : null;
		if (button) void open("palette");
	});
	if (!/Mac|iP(hone|ad)/.test(navigator.platform)) {
		for (const hint of document.querySelectorAll("[data-command=palette] .kbd")) hint.textContent = "Ctrl K";
	}
}
