// Who may build: the composer, models of the region, models outside it with an administrator's recorded approval.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { composerOfferId } from "#schema/api/apps.ts";
import type { Approval, ModelChoice, Models } from "#schema/api/workspace.ts";
import { type Region, regions } from "#schema/region.ts";
import { Named } from "../components/named.tsx";
import { SectionsSkeleton } from "../components/skeletons.tsx";
import { shell, models as words } from "../copy.ts";
import { type ApiFailure, post, remove } from "./lib/api.ts";
import { timeOf } from "./lib/format.ts";
import { mountIsland } from "./lib/mount.tsx";
import { BusyButton, Dialog, FailureNote, ShowMore } from "./lib/parts.tsx";
import { toast } from "./lib/toast.ts";
import { usePages } from "./lib/use-pages.ts";

const ModelsPage = () => {
	const pages = usePages<Approval, Models>({ path: "/api/models", list: "approvals" });
	const [approving, setApproving] = useState<ModelChoice | null>(null);
	const { items: approvals, answer, failure, reload } = pages;
	const note = failure && <FailureNote failure={failure} onRetry={() => void reload()} />;
	if (!approvals || !answer) return note ?? <SectionsSkeleton sections={2} />;
	const { choices, inForce, wouldSend, defaultOfferId } = answer;
	const offers = choices.filter(({ id }) => id !== composerOfferId);
	const inRegion = offers.filter(({ isInRegion }) => isInRegion);
	const outside = offers.filter(({ isInRegion }) => !isInRegion);
	const activeOf = (choice: ModelChoice) =>
		inForce.find(({ provider, destination }) => provider === choice.provider && destination === choice.destination);
	const revoke = async (approval: Approval) => {
		const answer = await remove(`/api/approvals/${approval.id}`);
		if (!answer.ok) toast(answer.message, "bad");
		await reload();
	};
	return (
		<div class="stack-l">
			<div class="card pad model">
				<div class="model-head">
					<h2>{words.composer}</h2>
					{defaultOfferId === composerOfferId && <span class="chip good">{words.byDefault}</span>}
				</div>
				<p class="muted">{words.composerLead}</p>
			</div>
			{offers.length === 0 && (
				<p class="notice">
					<Icon name="cpu" />
					<span>
						{words.none} {words.noneHint}
					</span>
				</p>
			)}
			{inRegion.length > 0 && (
				<section class="section">
					<h2>{words.inRegion}</h2>
					{inRegion.map((choice) => (
						<ModelCard key={choice.id} choice={choice} isDefault={choice.id === defaultOfferId} />
					))}
				</section>
			)}
			{outside.length > 0 && (
				<section class="section">
					<h2>{words.outside}</h2>
					{outside.map((choice) => {
						const approval = activeOf(choice);
						return (
							<ModelCard key={choice.id} choice={choice} isDefault={choice.id === defaultOfferId}>
								{approval ? (
									<>
										<span class="chip good">{words.approved}</span>
										<button type="button" class="btn small danger" onClick={() => void revoke(approval)}>
											{words.revoke}
										</button>
									</>
								) : (
									<button type="button" class="btn small" onClick={() => setApproving(choice)}>
										{words.approve}
									</button>
								)}
							</ModelCard>
						);
					})}
				</section>
			)}
			<section class="section">
				<h2>{words.record}</h2>
				{approvals.length === 0 ? (
					<p class="muted">{words.recordEmpty}</p>
				) : (
					<ul class="card rows">
						{approvals.map((approval) => (
							<li key={approval.id}>
								<span class="grow">
									{approval.provider}, <span class="mono">{approval.destination}</span>
								</span>
								<span class="small muted">
									<Named words={words.by} name={approval.approverName || words.goneApprover} />, {timeOf(approval.at)}
									{approval.revokedAt !== null && `, ${words.revoked(timeOf(approval.revokedAt))}`}
								</span>
							</li>
						))}
					</ul>
				)}
				{note}
				<ShowMore pages={pages} />
			</section>
			{approving && (
				<ApproveDialog
					choice={approving}
					wouldSend={wouldSend}
					onClose={() => setApproving(null)}
					onApproved={() => {
						setApproving(null);
						void reload();
					}}
				/>
			)}
		</div>
	);
};

const ModelCard = ({
	choice,
	isDefault,
	children,
}: {
	key?: string;
	choice: ModelChoice;
	isDefault: boolean;
	children?: unknown;
}) => (
	<article class="card pad model">
		<div class="model-head">
			<h3>{choice.name}</h3>
			{isDefault && <span class="chip good">{words.byDefault}</span>}
			<span class="chip">{words.perBuild(choice.creditsPerBuild)}</span>
			{choice.region && <span class="chip">{regions[choice.region as Region].name}</span>}
			<span class="actions push">{children as never}</span>
		</div>
		<dl class="facts">
			<dt>{words.destination}</dt>
			<dd class="mono">{choice.destination}</dd>
			<dt>{words.retention}</dt>
			<dd>{choice.terms.retention}</dd>
			<dt>{words.training}</dt>
			<dd>{choice.terms.training}</dd>
		</dl>
		<p class="small">
			<a href={choice.terms.url} target="_blank" rel="noopener noreferrer">
				{words.terms(choice.terms.asOf)}
			</a>
		</p>
	</article>
);

interface ApproveDialogProps {
	choice: ModelChoice;
	wouldSend: string[];
	onClose(): void;
	onApproved(): void;
}

const ApproveDialog = ({ choice, wouldSend, onClose, onApproved }: ApproveDialogProps) => {
	const [isSure, setIsSure] = useState(false);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const approve = async () => {
		setIsBusy(true);
		const answer = await post("/api/approvals", {
			offerId: choice.id,
			destination: choice.destination,
			confirmed: true,
		});
		setIsBusy(false);
		if (answer.ok) onApproved();
		else setFailure(answer);
	};
	return (
		<Dialog title={words.approveTitle} lead={words.approveLead(choice.provider, choice.destination)} onClose={onClose}>
			{failure && <FailureNote failure={failure} />}
			<div class="stack-s">
				<h3>{words.wouldSend}</h3>
				<ul class="bullets">
					{wouldSend.map((line) => (
						<li>{line}</li>
					))}
				</ul>
			</div>
			<p class="muted small">
				{words.retention}: {choice.terms.retention} {words.training}: {choice.terms.training}
			</p>
			<label class="check">
				<input type="checkbox" onChange={(event: Event) => setIsSure((event.target as HTMLInputElement).checked)} />
				<span>{words.approveCheck}</span>
			</label>
			<div class="actions end">
				<button type="button" class="btn" onClick={onClose}>
					{shell.cancel}
				</button>
				<BusyButton isBusy={isBusy} isDisabled={!isSure} className="primary" onClick={() => void approve()}>
					{words.approveConfirm}
				</BusyButton>
			</div>
		</Dialog>
	);
};

mountIsland(ModelsPage);
