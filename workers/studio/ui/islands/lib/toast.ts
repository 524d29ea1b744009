// Short confirmations in a corner, announced politely; failures assertively.
export function toast(text: string, tone: "good" | "bad" = "good"): void {
	// a moment later, when the dialog that led here may have closed
	setTimeout(() => show(text, tone), 30);
}

function show(text: string, tone: "good" | "bad"): void {
	const id = tone === "bad" ? "toasts-bad" : "toasts";
	let place = document.getElementById(id);
	if (!place) {
		place = document.createElement("div");
		place.id = id;
		place.className = "toasts";
		place.setAttribute("role", tone === "bad" ? "alert" : "status");
	}
	// outside an open dialog everything is inert and unseen
	const dialog = document.querySelector("dialog[open]");
	(dialog ?? document.body).append(place);
	const item = document.createElement("div");
	item.className = tone;
	item.textContent = text;
	place.append(item);
	setTimeout(() => item.remove(), tone === "bad" ? 9000 : 4500);
}
