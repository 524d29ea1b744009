// Small parts of the islands: dialog, busy button, failure with a way on, empty state, relative time.
import type { Child } from "hono/jsx";
import { useEffect, useId, useRef } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { shell } from "../../copy.ts";
import type { ApiFailure } from "./api.ts";
import { ago, timeOf } from "./format.ts";
import type { Pages } from "./use-pages.ts";

interface DialogProps {
	title: Child;
	lead?: string;
	isWide?: boolean;
	onClose(): void;
	children: Child;
}

/** A modal dialog. The browser keeps the focus inside, Escape and a click outside close it, and the focus goes back. */
export const Dialog = ({ title, lead, isWide, onClose, children }: DialogProps) => {
	const dialog = useRef<HTMLDialogElement>(null);
	const id = useId();
	useEffect(() => {
		const before = document.activeElement;
		dialog.current?.showModal();
		return () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; Escape does the same, by the browser
		<dialog
			ref={dialog}
			class={isWide ? "wide" : ""}
			aria-labelledby={id}
			onCancel={(event: Event) => {
				event.preventDefault();
				onClose();
			}}
			onClick={(event: Event) => {
				if (event.target === dialog.current) onClose();
			}}
		>
			<div class="dialog-body">
				<header class="dialog-head">
					<h2 id={id}>{title}</h2>
					<button type="button" class="btn ghost icon small" onClick={onClose} aria-label={shell.close}>
						<Icon name="x" />
					</button>
				</header>
				{lead && <p class="muted">{lead}</p>}
				{children}
			</div>
		</dialog>
	);
};

export const FailureNote = ({ failure, onRetry }: { failure: ApiFailure; onRetry?: () => void }) => (
	<div class="notice bad" role="alert">
		<Icon name="alert" />
		<div class="stack-s">
			<p>{failure.message}</p>
			{Object.values(failure.fields).map((text) => (
				<p>{text}</p>
			))}
			{(failure.code === "internal" || failure.code === "damaged") && failure.requestId && (
				<p class="mono">{failure.requestId}</p>
			)}
			{onRetry && (
				<div>
					<button type="button" class="btn small" onClick={onRetry}>
						{shell.tryAgain}
					</button>
				</div>
			)}
		</div>
	</div>
);

interface BusyButtonProps {
	isBusy: boolean;
	className?: string;
	onClick?: () => void;
	type?: "button" | "submit";
	isDisabled?: boolean;
	children: Child;
}

export const BusyButton = ({
	isBusy,
	className = "",
	onClick,
	type = "button",
	isDisabled,
	children,
}: BusyButtonProps) => (
	<button
		type={type}
		class={`btn ${className} ${isBusy ? "is-busy" : ""}`}
		disabled={isBusy || isDisabled === true}
		onClick={() => onClick?.()}
	>
		<span class="btn-inner">{children}</span>
	</button>
);

/** Goes on with a list that has another page. */
export const ShowMore = ({
	pages,
	label = shell.more,
}: {
	pages: Pick<Pages<unknown>, "hasMore" | "isLoading" | "more">;
	label?: string;
}) =>
	pages.hasMore ? (
		<div>
			<BusyButton isBusy={pages.isLoading} onClick={pages.more}>
				{label}
			</BusyButton>
		</div>
	) : null;

export const Empty = ({
	art,
	title,
	lead,
	children,
}: {
	art: Child;
	title: string;
	lead: string;
	children?: Child;
}) => (
	<div class="empty">
		{art}
		<h2>{title}</h2>
		<p>{lead}</p>
		{children}
	</div>
);

export const Ago = ({ at }: { at: number }) => (
	<time dateTime={new Date(at).toISOString()} title={timeOf(at)}>
		{ago(at)}
	</time>
);

interface ConfirmProps {
	title: string;
	lead: string;
	confirm: string;
	isDanger?: boolean;
	isBusy: boolean;
	failure?: ApiFailure | null;
	onConfirm(): void;
	onClose(): void;
}

export const Confirm = ({ title, lead, confirm, isDanger, isBusy, failure, onConfirm, onClose }: ConfirmProps) => (
	<Dialog title={title} lead={lead} onClose={onClose}>
		{failure ? <FailureNote failure={failure} /> : null}
		<div class="actions end">
			<button type="button" class="btn" onClick={onClose}>
				{shell.cancel}
			</button>
			<BusyButton isBusy={isBusy} className={isDanger ? "danger primary" : "primary"} onClick={onConfirm}>
				{confirm}
			</BusyButton>
		</div>
	</Dialog>
);
