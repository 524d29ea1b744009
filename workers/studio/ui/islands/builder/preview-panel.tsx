// The draft in its frame, at the width of a phone, a tablet, or what there is.
import { useState } from "hono/jsx/dom";
import { Icon, type IconName } from "#lib/ui/icons.tsx";
import { PlotArt } from "#lib/ui/illustrations.tsx";
import type { AppDetail } from "#schema/api/apps.ts";
import type { AppMessage } from "#schema/bridge.ts";
import { builder as words } from "../../words/builder.ts";
import { post } from "../lib/api.ts";
import { AppFrame } from "../lib/app-frame.tsx";

interface PreviewPanelProps {
	app: AppDetail;
	/** Counts reloads: a new number is a new frame. */
	generation: number;
	isBuilding: boolean;
	onReload(): void;
	onMessage(message: AppMessage): void;
	onDropped(count: number): void;
}

const devices: readonly { id: "phone" | "tablet" | "desktop"; icon: IconName }[] = [
	{ id: "phone", icon: "phone" },
	{ id: "tablet", icon: "tablet" },
	{ id: "desktop", icon: "desktop" },
];

export const PreviewPanel = ({ app, generation, isBuilding, onReload, onMessage, onDropped }: PreviewPanelProps) => {
	const [device, setDevice] = useState<"phone" | "tablet" | "desktop">("desktop");
	return (
		<div class="panel-fill">
			<div class="panel-bar">
				<fieldset class="tabs device-tabs" aria-label={words.preview}>
					{devices.map(({ id, icon }) => (
						<button
							type="button"
							aria-pressed={device === id ? "true" : "false"}
							aria-label={words[id]}
							title={words[id]}
							onClick={() => setDevice(id)}
						>
							<Icon name={icon} />
						</button>
					))}
				</fieldset>
				<span class="preview-address mono" title={app.draftOrigin}>
					<Icon name="lock" />
					{new URL(app.draftOrigin).host.replace(/^(.{8}).+?(\..*)$/, "$1…$2")}
				</span>
				{app.liveOrigin && (
					<a
						class="btn ghost icon small"
						href={app.isListed ? app.liveOrigin : `/view/${app.id}`}
						target="_blank"
						rel="noopener noreferrer"
						aria-label={words.openLive}
						title={words.openLive}
					>
						<Icon name="external" />
					</a>
				)}
				<button
					type="button"
					class="btn ghost icon small"
					aria-label={words.reload}
					title={words.reload}
					onClick={onReload}
				>
					<Icon name="refresh" />
				</button>
			</div>
			<div class={`stage ${device}`}>
				{app.currentVersionId ? (
					<AppFrame
						key={`${generation}`}
						origin={app.draftOrigin}
						title={words.previewOf(app.name)}
						openCode={(challenge) => post(`/api/apps/${app.id}/open`, { kind: "draft", challenge })}
						onMessage={onMessage}
						onDropped={onDropped}
					/>
				) : (
					<div class="empty">
						{isBuilding ? <span class="spinner large" aria-hidden="true" /> : <PlotArt />}
						<p>{words.previewEmpty}</p>
					</div>
				)}
			</div>
		</div>
	);
};
