// Dialogs inside the page. The browser's own are off in a sandboxed frame, where confirm() answers "no" in silence.
import { isComposing } from "#lib/composing.ts";
import type { Dialogs } from "./bridge-api.ts";

const style = `
:host { all: initial }
dialog { font: 16px/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas; border: 1px solid color-mix(in srgb, CanvasText 20%, transparent);
	border-radius: 14px; padding: 1.25rem; width: min(26rem, calc(100vw - 2rem)); box-sizing: border-box; box-shadow: 0 20px 60px rgb(0 0 0 / .3) }
dialog::backdrop { background: rgb(0 0 0 / .45) }
p { margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 50vh; overflow: auto }
input, textarea { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem .65rem; margin: 0 0 1rem; border: 1px solid GrayText; border-radius: 8px; background: Field; color: FieldText }
textarea { height: 12rem; font-family: ui-monospace, monospace; font-size: .85rem }
div { display: flex; gap: .5rem; justify-content: flex-end; flex-wrap: wrap }
button { font: inherit; padding: .5rem 1rem; min-height: 2.5rem; border-radius: 8px; border: 1px solid GrayText; background: ButtonFace; color: ButtonText; cursor: pointer }
button.main { background: CanvasText; color: Canvas; border-color: CanvasText }
:focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
output { position: fixed; inset: auto 1rem 1rem; margin: auto; width: fit-content; max-width: min(34rem, calc(100vw - 2rem)); z-index: 2147483647; box-sizing: border-box;
	font: 14px/1.45 system-ui, sans-serif; color: Canvas; background: CanvasText; padding: .6rem .9rem; border-radius: 10px; display: flex; gap: .75rem; align-items: center }
output button { min-height: 0; padding: .2rem .6rem; color: inherit; background: transparent; border-color: currentColor }
`;

interface Ask<T> {
	message: string;
	field?: HTMLInputElement | HTMLTextAreaElement;
	buttons: readonly { text: string; answer: () => T; isMain?: boolean }[];
	/** When the person presses Escape. */
	cancelled: T;
}

/** A shadow root of our own: the app's styles do not reach in, and closed, so that its code is not tempted to. */
function makeRoot(): ShadowRoot {
	const host = document.createElement("freehold-bridge");
	const root = host.attachShadow({ mode: "closed" });
	const sheet = document.createElement("style");
	sheet.textContent = `${style} :host { color-scheme: ${colorScheme()} }`;
	root.append(sheet);
	document.documentElement.append(host);
	return root;
}

/** The app's own choice of light or dark, where it makes one. */
const colorScheme = (): string => {
	const chosen = getComputedStyle(document.documentElement).colorScheme;
	return chosen === "normal" || chosen === "" ? "light dark" : chosen;
};

// one dialog at a time, in the order they were asked for; an app in a loop must not bury the page
const maxWaiting = 5;
let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

function ask<T>(request: Ask<T>): Promise<T> {
	if (waiting >= maxWaiting) return Promise.resolve(request.cancelled);
	waiting += 1;
	const turn = last
		.then(() => show(request))
		.finally(() => {
			waiting -= 1;
		});
	last = turn.catch(() => undefined);
	return turn;
}

function show<T>({ message, field, buttons, cancelled }: Ask<T>): Promise<T> {
	return new Promise((resolve) => {
		const root = makeRoot();
		const dialog = document.createElement("dialog");
		const text = document.createElement("p");
		text.id = "message";
		text.textContent = message.slice(0, 4000);
		dialog.setAttribute("aria-labelledby", "message");
		const row = document.createElement("div");
		const finish = (answer: T) => {
			dialog.close();
			root.host.remove();
			resolve(answer);
		};
		for (const { text: label, answer, isMain } of buttons) {
			const button = document.createElement("button");
			button.type = "button";
			button.textContent = label;
			if (isMain) button.className = "main";
			button.addEventListener("click", () => finish(answer()));
			row.append(button);
		}
		field?.setAttribute("aria-labelledby", "message");
		field?.addEventListener("keydown", (event) => {
			if (!(event instanceof KeyboardEvent) || isComposing(event)) return;
			if (event.key === "Enter" && field instanceof HTMLInputElement) {
				event.preventDefault();
				(row.lastElementChild as HTMLButtonElement | null)?.click();
			}
		});
		dialog.addEventListener("cancel", (event) => {
			event.preventDefault();
			finish(cancelled);
		});
		// keys pressed here are not shortcuts of the app
		dialog.addEventListener("keydown", (event) => event.stopPropagation());
		dialog.append(text, ...(field ? [field] : []), row);
		root.append(dialog);
		dialog.showModal();
		(field ?? (row.lastElementChild as HTMLElement | null))?.focus();
	});
}

export const dialogs: Dialogs = {
	alert: (message) =>
		ask<void>({
			message: String(message),
			buttons: [{ text: "OK", answer: () => undefined, isMain: true }],
			cancelled: undefined,
		}),
	confirm: (message) =>
		ask({
			message: String(message),
			buttons: [
				{ text: "Cancel", answer: () => false },
				{ text: "OK", answer: () => true, isMain: true },
			],
			cancelled: false,
		}),
	prompt(message, initial = "") {
		const field = document.createElement("input");
		field.value = String(initial);
		field.maxLength = 10_000;
		return ask<string | null>({
			message: String(message),
			field,
			buttons: [
				{ text: "Cancel", answer: () => null },
				{ text: "OK", answer: () => field.value, isMain: true },
			],
			cancelled: null,
		});
	},
};

/** Text that the person can take along where the page may not make a file or open an address. */
export function showToCopy(message: string, content: string): Promise<void> {
	const field = document.createElement("textarea");
	field.value = content;
	field.readOnly = true;
	return ask<void>({
		message,
		field,
		buttons: [
			{
				text: "Copy and close",
				answer: () => {
					field.select();
					document.execCommand("copy");
				},
			},
			{ text: "Close", answer: () => undefined, isMain: true },
		],
		cancelled: undefined,
	});
}

const notified = new Set<string>();

/** One line at the lower edge, once per text, until it is closed. */
export function notify(text: string): void {
	if (notified.has(text) || notified.size > 3) return;
	notified.add(text);
	const root = makeRoot();
	const line = document.createElement("output");
	const words = document.createElement("span");
	words.textContent = text;
	const close = document.createElement("button");
	close.type = "button";
	close.textContent = "OK";
	close.addEventListener("click", () => root.host.remove());
	line.append(words, close);
	root.append(line);
}
