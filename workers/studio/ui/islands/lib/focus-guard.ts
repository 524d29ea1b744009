// A framed app can call window.focus() and read what the person goes on typing. Whoever did not enter the frame on purpose
// keeps the keyboard: an uninvited blur is reported, and the page removes the frame.

interface FocusGuardOptions {
	frame: HTMLIFrameElement;
	/** The app took the focus. `wasTyping`: a text field of the studio had it. */
	onTaken(wasTyping: boolean): void;
}

const focusable =
	"a[href], button:not(:disabled), input:not(:disabled), textarea, select, iframe, summary, [tabindex='0']";
const inviteMs = 700;

const isEditable = (element: Element | null): boolean =>
	element instanceof HTMLElement &&
	(element.matches("textarea, input, select") || element.isContentEditable || element.shadowRoot !== null);

/** Watches one frame. Returns what ends the watching, and what tells that the person asked to enter the frame. */
export function guardFocus({ frame, onTaken }: FocusGuardOptions): { invite(): void; end(): void } {
	const ending = new AbortController();
	const { signal } = ending;
	let isPointerOver = false;
	let invitedUntil = 0;
	let lastFocused: Element | null = document.activeElement;
	const invite = () => {
		invitedUntil = performance.now() + inviteMs;
	};

	frame.addEventListener("mouseenter", () => (isPointerOver = true), { signal });
	frame.addEventListener("mouseleave", () => (isPointerOver = false), { signal });
	// a fast pointer can leave without an event: any movement seen here is not over the frame
	document.addEventListener("mousemove", (event) => (isPointerOver = event.target === frame), { signal });
	document.addEventListener("focusin", (event) => (lastFocused = event.target as Element), { signal });

	document.addEventListener(
		"keydown",
		(event) => {
			if (event.key !== "Tab") return;
			const stops = [...document.querySelectorAll(focusable)].filter(
				(stop) => stop === frame || stop.checkVisibility(),
			);
			const at = stops.indexOf(document.activeElement ?? document.body);
			// Tab leads into the frame only from the stop beside it; a Tab elsewhere invites nobody
			if (stops[at + (event.shiftKey ? -1 : 1)] === frame) invite();
		},
		{ signal, capture: true },
	);

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
		if (signal.aborted || document.activeElement !== frame) return;
		const wasTyping = isEditable(lastFocused);
		const isTouch = matchMedia("(hover: none)").matches;
		// without a hovering pointer a tap cannot be seen from outside: there, only a focus taken from a text field counts
		const isInvited = isPointerOver || performance.now() < invitedUntil || (isTouch && !wasTyping);
		lastFocused = frame;
		if (!isInvited) onTaken(wasTyping);
	}

	return { invite, end: () => ending.abort() };
}
