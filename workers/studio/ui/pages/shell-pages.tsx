// Pages inside the navigation. Each is a head, and the shape of what its script loads.
import type { JSX } from "hono/jsx/jsx-runtime";
import { Icon } from "#lib/ui/icons.tsx";
import type { Region } from "#schema/region.ts";
import { regions } from "#schema/region.ts";
import { GridSkeleton, RowsSkeleton, SectionsSkeleton } from "../components/skeletons.tsx";
import * as copy from "../copy.ts";
import { Island, PageHead, Shell, type Viewer } from "../layout.tsx";
import type { Section } from "../sections.ts";

export interface ShellPageProps {
	viewer: Viewer;
	region: Region;
}

const AppsPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.apps.title} script="apps" here="apps">
		<PageHead title={copy.apps.title} lead={copy.apps.lead}>
			<a class="btn primary" href="/apps/new">
				<Icon name="plus" />
				{copy.apps.create}
			</a>
		</PageHead>
		<Island>
			<GridSkeleton />
		</Island>
	</Shell>
);

const NewAppPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.shell.newApp} script="new-app" here="new">
		<div class="new-head">
			<h1>{copy.newApp.title}</h1>
			<p class="muted">{copy.newApp.lead}</p>
		</div>
		<Island>
			<div class="new-app">
				<div class="skeleton prompt-skeleton" />
			</div>
		</Island>
	</Shell>
);

const HistoryPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.history.title} script="history" here="history" isNarrow>
		<PageHead title={copy.history.title} lead={copy.history.lead} />
		<Island>
			<RowsSkeleton />
		</Island>
	</Shell>
);

const CreditsPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.credits.title} script="credits" here="credits" isNarrow>
		<PageHead title={copy.credits.title} lead={copy.credits.lead} />
		<Island>
			<SectionsSkeleton sections={2} />
		</Island>
	</Shell>
);

const ModelsPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.models.title} script="models" here="models" isNarrow>
		<PageHead title={copy.models.title} lead={copy.models.lead(regions[props.region].name)} />
		<Island>
			<SectionsSkeleton sections={2} />
		</Island>
	</Shell>
);

const AccountPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.account.title} script="account" here="account" isNarrow>
		<PageHead title={copy.account.title} />
		<Island>
			<SectionsSkeleton sections={4} />
		</Island>
	</Shell>
);

const DiscoverPage = (props: ShellPageProps) => (
	<Shell {...props} title={copy.discover.title} script="discover" here="discover">
		<PageHead title={copy.discover.title} lead={copy.discover.lead(regions[props.region].name)} />
		<Island data={{ isSignedIn: true }}>
			<GridSkeleton />
		</Island>
	</Shell>
);

/** What stands at the address of each section. */
export const sectionPages: Readonly<Record<Section, (props: ShellPageProps) => JSX.Element>> = {
	new: NewAppPage,
	apps: AppsPage,
	discover: DiscoverPage,
	history: HistoryPage,
	models: ModelsPage,
	credits: CreditsPage,
	account: AccountPage,
};

interface AppPageProps extends ShellPageProps {
	app: { id: string; name: string };
}

const Crumb = ({ app }: { app: { id: string; name: string } }) => (
	<a class="crumb" href={`/apps/${app.id}`}>
		<Icon name="arrowLeft" />
		<bdi>{app.name || copy.apps.untitled}</bdi>
	</a>
);

export const SharePage = ({ app, ...props }: AppPageProps) => (
	<Shell {...props} title={`${copy.share.title}: ${app.name}`} script="share" here={null} isNarrow>
		<Crumb app={app} />
		<PageHead title={copy.share.title} />
		<Island data={{ appId: app.id }}>
			<SectionsSkeleton sections={4} />
		</Island>
	</Shell>
);

export const SentPage = ({ app, ...props }: AppPageProps) => (
	<Shell {...props} title={`${copy.sent.title}: ${app.name}`} script="sent" here={null} isNarrow>
		<Crumb app={app} />
		<PageHead title={copy.sent.title} lead={copy.sent.lead} />
		<Island data={{ appId: app.id }}>
			<RowsSkeleton />
		</Island>
	</Shell>
);
