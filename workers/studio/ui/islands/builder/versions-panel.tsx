// All versions, newest first: what changed between two of them, and a way back to each.
import { useEffect, useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { FileDiff, VersionSummary } from "#schema/api/apps.ts";
import { RowsSkeleton } from "../../components/skeletons.tsx";
import { builder as words } from "../../words/builder.ts";
import { type ApiFailure, post } from "../lib/api.ts";
import { Ago, Confirm, FailureNote, ShowMore } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";
import type { Pages } from "../lib/use-pages.ts";
import { DiffView } from "./diff-view.tsx";

interface VersionsPanelProps {
	appId: string;
	currentVersionId: string | null;
	versions: Pages<VersionSummary>;
	/** A version was made by restoring. */
	onRestored(): void;
}

export const VersionsPanel = ({ appId, currentVersionId, versions, onRestored }: VersionsPanelProps) => {
	const [selected, setSelected] = useState<string | null>(null);
	const [base, setBase] = useState<string | null>(null);
	const [restoring, setRestoring] = useState<VersionSummary | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	useEffect(() => setBase(null), [selected]);
	const list = versions.items;
	const note = versions.failure && <FailureNote failure={versions.failure} onRetry={() => void versions.reload()} />;
	if (!list) return note ?? <RowsSkeleton />;
	const to = list.find(({ id }) => id === selected) ?? list[0];
	if (!to) return <p class="muted panel-none">{words.versionsEmpty}</p>;
	// the parent may be on a page that is not open
	const parentId = to.parentId ?? list[list.indexOf(to) + 1]?.id ?? null;
	const from = base ?? parentId;
	const choices = list.filter(({ id }) => id !== to.id);

	const restore = async (version: VersionSummary) => {
		setIsBusy(true);
		const answer = await post<VersionSummary>(`/api/apps/${appId}/restore`, { versionId: version.id });
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		setRestoring(null);
		setSelected(null);
		toast(words.restored);
		onRestored();
	};

	return (
		<div class="versions">
			<div class="version-list">
				<ol aria-label={words.history}>
					{list.map((version) => (
						<li key={version.id}>
							<button
								type="button"
								class="version"
								aria-pressed={version.id === to.id ? "true" : "false"}
								onClick={() => setSelected(version.id)}
							>
								<span class="version-head">
									<strong>{words.version(version.number)}</strong>
									{version.id === currentVersionId && <span class="chip good">{words.current}</span>}
									<span class="chip">{words.origins[version.origin]}</span>
								</span>
								<span class="clamp" dir="auto">
									{version.message}
								</span>
								<span class="small muted">
									<Ago at={version.createdAt} />
								</span>
							</button>
						</li>
					))}
				</ol>
				{note}
				<ShowMore pages={versions} />
			</div>
			<div class="version-detail">
				<div class="panel-bar">
					<label class="compare small" hidden={!from}>
						{words.compare}
						<select
							class="input"
							value={from ?? ""}
							onChange={(event: Event) => setBase((event.target as HTMLSelectElement).value || null)}
						>
							{choices.map((version) => (
								<option value={version.id}>
									{words.version(version.number)}
									{version.id === parentId ? ` (${words.previousVersion})` : ""}
								</option>
							))}
							{from && !choices.some(({ id }) => id === from) && <option value={from}>{words.previousVersion}</option>}
						</select>
					</label>
					{to.id !== currentVersionId && (
						<button type="button" class="btn small" onClick={() => setRestoring(to)}>
							<Icon name="undo" />
							{words.restore}
						</button>
					)}
				</div>
				<section class="panel-scroll" tabindex={0} aria-label={words.history}>
					{from ? <Diff appId={appId} from={from} to={to.id} /> : <p class="muted panel-none">{to.message}</p>}
				</section>
			</div>
			{restoring && (
				<Confirm
					title={words.restoreTitle(restoring.number)}
					lead={words.restoreLead}
					confirm={words.restore}
					isBusy={isBusy}
					failure={failure}
					onConfirm={() => void restore(restoring)}
					onClose={() => setRestoring(null)}
				/>
			)}
		</div>
	);
};

const Diff = ({ appId, from, to }: { appId: string; from: string; to: string }) => {
	const { data, reload } = useLoad<{ files: FileDiff[] }>(`/api/apps/${appId}/diff?from=${from}&to=${to}`);
	if (data.state === "loading") return <RowsSkeleton rows={3} />;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;
	return <DiffView files={data.value.files} />;
};
