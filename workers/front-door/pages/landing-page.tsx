// The start page: what Freehold is, in one sentence, and the choice of region with what it means.

import { Icon } from "#lib/ui/icons.tsx";
import { Region, regions } from "#schema/region.ts";
import { landing as words } from "../copy.ts";
import { Document } from "../layout.tsx";
import { GroundPlan } from "./ground-plan.tsx";

/** `/go/<region>/<page>` remembers the region in this browser and leads to its host. */
export const goTo = (region: Region, page: "sign-in" | "sign-up" | "discover") => `/go/${region}/${page}`;

export const LandingPage = ({ remembered }: { remembered: Region | null }) => (
	<Document title={words.title} description={words.lead} signIn={remembered ? goTo(remembered, "sign-in") : "#regions"}>
		<section class="hero">
			<div class="hero-text">
				<h1>
					{words.heading.map((line) => (
						<span>{line}</span>
					))}
				</h1>
				<p class="hero-lead">{words.lead}</p>
				<div class="actions">
					{remembered ? (
						<>
							<a class="btn primary large" href={goTo(remembered, "sign-in")}>
								{words.remembered(regions[remembered].name)}
							</a>
							<a class="btn ghost large" href="#regions">
								{words.other}
							</a>
						</>
					) : (
						<a class="btn primary large" href="#regions">
							{words.choose}
						</a>
					)}
				</div>
			</div>
			<GroundPlan />
		</section>

		<section class="front-section" aria-labelledby="steps">
			<h2 id="steps">{words.stepsTitle}</h2>
			<ol class="steps">
				{words.steps.map((step, at) => (
					<li>
						<span class="step-number tabular" aria-hidden="true">
							{at + 1}
						</span>
						<h3>{step.title}</h3>
						<p>{step.text}</p>
					</li>
				))}
			</ol>
		</section>

		<section class="front-section" id="regions" aria-labelledby="regions-title">
			<header>
				<h2 id="regions-title">{words.regionTitle}</h2>
				<p>{words.regionLead}</p>
			</header>
			<div class="regions">
				{Region.options.map((region) => (
					<RegionCard region={region} isRemembered={region === remembered} />
				))}
			</div>
			<p class="muted small honest">
				<Icon name="shield" />
				<span>{words.honest}</span>
			</p>
		</section>

		<section class="front-section" aria-labelledby="why">
			<h2 id="why">{words.whyTitle}</h2>
			<ul class="why">
				{words.why.map((point) => (
					<li>
						<h3>{point.title}</h3>
						<p>{point.text}</p>
					</li>
				))}
			</ul>
			<p>
				<a href="/trust">{words.trustLink}</a>
			</p>
		</section>
	</Document>
);

const RegionCard = ({ region, isRemembered }: { region: Region; isRemembered: boolean }) => {
	const { name, place } = regions[region];
	return (
		<article class={isRemembered ? "region-card is-remembered" : "region-card"}>
			<header>
				<h3>{name}</h3>
				{region === "us-east" && <span class="chip">{words.default}</span>}
			</header>
			<p class="muted">{words.stored(place)}</p>
			<ul class="ticks">
				{words.points[region].map((point) => (
					<li>
						<Icon name="check" />
						<span>{point}</span>
					</li>
				))}
			</ul>
			<div class="actions">
				<a class="btn primary" href={goTo(region, "sign-up")}>
					{words.signUp(name)}
				</a>
				<a class="btn" href={goTo(region, "sign-in")}>
					{words.signIn}
					<span class="visually-hidden"> {name}</span>
				</a>
			</div>
		</article>
	);
};
