// Balance, plan and the ledger: every reservation, settlement and grant.

import { SheetsArt } from "#lib/ui/illustrations.tsx";
import type { Credits, LedgerEntry, OperatorAction } from "#schema/api/workspace.ts";
import { SectionsSkeleton } from "../components/skeletons.tsx";
import { credits as words } from "../copy.ts";
import { timeOf } from "./lib/format.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Empty, FailureNote, ShowMore } from "./lib/parts.tsx";
import { usePages } from "./lib/use-pages.ts";

const signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero" });

const CreditsPage = () => {
	const pages = usePages<LedgerEntry, Credits>({ path: "/api/credits", list: "entries" });
	const { items: entries, answer, failure } = pages;
	const note = failure && <FailureNote failure={failure} onRetry={() => void pages.reload()} />;
	if (!entries || !answer) return note ?? <SectionsSkeleton sections={2} />;
	const { plan, balance } = answer;
	return (
		<div class="stack-l">
			<div class="figures">
				<div class="card pad figure">
					<span class="muted small">{words.balance}</span>
					<strong class="tabular">{balance.toLocaleString("en")}</strong>
				</div>
				<div class="card pad figure">
					<span class="muted small">{words.plan}</span>
					<strong>{words.plans[plan]}</strong>
					<span class="muted small">{words.planHint}</span>
				</div>
			</div>
			<section class="section">
				<h2>{words.ledger}</h2>
				{entries.length === 0 ? (
					<Empty art={<SheetsArt />} title={words.empty} lead={words.lead} />
				) : (
					<Ledger entries={entries} />
				)}
				{note}
				<ShowMore pages={pages} />
			</section>
			<OperatorActions />
		</div>
	);
};

const OperatorActions = () => {
	const pages = usePages<OperatorAction>({ path: "/api/operator-actions", list: "actions" });
	const note = pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />;
	if (!pages.items) return note;
	return (
		<section class="section">
			<h2>{words.operator}</h2>
			{pages.items.length === 0 ? (
				<p class="muted">{words.operatorNothing}</p>
			) : (
				<ul class="card rows">
					{pages.items.map(({ id, at, action, subject }) => (
						<li key={id} class="row">
							<span class="grow">
								{(words.operatorDid as Record<string, string>)[action] ?? action} <code class="muted">{subject}</code>
							</span>
							<span class="muted tabular small">{timeOf(at)}</span>
						</li>
					))}
				</ul>
			)}
			{note}
			<ShowMore pages={pages} />
		</section>
	);
};

const Ledger = ({ entries }: { entries: LedgerEntry[] }) => (
	<section class="card table-wrap" tabindex={0} aria-label={words.ledger}>
		<table class="table">
			<thead>
				<tr>
					<th scope="col">{words.when}</th>
					<th scope="col">{words.what}</th>
					<th scope="col" class="number">
						{words.change}
					</th>
				</tr>
			</thead>
			<tbody>
				{entries.map((entry) => (
					<tr key={entry.id}>
						<td class="muted tabular">{timeOf(entry.at)}</td>
						<td>
							{words.kinds[entry.kind]}
							{entry.note && <span class="muted"> · {entry.note}</span>}
						</td>
						<td class={`number tabular ${entry.delta > 0 ? "gain" : ""}`}>{signed.format(entry.delta)}</td>
					</tr>
				))}
			</tbody>
		</table>
	</section>
);

mountIsland(CreditsPage);
