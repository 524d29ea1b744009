// Balance, plan and the ledger: every reservation, settlement and grant.
import type { Credits, LedgerEntry, OperatorAction } from "#schema/api/workspace.ts";
import { SheetsArt } from "../components/illustrations.tsx";
import { SectionsSkeleton } from "../components/skeletons.tsx";
import { credits as words } from "../copy.ts";
import { timeOf } from "./lib/format.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Empty, FailureNote } from "./lib/parts.tsx";
import { useLoad } from "./lib/use-load.ts";

const signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero" });

const CreditsPage = () => {
	const { data, reload } = useLoad<Credits>("/api/credits");
	if (data.state === "loading") return <SectionsSkeleton sections={2} />;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;
	const { plan, balance, entries } = data.value;
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
			</section>
			<OperatorActions />
		</div>
	);
};

const OperatorActions = () => {
	const { data, reload } = useLoad<{ actions: OperatorAction[] }>("/api/operator-actions");
	if (data.state === "loading") return null;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;
	return (
		<section class="section">
			<h2>{words.operator}</h2>
			{data.value.actions.length === 0 ? (
				<p class="muted">{words.operatorNothing}</p>
			) : (
				<ul class="card rows">
					{data.value.actions.map(({ id, at, action, subject }) => (
						<li key={id} class="row">
							<span class="grow">
								{(words.operatorDid as Record<string, string>)[action] ?? action} <code class="muted">{subject}</code>
							</span>
							<span class="muted tabular small">{timeOf(at)}</span>
						</li>
					))}
				</ul>
			)}
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
