// What was sent to models for one app, build by build, down to the bytes.
import { useEffect, useState } from "hono/jsx/dom";
import { SheetsArt } from "#lib/ui/illustrations.tsx";
import type { BuildSummary, Disclosure } from "#schema/api/apps.ts";
import { type Region, regions } from "#schema/region.ts";
import { RowsSkeleton } from "../components/skeletons.tsx";
import { sent as words } from "../copy.ts";
import { type ApiFailure, get } from "./lib/api.ts";
import { sizeOf, timeOf } from "./lib/format.ts";
import { mountIsland } from "./lib/mount.tsx";
import { BusyButton, Empty, FailureNote, ShowMore } from "./lib/parts.tsx";
import { usePages } from "./lib/use-pages.ts";

const SentPage = ({ appId }: { appId: string }) => {
	const pages = usePages<Disclosure>({ path: `/api/apps/${appId}/disclosures`, list: "disclosures" });
	const builds = usePages<BuildSummary>({ path: `/api/apps/${appId}/builds`, list: "builds" });
	const prompts = new Map(builds.items?.map(({ id, prompt }) => [id, prompt]));
	const isNameless = pages.items?.some(({ buildId }) => !prompts.has(buildId)) === true;
	useEffect(() => {
		if (isNameless && builds.hasMore && !builds.isLoading && !builds.failure) builds.more();
	}, [isNameless, builds.hasMore, builds.isLoading]);
	const disclosures = pages.items;
	const note = pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />;
	if (!disclosures) return note ?? <RowsSkeleton />;
	if (disclosures.length === 0) return <Empty art={<SheetsArt />} title={words.emptyTitle} lead={words.emptyLead} />;
	const groups = Map.groupBy(disclosures, ({ buildId }) => buildId);
	return (
		<div class="stack-l">
			{[...groups].map(([buildId, group]) => (
				<section class="section" key={buildId}>
					<h2 class="clamp" dir="auto">
						{prompts.get(buildId) || timeOf(group[0]?.at ?? 0)}
					</h2>
					{group.map((disclosure) => (
						<DisclosureCard key={disclosure.id} appId={appId} disclosure={disclosure} />
					))}
				</section>
			))}
			{note}
			<ShowMore pages={pages} />
		</div>
	);
};

const DisclosureCard = ({ appId, disclosure }: { key?: string; appId: string; disclosure: Disclosure }) => {
	const [bytes, setBytes] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const show = async () => {
		if (bytes !== null) return setBytes(null);
		setIsBusy(true);
		const answer = await get<{ body: string }>(`/api/apps/${appId}/disclosures/${disclosure.id}`);
		setIsBusy(false);
		setFailure(answer.ok ? null : answer);
		if (answer.ok) setBytes(answer.value.body);
	};
	const region = disclosure.region as Region | null;
	return (
		<article class="card pad stack">
			<dl class="facts">
				<dt>{words.to}</dt>
				<dd>
					<span class="mono">{disclosure.destination}</span>{" "}
					<span class={region ? "chip good" : "chip warn"}>
						{region ? words.region(regions[region].name) : words.noRegion}
					</span>
				</dd>
				<dt>{words.model}</dt>
				<dd>
					{disclosure.provider}, {disclosure.model}
				</dd>
				<dt>{words.kept}</dt>
				<dd>{disclosure.retention}</dd>
				<dt>{words.size}</dt>
				<dd>
					{sizeOf(disclosure.sizeBytes)}, {timeOf(disclosure.at)}
				</dd>
			</dl>
			{failure && <FailureNote failure={failure} />}
			{bytes !== null && (
				<section class="bytes mono" tabindex={0} aria-label={words.exact}>
					{bytes}
				</section>
			)}
			<div>
				<BusyButton isBusy={isBusy} className="small" onClick={() => void show()}>
					{bytes === null ? words.show : words.hide}
				</BusyButton>
			</div>
		</article>
	);
};

mountIsland(SentPage);
