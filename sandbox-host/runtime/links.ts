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
		leave(address);
		return true;
	}

	window.addEventListener("click", (event) => {
		if (event.defaultPrevented) return;
		const link = event
			.composedPath()
			.find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
		if (link && follow(link)) event.preventDefault();
	});
	// a link that is not in the document tells nobody that it was clicked: the usual way to start a download
	const click = HTMLElement.prototype.click;
	HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
		if (this.isConnected || !follow(this)) click.call(this);
	};
	window.open = (address?: string | URL) => {
		if (address !== undefined) leave(new URL(String(address), document.baseURI).href);
		return null;
	};
}
