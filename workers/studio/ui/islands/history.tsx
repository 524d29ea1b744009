// The person's prompts: found by their words, deletable one by one.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { SearchArt, SheetsArt } from "#lib/ui/illustrations.tsx";
import type { HistoryEntry } from "#schema/api/workspace.ts";
import { Named } from "../components/named.tsx";
import { RowsSkeleton } from "../components/skeletons.tsx";
import { apps as appsCopy, history as words } from "../copy.ts";
import { builder } from "../words/builder.ts";
import { type ApiFailure, remove } from "./lib/api.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Ago, Confirm, Empty, FailureNote, ShowMore } from "./lib/parts.tsx";
import { SearchField } from "./lib/search-field.tsx";
import { toast } from "./lib/toast.ts";
import { usePages } from "./lib/use-pages.ts";

const stateName = (state: string): string => (builder.states as Record<string, string>)[state] ?? state;

const HistoryPage = () => {
	const [query, setQuery] = useState("");
	const pages = usePages<HistoryEntry>({ path: "/api/history", query, list: "entries" });
	const entries = pages.items;
	const [deleting, setDeleting] = useState<HistoryEntry | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);

	const erase = async (entry: HistoryEntry) => {
		setIsBusy(true);
		setFailure(null);
		const answer = await remove(`/api/history/${entry.buildId}`);
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		setDeleting(null);
		toast(words.removed);
		void pages.reload();
	};

	return (
		<div class="stack">
			<SearchField label={words.search} onSearch={setQuery} />
			{pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />}
			{!entries && pages.isLoading && <RowsSkeleton />}
			{entries?.length === 0 &&
				(query ? (
					<Empty art={<SearchArt />} title={words.noMatch} lead={query} />
				) : (
					<Empty art={<SheetsArt />} title={words.emptyTitle} lead={words.emptyLead} />
				))}
			{entries && entries.length > 0 && (
				<ul class="card rows">
					{entries.map((entry) => (
						<li key={entry.buildId}>
							<div class="grow stack-s">
								<p class="prompt-text" dir="auto">
									{entry.prompt}
								</p>
								<p class="small muted">
									<a href={`/apps/${entry.appId}`}>
										<bdi>{entry.appName || appsCopy.untitled}</bdi>
									</a>{" "}
									· {stateName(entry.state)} ·{" "}
									{entry.by !== null && (
										<>
											<Named words={words.by} name={entry.by || words.gone} /> ·{" "}
										</>
									)}
									{entry.workspaceOf !== null && (
										<>
											<Named words={words.workspaceOf} name={entry.workspaceOf || words.gone} /> ·{" "}
										</>
									)}
									<Ago at={entry.at} />
								</p>
							</div>
							{entry.workspaceOf === null && (
								<button type="button" class="btn ghost small" onClick={() => setDeleting(entry)}>
									<Icon name="trash" />
									{words.remove}
								</button>
							)}
						</li>
					))}
				</ul>
			)}
			<ShowMore pages={pages} />
			{deleting && (
				<Confirm
					title={words.removeTitle}
					lead={words.removeLead}
					confirm={words.remove}
					isDanger
					isBusy={isBusy}
					failure={failure}
					onConfirm={() => void erase(deleting)}
					onClose={() => setDeleting(null)}
				/>
			)}
		</div>
	);
};

mountIsland(HistoryPage);
