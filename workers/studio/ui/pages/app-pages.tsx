// Pages that frame an app: the builder, the viewer, and what a link opens. Their policy frames exactly one origin.

import { Icon } from "#lib/ui/icons.tsx";
import { KeyArt, PlotArt, SearchArt } from "#lib/ui/illustrations.tsx";
import { Brand } from "#lib/ui/logo.tsx";
import type { AppDetail } from "#schema/api/apps.ts";
import type { Region } from "#schema/region.ts";
import { regions } from "#schema/region.ts";
import { Named } from "../components/named.tsx";
import { RowsSkeleton } from "../components/skeletons.tsx";
import * as copy from "../copy.ts";
import { Document, Island, ThemeButton } from "../layout.tsx";
import { builder as builderCopy } from "../words/builder.ts";
import type { AccessPageProps } from "./access-pages.tsx";

export const BuilderPage = ({ app }: { app: AppDetail }) => (
	<Document title={app.name || copy.apps.untitled} script="builder">
		<main id="main" tabindex={-1} class="work-space">
			<Island data={{ app }} className="fill">
				<div class="builder">
					<header class="builder-bar">
						<strong class="app-name">
							<bdi>{app.name || copy.apps.untitled}</bdi>
						</strong>
					</header>
					<section class="conversation">
						<RowsSkeleton rows={3} />
					</section>
					<section class="work">
						<div class="stage desktop">
							<div class="empty">
								<PlotArt />
							</div>
						</div>
					</section>
				</div>
			</Island>
		</main>
	</Document>
);

export const ViewPage = ({ app }: { app: AppDetail }) => (
	<Document title={app.name || copy.apps.untitled} script={app.liveOrigin ? "view" : null}>
		<div class="viewer">
			<header class="builder-bar">
				<a class="btn ghost icon" href="/apps" aria-label={copy.shell.back}>
					<Icon name="arrowLeft" />
				</a>
				<h1 class="app-name">
					<bdi>{app.name || copy.apps.untitled}</bdi>
				</h1>
				<span class="muted small by">{app.sharedBy && <Named words={copy.view.by} name={app.sharedBy} />}</span>
				<span class="grow" />
				{app.role !== "viewer" && (
					<a class="btn" href={`/apps/${app.id}`}>
						<Icon name="pen" />
						<span>{copy.view.edit}</span>
					</a>
				)}
				<ThemeButton />
			</header>
			<main id="main" tabindex={-1} class="viewer-stage">
				{app.liveOrigin ? (
					<Island data={{ app }} className="fill">
						<p class="muted panel-none">{builderCopy.loadingPreview}</p>
					</Island>
				) : (
					<div class="empty">
						<KeyArt />
						<h2>{copy.view.notPublished}</h2>
						<p>{copy.view.notPublishedLead}</p>
						<a class="btn" href="/apps">
							{copy.shell.back}
						</a>
					</div>
				)}
			</main>
			<footer class="viewer-note small muted">
				{copy.view.note} {app.liveOrigin && <ReportLink label={labelOf(app.liveOrigin)} />}
			</footer>
		</div>
	</Document>
);

/** First page of a link: knows nothing yet; its script asks, by POST, what the token opens. */
export const LinkPage = ({ region, apexOrigin }: AccessPageProps) => (
	<Document title={copy.view.linkTitle} script="link">
		<div class="viewer">
			<LinkBar region={region} apexOrigin={apexOrigin} />
			<main id="main" tabindex={-1} class="viewer-stage">
				<div class="empty" data-opening>
					<span class="spinner large" aria-hidden="true" />
					<p role="status">{copy.view.linkOpening}</p>
				</div>
				<div class="empty" data-ended role="alert" hidden>
					<SearchArt />
					<h1>{copy.view.linkEnded}</h1>
					<p>{copy.view.linkEndedLead}</p>
				</div>
			</main>
		</div>
	</Document>
);

/** Second page of a link: frames exactly the app with this label. */
export const LinkAppPage = ({
	region,
	apexOrigin,
	origin,
	label,
}: AccessPageProps & { origin: string; label: string }) => (
	<Document title={copy.view.linkTitle} script="link-app">
		<div class="viewer">
			<LinkBar region={region} apexOrigin={apexOrigin} />
			<main id="main" tabindex={-1} class="viewer-stage">
				<Island data={{ origin, label }} className="fill">
					<p class="muted panel-none">{copy.view.linkOpening}</p>
				</Island>
			</main>
			<footer class="viewer-note small muted">
				{copy.view.note} {copy.view.visitor} <ReportLink label={label} />
			</footer>
		</div>
	</Document>
);

/** Wherever somebody sees an app that is not their own, they can report it. */
const ReportLink = ({ label }: { label: string }) => (
	<a href={`/report/${label}`} target="_blank" rel="noopener noreferrer">
		{copy.report.link}
	</a>
);

const labelOf = (origin: string): string => new URL(origin).hostname.split(".")[0] ?? "";

const LinkBar = ({ region, apexOrigin }: { region: Region; apexOrigin: string }) => (
	<header class="builder-bar">
		<Brand href={`${apexOrigin}/`} />
		<h1 class="app-name">
			<bdi id="app-name">{copy.view.linkTitle}</bdi>
		</h1>
		<span class="muted small by" id="app-by" />
		<span class="grow" />
		<span class="chip hide-small">{regions[region].name}</span>
		<ThemeButton />
	</header>
);
