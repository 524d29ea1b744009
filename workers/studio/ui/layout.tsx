// The document around every page, and its three frames: with navigation, alone, and the bare work space of builder and viewer.
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { Icon } from "#lib/ui/icons.tsx";
import { Brand } from "#lib/ui/logo.tsx";
import { type Region, regions } from "#schema/region.ts";
import { initialOf } from "./components/named.tsx";
import * as copy from "./copy.ts";
import { assetUrl } from "./page-assets.ts";
import { factsOf, type Section, sectionNames, sections } from "./sections.ts";

/** What a page needs to know of who is looking. Null: nobody is signed in. */
export interface Viewer {
	name: string;
	email: string;
}

interface DocumentProps {
	title: string;
	/** Name of the page's script among the built assets, without `.js`. */
	script: string | null;
	children: Child;
}

export const Document = ({ title, script, children }: DocumentProps) => (
	<>
		{raw("<!doctype html>")}
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
				<meta name="color-scheme" content="light dark" />
				<meta name="robots" content="noindex" />
				<title>{`${title} · ${copy.shell.brand}`}</title>
				<link rel="icon" href={assetUrl("icon.svg")} type="image/svg+xml" />
				<link rel="stylesheet" href={assetUrl("studio.css")} />
				<script src={assetUrl("boot.js")} />
				{script && <script type="module" src={assetUrl(`${script}.js`)} />}
			</head>
			<body>
				<a class="skip" href="#main">
					{copy.shell.skip}
				</a>
				{children}
				<noscript>
					<p class="notice warn">{copy.shell.noScript}</p>
				</noscript>
			</body>
		</html>
	</>
);

const NavGroup = ({ title, group, here }: { title: string; group: "make" | "workspace"; here: Section | null }) => (
	<div>
		<p class="nav-title">{title}</p>
		<ul>
			{sectionNames
				.map((name) => ({ name, ...factsOf(name) }))
				.filter((section) => section.group === group)
				.map(({ name, path, icon, label, key }) => (
					<li>
						<a class="nav-item" href={path} aria-current={here === name ? "page" : undefined}>
							<Icon name={icon} />
							{label}
							{key && <span class="kbd">{key}</span>}
						</a>
					</li>
				))}
		</ul>
	</div>
);

const Side = ({ viewer, region, here }: { viewer: Viewer; region: Region; here: Section | null }) => (
	<nav class="side" id="side" popover="auto" aria-label={copy.shell.menu}>
		<Brand href="/apps" />
		<button type="button" class="nav-item" data-command="palette">
			<Icon name="search" />
			{copy.shell.search}
			<span class="kbd">⌘K</span>
		</button>
		<NavGroup title={copy.shell.make} group="make" here={here} />
		<NavGroup title={copy.shell.workspace} group="workspace" here={here} />
		<div class="spacer" />
		<div class="who">
			<span class="avatar" aria-hidden="true">
				{initialOf(viewer.name)}
			</span>
			<a href={sections.account.path} aria-current={here === "account" ? "page" : undefined}>
				<bdi>{viewer.name}</bdi>
				<span class="muted small">{regions[region].name}</span>
			</a>
			<ThemeButton />
		</div>
	</nav>
);

export const ThemeButton = () => (
	<button type="button" class="btn ghost icon small" data-command="theme" aria-label={copy.shell.theme}>
		<Icon name="theme" />
	</button>
);

interface ShellProps extends DocumentProps {
	viewer: Viewer;
	region: Region;
	here: Section | null;
	isNarrow?: boolean;
}

/** With navigation beside (or behind the menu button on small screens). */
export const Shell = ({ viewer, region, here, isNarrow, children, ...rest }: ShellProps) => (
	<Document {...rest}>
		<div class="shell">
			<Side viewer={viewer} region={region} here={here} />
			<div>
				<header class="topbar">
					<button type="button" class="btn ghost icon" popovertarget="side" aria-label={copy.shell.menu}>
						<Icon name="menu" />
					</button>
					<Brand href="/apps" />
					<a class="btn icon" href={sections.new.path} aria-label={copy.shell.newApp}>
						<Icon name="plus" />
					</a>
				</header>
				<main id="main" tabindex={-1} class={isNarrow ? "page narrow" : "page"}>
					{children}
				</main>
			</div>
		</div>
	</Document>
);

interface AloneProps extends DocumentProps {
	region: Region;
	apexOrigin: string;
}

/** One thing on a page: signing in and its relatives, errors. */
export const Alone = ({ region, apexOrigin, children, ...rest }: AloneProps) => (
	<Document {...rest}>
		<div class="alone">
			<header>
				<Brand href={`${apexOrigin}/`} />
				<span class="actions">
					<span class="chip">{regions[region].name}</span>
					<ThemeButton />
				</span>
			</header>
			<main id="main" tabindex={-1}>
				{children}
			</main>
			<footer>
				<a href={`${apexOrigin}/trust`}>{copy.shell.trust}</a>
				<a href={`${apexOrigin}/`}>{copy.shell.otherRegion}</a>
			</footer>
		</div>
	</Document>
);

/** Head of a page inside the shell. */
export const PageHead = ({ title, lead, children }: { title: string; lead?: string; children?: Child }) => (
	<header class="page-head">
		<div>
			<h1>{title}</h1>
			{lead && <p>{lead}</p>}
		</div>
		{children}
	</header>
);

/** Where a script takes over. Its children are what is seen until then. `data` reaches the script as an attribute, as text. */
export const Island = ({ data, className, children }: { data?: object; className?: string; children: Child }) => (
	<div id="island" class={className} data-props={JSON.stringify(data ?? {})}>
		{children}
	</div>
);
