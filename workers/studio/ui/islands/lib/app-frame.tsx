// An app in a frame of a studio page: opens private apps by PKCE, listens to its bridge, guards the keyboard, and asks before
// a link leaves or a file is saved.
import type { Child } from "hono/jsx";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { PausedArt } from "#lib/ui/illustrations.tsx";
import type { AppMessage } from "#schema/bridge.ts";
import { shell, view } from "../../copy.ts";
import { builder as words } from "../../words/builder.ts";
import type { ApiResult } from "./api.ts";
import { makeMessageFilter, outsideAddress, safeFileName } from "./app-messages.ts";
import { guardFocus } from "./focus-guard.ts";
import { Dialog } from "./parts.tsx";

interface AppFrameProps {
	/** The app's origin, which is also the only one that the page's policy lets a frame show. */
	origin: string;
	title: string;
	/** Asks the studio for a code bound to the frame's challenge. Null: this app opens without one. */
	openCode: ((challenge: string) => Promise<ApiResult<{ code: string }>>) | null;
	onMessage?: (message: AppMessage) => void;
	/** Reports that were dropped for their rate. */
	onDropped?: (count: number) => void;
	className?: string;
}

type Status = "loading" | "slow" | "shown" | "paused" | { failed: string };
type Download = Extract<AppMessage, { type: "download" }>;

const droppedEveryMs = 500;
/** Dropped messages in one such time that are a flood, and how many floods in a row stop the app. */
const floodCount = 300;
const floodsUntilStopped = 3;
const slowAfterMs = 12_000;
/** A loaded document that has not said “ready” is shown as it is after this time. */
const shownAfterLoadMs = 2500;
/** The first focus an app takes while nobody types is given back; the next ones pause it. */
const quietTakes = 1;

export const AppFrame = ({ origin, title, openCode, onMessage, onDropped, className = "" }: AppFrameProps) => {
	const frame = useRef<HTMLIFrameElement>(null);
	const guard = useRef<{ invite(): void; end(): void }>(null);
	const [status, setStatus] = useState<Status>("loading");
	const [leave, setLeave] = useState<string | null>(null);
	const [download, setDownload] = useState<Download | null>(null);
	const isShown = status === "loading" || status === "slow" || status === "shown";
	// the listener outlives renders; it reads the newest callbacks from here
	const latest = useRef({ openCode, onMessage, onDropped });
	latest.current = { openCode, onMessage, onDropped };

	const answerChallenge = useCallback(
		async (challenge: string) => {
			const ask = latest.current?.openCode;
			const answer = ask ? await ask(challenge) : null;
			const target = frame.current?.contentWindow;
			if (answer?.ok)
				return target?.postMessage(
					{ source: "freehold-studio", v: 1, type: "freehold:code", code: answer.value.code },
					origin,
				);
			target?.postMessage({ source: "freehold-studio", v: 1, type: "freehold:refused" }, origin);
			setStatus({ failed: answer ? answer.message : words.refused });
		},
		[origin],
	);

	useLayoutEffect(() => {
		const filter = makeMessageFilter(origin);
		let challenges = 0;
		const receive = (event: MessageEvent) => {
			const message = filter.accept(event, frame.current);
			if (!message) return;
			if (message.type === "freehold:challenge") {
				// each costs the studio a code; an app that asks for ever is an app that fails
				if (++challenges <= 8) void answerChallenge(message.challenge);
				return;
			}
			if (message.type === "ready") setStatus("shown");
			if (message.type === "ended")
				setStatus({ failed: message.reason === "cookie_refused" ? view.cookieRefused : view.ended });
			if (message.type === "link") setLeave((now) => now ?? message.url);
			if (message.type === "download") setDownload((now) => now ?? message);
			latest.current?.onMessage?.(message);
		};
		window.addEventListener("message", receive);
		// counted at leisure: telling each dropped message would be the flood again
		let floods = 0;
		const counting = setInterval(() => {
			const dropped = filter.takeDropped();
			if (dropped > 0) latest.current?.onDropped?.(dropped);
			// each message costs this page a little, also one that is dropped unread: thousands of them leave nothing for a click
			floods = dropped > floodCount ? floods + 1 : 0;
			if (floods >= floodsUntilStopped) {
				floods = 0;
				setStatus({ failed: words.flooded });
			}
		}, droppedEveryMs);
		return () => {
			clearInterval(counting);
			window.removeEventListener("message", receive);
		};
	}, [origin, answerChallenge]);

	useEffect(() => {
		if (status !== "loading") return;
		const timer = setTimeout(() => setStatus((now) => (now === "loading" ? "slow" : now)), slowAfterMs);
		return () => clearTimeout(timer);
	}, [status]);

	useEffect(() => {
		const element = frame.current;
		if (!isShown || !element) return;
		let takes = 0;
		guard.current = guardFocus({
			frame: element,
			onTaken(from) {
				element.blur();
				window.focus();
				if (from || ++takes > quietTakes) setStatus("paused");
				// removing the frame drops the focus: it goes back to where the person was
				setTimeout(() => from?.isConnected && from.focus(), 0);
			},
		});
		return () => guard.current?.end();
	}, [isShown, origin]);

	return (
		<div class={`app-frame ${className}`}>
			{isShown && (
				<iframe
					ref={frame}
					src={openCode ? `${origin}/_freehold/open` : `${origin}/`}
					title={title}
					sandbox="allow-scripts allow-same-origin allow-forms"
					referrerpolicy="no-referrer"
					allow=""
					data-state={status}
					onLoad={() => setTimeout(() => setStatus((now) => (now === "loading" ? "slow" : now)), shownAfterLoadMs)}
				/>
			)}
			{status === "loading" && (
				<FrameCover isQuiet>
					<span class="spinner" aria-hidden="true" />
					<p role="status">{words.loadingPreview}</p>
				</FrameCover>
			)}
			{status === "paused" && (
				<FrameCover>
					<div class="empty">
						<PausedArt />
						<h2>{words.paused}</h2>
						<p role="alert">{words.pausedLead}</p>
						<button type="button" class="btn primary" onClick={() => setStatus("loading")}>
							<Icon name="play" />
							{words.resume}
						</button>
					</div>
				</FrameCover>
			)}
			{typeof status === "object" && (
				<FrameCover>
					<div class="stack narrow-note">
						<p class="notice bad" role="alert">
							{status.failed}
						</p>
						<button type="button" class="btn" onClick={() => setStatus("loading")}>
							{shell.tryAgain}
						</button>
					</div>
				</FrameCover>
			)}
			{leave !== null && <LeaveDialog address={leave} onClose={() => setLeave(null)} />}
			{download && <DownloadDialog file={download} onClose={() => setDownload(null)} />}
		</div>
	);
};

const FrameCover = ({ isQuiet, children }: { isQuiet?: boolean; children: Child }) => (
	<div class={isQuiet ? "frame-cover quiet" : "frame-cover"}>{children}</div>
);

/** Shows where a link leads, the host first; only an http or https address can be opened, and without a way back to us. */
const LeaveDialog = ({ address, onClose }: { address: string; onClose(): void }) => {
	const url = outsideAddress(address);
	return (
		<Dialog title={words.leaveTitle} lead={url ? words.leaveLead : words.leaveBad} onClose={onClose}>
			<p class="address">
				{url ? (
					<>
						<strong>{url.host}</strong>
						<span class="muted">{url.href}</span>
					</>
				) : (
					<span class="muted">{address}</span>
				)}
			</p>
			<div class="actions end">
				<button type="button" class="btn" onClick={onClose}>
					{shell.cancel}
				</button>
				{url && (
					<a class="btn primary" href={url.href} target="_blank" rel="noopener noreferrer" onClick={onClose}>
						{words.leaveOpen}
					</a>
				)}
			</div>
		</Dialog>
	);
};

const DownloadDialog = ({ file, onClose }: { file: Download; onClose(): void }) => {
	const name = safeFileName(file.name);
	const save = () => {
		const part = file.encoding === "base64" ? decodeBase64(file.content) : file.content;
		// never a type that a browser would show as a page
		const blob = new Blob([part], { type: "application/octet-stream" });
		const link = document.createElement("a");
		link.href = URL.createObjectURL(blob);
		link.download = name;
		link.click();
		setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
		onClose();
	};
	return (
		<Dialog title={words.downloadTitle} lead={words.downloadLead} onClose={onClose}>
			<p class="address">
				<strong>{name}</strong>
			</p>
			<div class="actions end">
				<button type="button" class="btn" onClick={onClose}>
					{shell.cancel}
				</button>
				<button type="button" class="btn primary" onClick={save}>
					<Icon name="download" />
					{words.downloadSave}
				</button>
			</div>
		</Dialog>
	);
};

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
	try {
		return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
	} catch {
		return new Uint8Array();
	}
}
