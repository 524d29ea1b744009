// The document around the front door's pages.
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { assets } from "#build/front-door-assets";
import { Icon } from "#lib/ui/icons.tsx";
import { Brand } from "#lib/ui/logo.tsx";
import { landing } from "./copy.ts";

const asset = (name: string) => `/assets/${assets[name]?.hash ?? "none"}/${name}`;

interface DocumentProps {
	title: string;
	description?: string;
	/** Where “Sign in” leads: the remembered region's host, or the choice of region. */
	signIn: string;
	children: Child;
}

export const Document = ({ title, description, signIn, children }: DocumentProps) => (
	<>
		{raw("<!doctype html>")}
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<meta name="color-scheme" content="light dark" />
				{description && <meta name="description" content={description} />}
				<title>{`${title} · ${landing.brand}`}</title>
				<link rel="icon" href={asset("icon.svg")} type="image/svg+xml" />
				<link rel="stylesheet" href={asset("front.css")} />
				<script src={asset("boot.js")} />
			</head>
			<body class="front">
				<a class="skip" href="#main">
					{landing.skip}
				</a>
				<header class="front-bar">
					<Brand href="/" />
					<nav class="actions" aria-label={landing.brand}>
						<a class="btn ghost" href="/trust">
							{landing.trustShort}
						</a>
						<a class="btn" href={signIn}>
							{landing.signIn}
						</a>
						<button type="button" class="btn ghost icon small" data-command="theme" aria-label={landing.theme}>
							<Icon name="theme" />
						</button>
					</nav>
				</header>
				<main id="main" tabindex={-1}>
					{children}
				</main>
				<footer class="front-foot">
					<p>{landing.footer}</p>
					<a href="/trust">{landing.trustLink}</a>
				</footer>
			</body>
		</html>
	</>
);
