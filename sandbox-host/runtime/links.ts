// Links that leave the app. The page cannot follow them; the studio shows the address and opens it when the person agrees. At
// top level nobody is around the page, so the address is shown to copy.
import { showToCopy } from "./dialogs.ts";
import { type Download, readDataUrl } from "./downloads.ts";
import type { StudioChannel } from "./studio-channel.ts";

export function handleLinks(
	channel: StudioChannel,
	download: Download,
	findBlob: (address: string) => Blob | null,
): void {
	function leave(address: string): void {
		if (!/^(https?|mailto|tel):/i.test(address)) return;
		if (channel.isFramed) channel.send({ type: "link", url: address.slice(0, 2000) });
		else void showToCopy("This link leaves the app. Copy its address to open it:", address.slice(0, 2000));
	}

	async function save(address: string, name: string): Promise<void> {
		const answer = await fetch(address);
		if (!answer.ok)
			throw new Error(`${new URL(address).pathname} could not be downloaded: there is no such file in the app.`);
		const blob = await answer.blob();
		await download(name || (address.split("/").pop() ?? ""), blob, blob.type);
	}

	/** True when the link was dealt with here. */
	function follow(link: HTMLAnchorElement | HTMLAreaElement): boolean {
		const address = link.href;
		if (address === "" || address.startsWith("javascript:")) return false;
		if (/^(blob|data):/i.test(address)) {
			const blob = findBlob(address) ?? readDataUrl(address);
			if (blob) void download(link.download || "download", blob, blob.type);
			return true;
		}
		const isOwn = new URL(address, document.baseURI).origin === window.location.origin;
		// the sandbox allows no downloads, and a PDF is not shown as a page: the studio makes the file
		if (isOwn && (link.hasAttribute("download") || /\.pdf$/i.test(link.pathname))) {
			void save(address, link.download).catch(reportError);
			return true;
		}
		if (isOwn && link.target !== "" && link.target !== "_self") {
			window.location.assign(address);
			return true;
		}
		if (isOwn) return false;
		// the press itself was dealt with where it began
		return true;
	}

	const linkOf = (event: Event) =>
		event.composedPath().find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);

	window.addEventListener("click", (event) => {
		if (event.defaultPrevented) return;
		const link = linkOf(event);
		if (link && follow(link)) event.preventDefault();
	});
	// A press with Alt saves what a link leads to, one with Ctrl or the middle button opens it, and the request reaches the
	// other host. The listener above comes last and can be silenced by the app; this one comes first, and decides for each
	// link that leaves. The app may still deal with the press itself, by preventDefault(), and then nobody is asked.
	for (const name of ["click", "auxclick"] as const) {
		window.addEventListener(
			name,
			(event) => {
				const address = foreignAddress(event);
				if (address === null) return;
				event.preventDefault();
				let isHandled = false;
				Object.defineProperty(event, "preventDefault", { value: () => (isHandled = true) });
				setTimeout(() => {
					if (!isHandled) leave(address);
				}, 0);
			},
			{ capture: true },
		);
	}

	/** Where a pressed link leads, when that is outside the app. Links in drawings (SVG) count too. */
	function foreignAddress(event: Event): string | null {
		for (const node of event.composedPath()) {
			const address =
				node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement
					? node.href
					: node instanceof SVGAElement
						? node.href.baseVal
						: "";
			if (address === "" || /^(javascript|blob|data):/i.test(address)) continue;
			const url = URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI) : null;
			if (url && url.origin !== window.location.origin) return url.href;
		}
		return null;
	}
	// a link that is not in the document tells nobody that it was clicked: the usual way to start a download
	const click = HTMLElement.prototype.click;
	HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
		if (this.isConnected) return click.call(this);
		const isForeign = URL.canParse(this.href) && new URL(this.href).origin !== window.location.origin;
		if (isForeign && /^(https?|mailto|tel):/i.test(this.href)) leave(this.href);
		else if (!follow(this)) click.call(this);
	};
	window.open = (address?: string | URL) => {
		if (address !== undefined) leave(new URL(String(address), document.baseURI).href);
		return null;
	};
}
