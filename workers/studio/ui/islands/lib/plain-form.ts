// Server-rendered forms: errors beside their fields, one message for the whole, a button that shows it is working.
import type { ApiFailure } from "./api.ts";

/** Marks the fields a failure names and shows its sentence; null clears everything. What was typed stays. */
export function showFailure(form: HTMLFormElement, failure: ApiFailure | null): void {
	for (const slot of form.querySelectorAll<HTMLElement>("[data-error-for]")) {
		const name = slot.dataset["errorFor"] ?? "";
		const text = failure?.fields[name];
		slot.textContent = text ?? "";
		slot.hidden = !text;
		const field = form.elements.namedItem(name);
		if (field instanceof HTMLElement) field.setAttribute("aria-invalid", text ? "true" : "false");
	}
	showNote(form, failure?.message ?? null, "bad");
	const firstBad = form.querySelector<HTMLElement>("[aria-invalid=true]");
	firstBad?.focus();
}

export function showNote(form: HTMLFormElement, text: string | null, tone: "good" | "bad"): void {
	const note = form.querySelector<HTMLElement>(".form-error");
	if (!note) return;
	note.textContent = text ?? "";
	note.hidden = !text;
	note.className = `notice ${tone} form-error`;
}

/** Disables a button and shows a spinner on it while something runs. */
export async function whileBusy(button: HTMLButtonElement, run: () => Promise<unknown>): Promise<void> {
	button.disabled = true;
	button.classList.add("is-busy");
	try {
		await run();
	} finally {
		button.disabled = false;
		button.classList.remove("is-busy");
	}
}
