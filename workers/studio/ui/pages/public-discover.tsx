// Discover for people who are not signed in.
import { regions } from "#schema/region.ts";
import { Brand } from "../components/logo.tsx";
import { GridSkeleton } from "../components/skeletons.tsx";
import * as copy from "../copy.ts";
import { Document, Island, PageHead, ThemeButton } from "../layout.tsx";
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
