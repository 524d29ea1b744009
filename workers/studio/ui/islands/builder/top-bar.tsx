// The bar over the builder: back, the app's name (a press renames it), the panels, and what one does with an app.
import { useRef, useState } from "hono/jsx/dom";
import { Icon, type IconName } from "#lib/ui/icons.tsx";
import { LogoMark } from "#lib/ui/logo.tsx";
import type { AppDetail } from "#schema/api/apps.ts";
import { apps as appsCopy, shell } from "../../copy.ts";
import { builder as words } from "../../words/builder.ts";
import { type ApiFailure, patch, remove } from "../lib/api.ts";
import { Confirm } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";

export type Panel = "preview" | "code" | "versions" | "console";

interface TopBarProps {
	app: AppDetail;
	panel: Panel;
	isTalking: boolean;
	errorCount: number;
	isBuilding: boolean;
	onPanel(panel: Panel): void;
	onTalk(): void;
	onRenamed(app: AppDetail): void;
}

const panels: readonly { id: Panel; icon: IconName; label: string }[] = [
	{ id: "preview", icon: "eye", label: words.preview },
	{ id: "code", icon: "code", label: words.code },
	{ id: "versions", icon: "history", label: words.history },
	{ id: "console", icon: "terminal", label: words.console },
];

export const TopBar = (props: TopBarProps) => {
	const { app, panel, isTalking, errorCount } = props;
	const [isDeleting, setIsDeleting] = useState(false);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const erase = async () => {
		setIsBusy(true);
		const answer = await remove(`/api/apps/${app.id}`);
		setIsBusy(false);
		if (answer.ok) location.assign("/apps");
		else setFailure(answer);
	};
	return (
		<header class="builder-bar">
			<a class="btn ghost icon" href="/apps" aria-label={shell.back} title={shell.back}>
				<span class="mini-mark">
					<LogoMark />
				</span>
			</a>
			<AppName app={app} onRenamed={props.onRenamed} />
			{props.isBuilding && <span class="chip good live">{words.states.running}</span>}
			<fieldset class="panel-tabs tabs" aria-label={words.panels}>
				<button type="button" class="talk-tab" aria-pressed={isTalking ? "true" : "false"} onClick={props.onTalk}>
					<Icon name="pen" />
					<span>{words.talk}</span>
				</button>
				{panels.map(({ id, icon, label }) => (
					<button
						type="button"
						class={isTalking ? "panel-tab is-behind" : "panel-tab"}
						aria-pressed={panel === id ? "true" : "false"}
						onClick={() => props.onPanel(id)}
					>
						<Icon name={icon} />
						<span>{label}</span>
						{id === "console" && errorCount > 0 && <span class="count">{errorCount > 99 ? "99+" : errorCount}</span>}
					</button>
				))}
			</fieldset>
			<div class="builder-actions">
				<button
					type="button"
					class="btn ghost icon"
					popovertarget="app-menu"
					aria-label={words.more}
					title={words.more}
				>
					<Icon name="more" />
				</button>
				<div class="menu" id="app-menu" popover="auto">
					<a href={`/apps/${app.id}/sent`}>
						<Icon name="shield" />
						{words.sent}
					</a>
					<a href={`/api/apps/${app.id}/download`} download>
						<Icon name="download" />
						{words.download}
					</a>
					{app.role === "owner" && (
						<button
							type="button"
							class="danger"
							onClick={() => {
								document.getElementById("app-menu")?.hidePopover();
								setIsDeleting(true);
							}}
						>
							<Icon name="trash" />
							{words.remove}
						</button>
					)}
				</div>
				{app.role === "owner" && (
					<a class="btn primary" href={`/apps/${app.id}/share`} aria-label={words.share}>
						<Icon name="users" />
						<span>{words.share}</span>
					</a>
				)}
			</div>
			{isDeleting && (
				<Confirm
					title={words.removeTitle}
					lead={words.removeLead}
					confirm={words.removeConfirm}
					isDanger
					isBusy={isBusy}
					failure={failure}
					onConfirm={() => void erase()}
					onClose={() => setIsDeleting(false)}
				/>
			)}
		</header>
	);
};

const AppName = ({ app, onRenamed }: { app: AppDetail; onRenamed(app: AppDetail): void }) => {
	const [isEditing, setIsEditing] = useState(false);
	const field = useRef<HTMLInputElement>(null);
	const save = async () => {
		const name = field.current?.value.trim() ?? "";
		setIsEditing(false);
		if (name === "" || name === app.name) return;
		const answer = await patch<AppDetail>(`/api/apps/${app.id}`, { name });
		if (answer.ok) onRenamed(answer.value);
		else toast(answer.message, "bad");
	};
	if (!isEditing) {
		return (
			<h1 class="app-name">
				<button
					type="button"
					title={words.rename}
					onClick={() => {
						setIsEditing(true);
						requestAnimationFrame(() => field.current?.select());
					}}
				>
					<bdi>{app.name || appsCopy.untitled}</bdi>
				</button>
			</h1>
		);
	}
	return (
		<form
			class="app-name"
			onSubmit={(event: Event) => {
				event.preventDefault();
				void save();
			}}
		>
			<input
				ref={field}
				class="input"
				aria-label={words.rename}
				value={app.name}
				maxLength={80}
				onBlur={() => void save()}
				onKeyDown={(event: KeyboardEvent) => {
					if (event.key === "Escape") {
						if (field.current) field.current.value = app.name;
						setIsEditing(false);
					}
				}}
			/>
		</form>
	);
};
