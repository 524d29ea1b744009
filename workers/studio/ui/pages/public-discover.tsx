// Pages for people who are not signed in: Discover, and reporting an app.

import { Brand } from "#lib/ui/logo.tsx";
import { regions } from "#schema/region.ts";
import { GridSkeleton } from "../components/skeletons.tsx";
import * as copy from "../copy.ts";
import { Alone, Document, Island, PageHead, ThemeButton } from "../layout.tsx";
import type { AccessPageProps } from "./access-pages.tsx";

export const PublicDiscoverPage = ({ region, apexOrigin }: AccessPageProps) => (
	<Document title={copy.discover.title} script="discover">
		<header class="builder-bar">
			<Brand href={`${apexOrigin}/`} />
			<span class="grow" />
			<ThemeButton />
			<a class="btn" href="/sign-in">
				{copy.signIn.title}
			</a>
		</header>
		<main id="main" tabindex={-1} class="page">
			<PageHead title={copy.discover.title} lead={copy.discover.lead(regions[region].name)} />
			<Island data={{ isSignedIn: false }}>
				<GridSkeleton />
			</Island>
		</main>
	</Document>
);

export const ReportPage = ({ label, origin, ...place }: AccessPageProps & { label: string; origin: string }) => (
	<Alone {...place} title={copy.report.title} script="report">
		<div class="card stack">
			<h1>{copy.report.title}</h1>
			<p class="muted">{copy.report.lead}</p>
			<p>
				{copy.report.address}: <code class="address-of-app">{new URL(origin).host}</code>
			</p>
			<Island data={{ label }}>
				<span class="spinner" aria-hidden="true" />
			</Island>
		</div>
	</Alone>
);
