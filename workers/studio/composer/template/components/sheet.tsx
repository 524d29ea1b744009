// A panel over the page, made of the browser's own dialog element: it keeps the focus inside and closes with Escape.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "react";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
	title: string;
	/** A side panel for forms, a small box for questions. */
	shape?: "side" | "box";
	onClose(): void;
	children: ComponentChildren;
}

export function Sheet({ title, shape = "side", onClose, children }: Props) {
	const dialog = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => {
		const before = document.activeElement;
		dialog.current?.showModal();
		// Back to where the person was, for those who work with the keyboard.
		return () => {
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	return (
		<dialog
			ref={dialog}
			className={`sheet ${shape}`}
			aria-labelledby={id}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onPointerDown={(event) => {
				if (event.target === dialog.current) onClose();
			}}
		>
			<div className="sheet-inside">
				<div className="sheet-head">
					<h2 id={id}>{title}</h2>
					<button className="button square quiet" type="button" aria-label={words.close} onClick={onClose}>
						<Icon name="close" />
					</button>
				</div>
				{children}
			</div>
		</dialog>
	);
}
