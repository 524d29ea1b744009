// The person's apps: a grid, filtered as one types; on the first visit, prompts to begin with.
import { useRef, useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { PlotArt } from "#lib/ui/illustrations.tsx";
import type { AppSummary } from "#schema/api/apps.ts";
import { AppCover } from "../components/app-cover.tsx";
import { Named } from "../components/named.tsx";
import { GridSkeleton } from "../components/skeletons.tsx";
import { ideas, apps as words } from "../copy.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Ago, Empty, FailureNote, ShowMore } from "./lib/parts.tsx";
import { SearchField } from "./lib/search-field.tsx";
import { usePages } from "./lib/use-pages.ts";

const AppsPage = () => {
	const [query, setQuery] = useState("");
	const pages = usePages<AppSummary>({ path: "/api/apps", query, list: "apps" });
	// once there is a search it stays, also while it finds little
	const hasSearch = useRef(false);
	const found = pages.items;
	if (!found && pages.failure) return <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />;
	if (!found) return <GridSkeleton />;
	hasSearch.current ||= found.length > 6 || pages.hasMore;
	if (found.length === 0 && !hasSearch.current) return <FirstVisit />;
	const mine = found.filter(({ role }) => role === "owner");
	const shared = found.filter(({ role }) => role !== "owner");
	return (
		<div class="stack-l">
			{hasSearch.current && <SearchField label={words.filter} onSearch={setQuery} />}
			{pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />}
			{found.length === 0 && !pages.hasMore && <p class="muted">{words.noMatch}</p>}
			{mine.length > 0 && <Group title={shared.length > 0 ? words.mine : null} apps={mine} />}
			{shared.length > 0 && <Group title={words.shared} apps={shared} />}
			<ShowMore pages={pages} />
		</div>
	);
};

const Group = ({ title, apps }: { title: string | null; apps: AppSummary[] }) => (
	<section class="section">
		{title && <h2>{title}</h2>}
		<ul class="app-grid">
			{apps.map((app) => (
				<AppCard key={app.id} app={app} />
			))}
		</ul>
	</section>
);

const AppCard = ({ app }: { key?: string; app: AppSummary }) => (
	<li class="card app-card">
		<AppCover appId={app.id} />
		<div class="app-card-text">
			<h2 class="card-title">
				<a href={app.role === "viewer" ? `/view/${app.id}` : `/apps/${app.id}`}>
					<bdi>{app.name || words.untitled}</bdi>
				</a>
			</h2>
			<p class="muted small clamp" dir="auto">
				{app.description}
			</p>
			{app.sharedBy && (
				<p class="muted small">
					<Named words={words.sharedBy} name={app.sharedBy} />
				</p>
			)}
			<p class="app-card-foot small muted">
				<AppState app={app} />
				<Ago at={app.updatedAt} />
			</p>
		</div>
	</li>
);

const AppState = ({ app }: { app: AppSummary }) => {
	if (app.buildState === "running" || app.buildState === "queued")
		return <span class="chip good live">{words.building}</span>;
	if (app.buildState === "asking") return <span class="chip warn">{words.asking}</span>;
	if (app.buildState === "failed") return <span class="chip bad">{words.failed}</span>;
	if (app.isListed) return <span class="chip good">{words.listed}</span>;
	if (app.isPublished) return <span class="chip good">{words.published}</span>;
	return (
		<span class="chip">
			<Icon name="lock" />
			{words.private}
		</span>
	);
};

const FirstVisit = () => (
	<div class="stack-l">
		<Empty art={<PlotArt />} title={words.emptyTitle} lead={words.emptyLead}>
			<a class="btn primary large" href="/apps/new">
				<Icon name="plus" />
				{words.create}
			</a>
		</Empty>
		<section class="section">
			<h2 class="muted small center">{words.ideas}</h2>
			<div class="ideas">
				{ideas.map((idea, at) => (
					<a class="idea" href={`/apps/new?idea=${at}`}>
						<strong>{idea.title}</strong>
						<span>{idea.prompt}</span>
						<Icon name="arrowUp" />
					</a>
				))}
			</div>
		</section>
	</div>
);

mountIsland(AppsPage);
