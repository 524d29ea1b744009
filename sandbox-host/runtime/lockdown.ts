// What a page of an app must not have, taken away before a byte of the app runs: WebRTC, cookies and frames. WebRTC is the one
// way out that no header closes in every browser (Connection-Allowlist does in Chromium only), and a frame would bring a fresh
// window with all of it again: frame-src does not stop about:blank and srcdoc.
//
// This is script against script, so it is a second layer and not a wall (docs/decisions/022).

const constructors = [
	"RTCPeerConnection",
	"webkitRTCPeerConnection",
	"mozRTCPeerConnection",
	"RTCDataChannel",
	"RTCIceTransport",
	"RTCDtlsTransport",
	"RTCSctpTransport",
	"RTCRtpSender",
	"RTCRtpReceiver",
	"RTCRtpTransceiver",
	"RTCIceGatherer",
	"WebTransport",
];

export function removeWebRtc(): void {
	for (const name of constructors) {
		Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
	}
}

/**
 * Apps have no cookies. One set for the parent domain would reach every app of the region, and enough of them would shut this
 * browser out of all of them (a request's headers have a limit). Reading gives nothing; `complain` hears of the first write.
 */
export function removeCookies(complain: (message: string) => void): void {
	let isSaid = false;
	Object.defineProperty(Document.prototype, "cookie", {
		configurable: false,
		get: () => "",
		set() {
			if (!isSaid) complain('Cookies are not available inside an app. Use: import { storage } from "freehold".');
			isSaid = true;
		},
	});
	for (const name of ["cookieStore", "CookieStore", "CookieStoreManager"]) {
		Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false });
	}
}

const selector = "iframe, frame, frameset, fencedframe, portal";
/** Every start or end tag of a frame begins with these letters, whatever surrounds it: a tag's name cannot be escaped. */
const frameTag = /<(\/?)(iframe|frameset|frame|fencedframe|portal)/gi;
/** Declarative shadow roots bring trees that no observer is told about. */
const shadowAttribute = /shadowroot/gi;

/** HTML without frames and declarative shadow roots. Anything else stays as it is, so most texts come back unchanged. */
const withoutFrames = (html: string): string =>
	html.replace(frameTag, "<$1removed-$2").replace(shadowAttribute, "removed-shadow");

/**
 * Frames never get into a tree: not out of HTML that is parsed, and not by a method that inserts nodes, connected or not. So a
 * custom element that reacts to an insertion never finds one beside it. `complain` is told once that frames do not work.
 */
export function refuseFrames(complain: (message: string) => void): void {
	let isSaid = false;
	function say(): void {
		if (!isSaid) complain("Frames (<iframe>) are not available inside an app; it was removed.");
		isSaid = true;
	}
	function clean(html: unknown): string {
		const text = String(html);
		const cleaned = withoutFrames(text);
		if (cleaned !== text) say();
		return cleaned;
	}
	/** Takes the frames out of a node that is about to be inserted. A frame itself is replaced by nothing. */
	function strip(value: unknown): unknown {
		if (!(value instanceof Node)) return value;
		if (value instanceof Element && value.matches(selector)) {
			say();
			return document.createTextNode("");
		}
		if (value instanceof Element || value instanceof DocumentFragment) {
			for (const frame of value.querySelectorAll(selector)) {
				frame.remove();
				say();
			}
		}
		return value;
	}

	for (const name of ["contentWindow", "contentDocument"]) {
		Object.defineProperty(HTMLIFrameElement.prototype, name, { get: () => null, configurable: false });
	}
	Object.defineProperty(HTMLIFrameElement.prototype, "getSVGDocument", { value: () => null, configurable: false });

	const everywhere = ["append", "prepend", "replaceChildren", "moveBefore"];
	const beside = ["before", "after", "replaceWith"];
	const nodeMethods: [object, readonly string[]][] = [
		[Node.prototype, ["appendChild", "insertBefore", "replaceChild"]],
		[Element.prototype, [...everywhere, ...beside, "insertAdjacentElement"]],
		[Document.prototype, everywhere],
		[DocumentFragment.prototype, everywhere],
		[CharacterData.prototype, beside],
		[Range.prototype, ["insertNode", "surroundContents"]],
		[HTMLSelectElement.prototype, ["add"]],
		[HTMLOptionsCollection.prototype, ["add"]],
	];
	for (const [prototype, names] of nodeMethods) {
		for (const name of names) wrapCall(prototype, name, (values) => values.map(strip));
	}
	wrapSet(Document.prototype, "body", strip);
	for (const name of ["caption", "tHead", "tFoot"]) wrapSet(HTMLTableElement.prototype, name, strip);

	const last = (values: unknown[]) => [...values.slice(0, -1), clean(values.at(-1))];
	const first = (values: unknown[]) => [clean(values[0]), ...values.slice(1)];
	wrapCall(Element.prototype, "insertAdjacentHTML", last);
	wrapCall(Range.prototype, "createContextualFragment", first);
	wrapCall(DOMParser.prototype, "parseFromString", first);
	wrapCall(Document.prototype, "execCommand", last);
	for (const prototype of [Element.prototype, ShadowRoot.prototype]) {
		for (const name of ["innerHTML", "outerHTML"]) wrapSet(prototype, name, clean);
		for (const name of ["setHTMLUnsafe", "setHTML"]) wrapCall(prototype, name, first);
	}
	for (const name of ["parseHTMLUnsafe", "parseHTML"]) wrapCall(Document, name, first);

	// A text that is written in pieces could put a tag together, and document.open would take the bridge away: what an app
	// writes is added to the end of the page, as one piece.
	function write(this: Document, ...texts: unknown[]): void {
		const target = this.body ?? this.documentElement;
		target?.insertAdjacentHTML("beforeend", texts.map(String).join(""));
	}
	for (const name of ["write", "writeln"]) {
		Object.defineProperty(Document.prototype, name, { value: write, writable: false, configurable: false });
	}
	Object.defineProperty(Document.prototype, "open", {
		configurable: false,
		value(this: Document) {
			complain("document.open() is not available inside an app.");
			return this;
		},
	});
	// a document that was loaded rather than parsed from a text of the app
	Object.defineProperty(XMLHttpRequest.prototype, "responseXML", { get: () => null, configurable: false });
	wrapSet(XMLHttpRequest.prototype, "responseType", (type) => (type === "document" ? "text" : type));
	if ("XSLTProcessor" in window) {
		Object.defineProperty(window, "XSLTProcessor", { value: undefined, writable: false, configurable: false });
	}

	// what the parser of the page itself inserts
	const observer = new MutationObserver((changes) => {
		for (const change of changes) {
			for (const node of change.addedNodes) {
				if (!(node instanceof Element)) continue;
				if (node.matches(selector)) {
					node.remove();
					say();
				} else strip(node);
				if (node.shadowRoot) observer.observe(node.shadowRoot, tree);
			}
		}
	});
	const tree = { childList: true, subtree: true };
	observer.observe(document, tree);
	const { attachShadow } = Element.prototype;
	Element.prototype.attachShadow = function (this: Element, init: ShadowRootInit) {
		const root = attachShadow.call(this, init);
		observer.observe(root, tree);
		return root;
	};
}

/** Changes what a method is called with. A method that this browser does not have stays missing. */
function wrapCall(owner: object, name: string, change: (values: unknown[]) => unknown[]): void {
	const original = Object.getOwnPropertyDescriptor(owner, name);
	const method: unknown = original?.value;
	if (!original || typeof method !== "function") return;
	Object.defineProperty(owner, name, {
		...original,
		value(this: unknown, ...values: unknown[]): unknown {
			return Reflect.apply(method, this, values.length > 0 ? change(values) : values);
		},
	});
}

/** Changes what a property is set to. */
function wrapSet(prototype: object, name: string, change: (value: unknown) => unknown): void {
	const original = Object.getOwnPropertyDescriptor(prototype, name);
	const set = original?.set;
	if (!original || !set) return;
	Object.defineProperty(prototype, name, {
		...original,
		set(this: unknown, value: unknown) {
			Reflect.apply(set, this, [change(value)]);
		},
	});
}
