// WebRTC is the one way out that no header closes in every browser (Connection-Allowlist does in Chromium only). Its
// constructors are taken away before the app runs, here and in frames that the app's own code makes.

const names = [
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

function removeFrom(target: Window): void {
	for (const name of names) {
		try {
			Object.defineProperty(target, name, { value: undefined, writable: false, configurable: false });
		} catch {
			// already gone
		}
	}
}

export function removeWebRtc(): void {
	removeFrom(window);
	// an empty frame brings fresh constructors (frame-src does not stop about:blank)
	for (const name of ["contentWindow", "contentDocument"] as const) {
		const original = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, name)?.get;
		if (!original) continue;
		Object.defineProperty(HTMLIFrameElement.prototype, name, {
			configurable: false,
			enumerable: true,
			get(this: HTMLIFrameElement) {
				const found = original.call(this) as Window | Document | null;
				const inner = found && "defaultView" in found ? found.defaultView : (found as Window | null);
				if (inner) removeFrom(inner);
				return found;
			},
		});
	}
	// and frames reached by index (window[0], frames.name) are emptied as soon as they are there
	new MutationObserver((changes) => {
		if (!changes.some((change) => change.addedNodes.length > 0)) return;
		for (let at = 0; at < window.length; at++) {
			const inner = window[at];
			if (inner) removeFrom(inner);
		}
	}).observe(document, { childList: true, subtree: true });
}
