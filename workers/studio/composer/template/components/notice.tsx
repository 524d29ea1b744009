// Words about what happened: a notice that stays, and a short message that goes away.
import { useEffect } from "react";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

export function Notice({ text, onClose, onRetry }: { text: string; onClose?(): void; onRetry?(): void }) {
	return (
		<div className="notice" role="alert">
			<Icon name="alert" />
			<p>{text}</p>
			{onRetry && (
				<button className="button" type="button" onClick={onRetry}>
					{words.tryAgain}
				</button>
			)}
			{onClose && (
				<button className="button square" type="button" aria-label={words.closeMessage} onClick={onClose}>
					<Icon name="close" size={16} />
				</button>
			)}
		</div>
	);
}

export function Toast({ text, onDone }: { text: string; onDone(): void }) {
	useEffect(() => {
		if (!text) return;
		const timer = setTimeout(onDone, 3500);
		return () => clearTimeout(timer);
	}, [text]);
	return (
		<div className="toast-place" role="status">
			{text && (
				<p className="toast">
					<Icon name="check" size={18} /> {text}
				</p>
			)}
		</div>
	);
}
