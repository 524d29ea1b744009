// A framed app can call window.focus() and read what the person goes on typing. Whoever did not enter the frame on purpose
// keeps the keyboard: an uninvited blur is reported, and the page removes the frame.

interface FocusGuardOptions {
	frame: HTMLIFrameElement;
	/** The app took the focus. `from`: the text field of the studio that had it; null when nobody was typing. */
	onTaken(from: HTMLElement | null): void;
}

const focusable =
	"a[href], button:not(:disabled), input:not(:disabled), textarea, select, iframe, summary, [tabindex='0']";
const inviteMs = 700;
/** How long a browser counts a press as recent (transient activation, 5 s in Chromium), with some slack. */
const activationMs = 5500;
/** Nobody presses a key here and a button of the mouse over there this quickly. */
const handMs = 600;

const textFieldOf = (element: Element | null): HTMLElement | null =>
	element instanceof HTMLElement &&
	(element.matches("textarea, input, select") || element.isContentEditable || element.shadowRoot !== null)
		? element
		: null;

/** Watches one frame. Returns what ends the watching, and what tells that the person asked to enter the frame. */
export function guardFocus({ frame, onTaken }: FocusGuardOptions): { invite(): void; end(): void } {
	const ending = new AbortController();
	const { signal } = ending;
	let isPointerOver = false;
	let enteredAt = 0;
	let invitedUntil = 0;
	let lastPress = 0;
	let lastKey = 0;
	let lastFocused: Element | null = document.activeElement;
	const invite = () => {
		invitedUntil = performance.now() + inviteMs;
	};
	const on = <E extends keyof DocumentEventMap>(name: E, run: (event: DocumentEventMap[E]) => void) =>
		document.addEventListener(name, run, { signal, capture: true });

	const setOver = (isOver: boolean) => {
		if (isOver && !isPointerOver) enteredAt = performance.now();
		isPointerOver = isOver;
	};
	frame.addEventListener("mouseenter", () => setOver(true), { signal });
	frame.addEventListener("mouseleave", () => setOver(false), { signal });
	// a fast pointer can leave without an event: any movement seen here is not over the frame
	on("mousemove", (event) => setOver(event.target === frame));
	on("focusin", (event) => {
		lastFocused = event.target as Element;
	});
	on("pointerdown", () => {
		lastPress = performance.now();
	});
	on("keydown", (event) => {
		lastPress = performance.now();
		lastKey = lastPress;
		if (event.key !== "Tab") return;
		const stops = [...document.querySelectorAll(focusable)].filter((stop) => stop === frame || stop.checkVisibility());
		const at = stops.indexOf(document.activeElement ?? document.body);
		// Tab leads into the frame only from the stop beside it; a Tab elsewhere invites nobody
		if (stops[at + (event.shiftKey ? -1 : 1)] === frame) invite();
	});
	window.addEventListener("focus", () => (lastFocused = document.activeElement), { signal });
	window.addEventListener(
		"blur",
		() => {
			// activeElement is the frame only after the browser has moved the focus
			queueMicrotask(check);
			setTimeout(check, 0);
		},
		{ signal },
	);

	function check(): void {
		if (signal.aborted || document.activeElement !== frame || lastFocused === frame) return;
		const from = textFieldOf(lastFocused);
		lastFocused = frame;
		if (!isInvited(from !== null)) onTaken(from);
	}

	function isInvited(isTyping: boolean): boolean {
		const now = performance.now();
		if (now < invitedUntil) return true;
		if (isTyping && now - lastKey < handMs) return false;
		// A pointer that rests over the frame while somebody types invites nobody: the app could wait for a pause and take the
		// focus. One that came there after the last key is on its way to a click.
		if (isPointerOver && (!isTyping || enteredAt > lastKey)) return true;
		// a press inside the frame activates this window too (HTML, "activation notification"); a call of focus() does not
		const isActive = navigator.userActivation?.isActive ?? true;
		return isActive && (!isTyping || now - lastPress > activationMs);
	}

	return { invite, end: () => ending.abort() };
}
