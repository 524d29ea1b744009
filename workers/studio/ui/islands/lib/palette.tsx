// The palette: type a few letters, go to a page or an app. A listbox driven from its input (ARIA combobox pattern).

import { useEffect, useMemo, useRef, useState } from "hono/jsx/dom";
import { isComposing } from "#lib/composing.ts";
import { Icon, type IconName } from "#lib/ui/icons.tsx";
import type { AppSummary } from "#schema/api/apps.ts";
import { apps as appsCopy, shell, shortcuts } from "../../copy.ts";
import { factsOf, sectionNames } from "../../sections.ts";
import { get, post } from "./api.ts";
import { listOf } from "./lists.ts";
import { Dialog } from "./parts.tsx";

interface Entry {
	icon: IconName;
	label: string;
	note?: string;
	run(): void;
}

const go = (path: string) => () => location.assign(path);

async function signOut(): Promise<void> {
	await post("/api/account/sign-out");
	location.assign("/sign-in");
}

const pages = (onShortcuts: () => void): Entry[] => [
	...sectionNames.map((section): Entry => {
		const { icon, label, path, key } = factsOf(section);
		return { icon, label, run: go(path), ...(key ? { note: key } : {}) };
	}),
	{ icon: "alert", label: shell.shortcuts, note: "?", run: onShortcuts },
	{ icon: "out", label: shell.signOut, run: () => void signOut() },
];

export const Palette = ({ onClose, onShortcuts }: { onClose(): void; onShortcuts(): void }) => {
	const dialog = useRef<HTMLDialogElement>(null);
	const [query, setQuery] = useState("");
	const [at, setAt] = useState(0);
	const [apps, setApps] = useState<AppSummary[]>([]);
	useEffect(() => {
		const before = document.activeElement;
		dialog.current?.showModal();
		return () => {
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	const [hasMore, setHasMore] = useState(false);
	useEffect(() => {
		void get<{ next?: string | null }>("/api/apps").then((answer) => {
			if (!answer.ok) return;
			setApps(listOf<AppSummary>(answer.value, "apps"));
			setHasMore(answer.value.next != null);
		});
	}, []);
	useEffect(() => {
		if (!hasMore || query.trim() === "") return;
		let isCurrent = true;
		const search = async () => {
			const answer = await get<unknown>(`/api/apps?q=${encodeURIComponent(query.slice(0, 200))}`);
			if (!isCurrent || !answer.ok) return;
			const found = listOf<AppSummary>(answer.value, "apps");
			setApps((now) => [...now, ...found.filter(({ id }) => !now.some((app) => app.id === id))]);
		};
		const timer = setTimeout(() => void search(), 150);
		return () => {
			isCurrent = false;
			clearTimeout(timer);
		};
	}, [hasMore, query]);
	const matching = useMemo(() => {
		const words = query.toLowerCase().split(/\s+/).filter(Boolean);
		const entries: Entry[] = [
			...pages(onShortcuts),
			...apps.map(
				(app): Entry => ({
					icon: "file",
					label: app.name || appsCopy.untitled,
					note: shell.apps,
					run: go(app.role === "viewer" ? `/view/${app.id}` : `/apps/${app.id}`),
				}),
			),
		];
		return entries.filter((entry) => words.every((word) => entry.label.toLowerCase().includes(word)));
	}, [query, apps]);
	const found = matching.slice(0, 30);
	const onKey = (event: KeyboardEvent) => {
		if (event.key === "ArrowDown" || event.key === "ArrowUp") {
			event.preventDefault();
			const step = event.key === "ArrowDown" ? 1 : -1;
			setAt((now) => (found.length ? (now + step + found.length) % found.length : 0));
		} else if (event.key === "Enter" && !isComposing(event)) {
			event.preventDefault();
			found[at]?.run();
		}
	};
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: a click on the backdrop closes; Escape does the same, by the browser
		<dialog
			ref={dialog}
			class="palette"
			aria-label={shell.searchLong}
			onCancel={(event: Event) => {
				event.preventDefault();
				onClose();
			}}
			onClick={(event: Event) => {
				if (event.target === dialog.current) onClose();
			}}
		>
			<input
				class="palette-input"
				type="text"
				role="combobox"
				aria-expanded="true"
				aria-controls="palette-list"
				aria-activedescendant={found[at] ? `palette-${at}` : undefined}
				aria-label={shell.searchLong}
				placeholder={shell.searchLong}
				autocomplete="off"
				onKeyDown={onKey}
				onInput={(event: Event) => {
					setQuery((event.target as HTMLInputElement).value);
					setAt(0);
				}}
			/>
			<div id="palette-list" class="palette-list" role="listbox" aria-label={shell.searchLong}>
				{found.map((entry, index) => (
					// biome-ignore lint/a11y: options of a combobox are reached from its input (aria-activedescendant), never focused
					<div
						key={entry.label}
						id={`palette-${index}`}
						role="option"
						aria-selected={index === at ? "true" : "false"}
						onClick={entry.run}
						onMouseMove={() => setAt(index)}
					>
						<Icon name={entry.icon} />
						<bdi>{entry.label}</bdi>
						<span class="muted small">{entry.note ?? ""}</span>
					</div>
				))}
			</div>
			{(found.length === 0 || matching.length > found.length) && (
				<p class="muted palette-none" role="status">
					{found.length === 0 ? shell.noResults : shell.moreResults}
				</p>
			)}
		</dialog>
	);
};

export const Shortcuts = ({ onClose }: { onClose(): void }) => (
	<Dialog title={shell.shortcuts} onClose={onClose}>
		<dl class="shortcut-list">
			{(
				[
					[shortcuts.palette, "Ctrl K"],
					[shortcuts.create, "N"],
					[shortcuts.send, "Ctrl ↵"],
					[shortcuts.help, "?"],
				] as const
			).map(([what, keys]) => (
				<>
					<dt>{what}</dt>
					<dd>
						<kbd>{keys}</kbd>
					</dd>
				</>
			))}
		</dl>
	</Dialog>
);
