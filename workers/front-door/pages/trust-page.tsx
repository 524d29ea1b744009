// The trust page: every promise with its mechanism, its limits, and whether a passing test holds it up.

import { Icon } from "#lib/ui/icons.tsx";
import type { TrustPromise } from "#schema/promises.ts";
import type { Region } from "#schema/region.ts";
import { trust as words } from "../copy.ts";
import { Document } from "../layout.tsx";
import { goTo } from "./landing-page.tsx";

export const TrustPage = ({
	promises,
	remembered,
}: {
	promises: readonly TrustPromise[];
	remembered: Region | null;
}) => {
	const kept = promises.filter((promise) => promise.kept).length;
	const groups = Map.groupBy(promises, ({ id }) => words.groups[id[0] ?? ""] ?? id);
	return (
		<Document
			title={words.title}
			description={words.lead}
			signIn={remembered ? goTo(remembered, "sign-in") : "/#regions"}
		>
			<div class="trust">
				<header class="trust-head">
					<h1>{words.heading}</h1>
					<p>{words.lead}</p>
					<p class="trust-count">
						<span class="meter" aria-hidden="true">
							{promises.map((promise) => (
								<span class={promise.kept ? "is-kept" : ""} />
							))}
						</span>
						{words.count(kept, promises.length)}
					</p>
				</header>
				{[...groups].map(([group, list]) => (
					<section class="trust-group">
						<h2>{group}</h2>
						{list.map((promise) => (
							<PromiseCard promise={promise} />
						))}
					</section>
				))}
				<section class="trust-group">
					<h2>{words.exceptionsTitle}</h2>
					<ul class="bullets muted">
						{words.exceptions.map((exception) => (
							<li>{exception}</li>
						))}
					</ul>
				</section>
			</div>
		</Document>
	);
};

const PromiseCard = ({ promise }: { promise: TrustPromise }) => (
	<article class="promise" id={promise.id}>
		<h3>{promise.promise}</h3>
		<span class={promise.kept ? "chip good" : "chip"}>
			<Icon name={promise.kept ? "check" : "clock"} />
			{promise.kept ? words.kept : words.notYet}
		</span>
		<dl class="promise-facts">
			<dt>{words.how}</dt>
			<dd>{promise.mechanism}</dd>
			{promise.limits && (
				<>
					<dt>{words.limits}</dt>
					<dd>{promise.limits}</dd>
				</>
			)}
			{promise.kept && (
				<>
					<dt>{words.evidence}</dt>
					<dd class="mono">test/promises/{promise.id}.test.ts</dd>
				</>
			)}
		</dl>
	</article>
);
