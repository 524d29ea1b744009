// WebRTC is the one way out that no header closes in every browser (Connection-Allowlist does in Chromium only). Its
// constructors are taken away before the app runs. A frame would bring fresh ones (frame-src does not stop about:blank and
// srcdoc), so an app has no frames: they are removed as they are inserted, before a script of theirs runs.

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

const selector = "iframe, frame, fencedframe, portal";

/** `complain` is told once that frames do not work in an app. */
export function refuseFrames(complain: (message: string) => void): void {
	let isSaid = false;
	function remove(frame: Element): void {
		frame.remove();
		if (!isSaid) complain("Frames (<iframe>) are not available inside an app; it was removed.");
		isSaid = true;
	}
	/** Runs after every insertion, so it must cost nothing while there is no frame. */
	function sweep(): void {
		if (window.length > 0) for (const frame of document.querySelectorAll(selector)) remove(frame);
	}

	for (const name of ["contentWindow", "contentDocument"]) {
		Object.defineProperty(HTMLIFrameElement.prototype, name, { get: () => null, configurable: false });
	}
	Object.defineProperty(HTMLIFrameElement.prototype, "getSVGDocument", { value: () => null, configurable: false });

	const parents = [Element.prototype, Document.prototype, DocumentFragment.prototype];
	const insertions: [object, readonly string[]][] = [
		[Node.prototype, ["appendChild", "insertBefore", "replaceChild"]],
		...parents.map((prototype): [object, readonly string[]] => [
			prototype,
			["append", "prepend", "replaceChildren", "moveBefore"],
		]),
		[
			Element.prototype,
			["before", "after", "replaceWith", "insertAdjacentElement", "insertAdjacentHTML", "setHTMLUnsafe", "setHTML"],
		],
		[CharacterData.prototype, ["before", "after", "replaceWith"]],
		[Document.prototype, ["write", "writeln", "execCommand"]],
		[Range.prototype, ["insertNode", "surroundContents"]],
	];
	for (const [prototype, names] of insertions) for (const name of names) runAfterCall(prototype, name, sweep);
	for (const prototype of [Element.prototype, ShadowRoot.prototype]) {
		for (const name of ["innerHTML", "outerHTML"]) runAfterSet(prototype, name, sweep);
	}

	// what the parser inserts, and what lies in shadow trees, which window.length does not count
	const observer = new MutationObserver((changes) => {
		for (const change of changes) {
			for (const node of change.addedNodes) {
				if (!(node instanceof Element)) continue;
				if (node.matches(selector)) remove(node);
				else for (const frame of node.querySelectorAll(selector)) remove(frame);
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

function runAfterCall(prototype: object, name: string, after: () => void): void {
	const original = Object.getOwnPropertyDescriptor(prototype, name);
	const method: unknown = original?.value;
	if (!original || typeof method !== "function") return;
	Object.defineProperty(prototype, name, {
		...original,
		value(this: unknown, ...values: unknown[]): unknown {
			const result: unknown = Reflect.apply(method, this, values);
			after();
			return result;
		},
	});
}

function runAfterSet(prototype: object, name: string, after: () => void): void {
	const original = Object.getOwnPropertyDescriptor(prototype, name);
	const set = original?.set;
	if (!original || !set) return;
	Object.defineProperty(prototype, name, {
		...original,
		set(this: unknown, value: unknown) {
			Reflect.apply(set, this, [value]);
			after();
		},
	});
}
