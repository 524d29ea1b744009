// Publishing: where the app stands, and the review of exactly what becomes reachable before it does.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { PublishReview, Sharing } from "#schema/api/sharing.ts";
import { RowsSkeleton } from "../../components/skeletons.tsx";
import { shell, share as words } from "../../copy.ts";
import { type ApiFailure, post, remove } from "../lib/api.ts";
import { sizeOf } from "../lib/format.ts";
import { BusyButton, Confirm, Dialog, FailureNote } from "../lib/parts.tsx";
import { useLoad } from "../lib/use-load.ts";

export interface SharePartProps {
	appId: string;
	sharing: Sharing;
	onChanged(): Promise<void>;
}

export const PublishSection = ({ appId, sharing, onChanged }: SharePartProps) => {
	const [open, setOpen] = useState<"review" | "stop" | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const stop = async () => {
		setIsBusy(true);
		const answer = await remove(`/api/apps/${appId}/publish`);
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		setOpen(null);
		await onChanged();
	};
	return (
		<section class="section">
			<header>
				<h2>{words.publishTitle}</h2>
				<p>{words.publishLead}</p>
			</header>
			<div class="card pad stack">
				<div class="actions">
					<Standing sharing={sharing} />
					<span class="grow" />
					{sharing.isPublished && (
						<button type="button" class="btn" onClick={() => setOpen("stop")}>
							{words.unpublish}
						</button>
					)}
					<button type="button" class="btn primary" disabled={sharing.isBlocked} onClick={() => setOpen("review")}>
						{sharing.isPublished ? words.update : words.publish}
					</button>
				</div>
				{sharing.isBlocked && <p class="notice bad">{words.blockedLead}</p>}
				{sharing.hasUnpublishedChanges && (
					<p class="notice warn">
						<Icon name="diff" />
						<span>{words.behind}</span>
					</p>
				)}
				{sharing.isPublished && sharing.liveOrigin && (
					<p class="small muted live-address">
						{words.live}: <span class="mono">{sharing.liveOrigin}</span>
					</p>
				)}
			</div>
			{open === "review" && (
				<ReviewDialog
					appId={appId}
					isListed={sharing.isListed}
					onClose={() => setOpen(null)}
					onPublished={async () => {
						setOpen(null);
						await onChanged();
					}}
				/>
			)}
			{open === "stop" && (
				<Confirm
					title={words.unpublishTitle}
					lead={words.unpublishLead}
					confirm={words.unpublish}
					isDanger
					isBusy={isBusy}
					failure={failure}
					onConfirm={() => void stop()}
					onClose={() => setOpen(null)}
				/>
			)}
		</section>
	);
};

const Standing = ({ sharing }: { sharing: Sharing }) => {
	if (sharing.isBlocked) return <span class="chip bad">{words.blocked}</span>;
	if (sharing.isListed) return <span class="chip good">{words.listedNow}</span>;
	if (sharing.isPublished) return <span class="chip good">{words.publishedNow}</span>;
	return (
		<span class="chip">
			<Icon name="lock" />
			{words.notPublished}
		</span>
	);
};

interface ReviewProps {
	appId: string;
	isListed: boolean;
	onClose(): void;
	onPublished(): Promise<void>;
}

const ReviewDialog = ({ appId, isListed, onClose, onPublished }: ReviewProps) => {
	const { data, reload } = useLoad<PublishReview>(`/api/apps/${appId}/publish`);
	const [audience, setAudience] = useState<"people" | "discover">(isListed ? "discover" : "people");
	const [isSure, setIsSure] = useState(false);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const publish = async () => {
		if (data.state !== "ready") return;
		setIsBusy(true);
		const answer = await post(`/api/apps/${appId}/publish`, {
			versionId: data.value.versionId,
			audience,
			reviewed: true,
		});
		setIsBusy(false);
		if (answer.ok) await onPublished();
		else setFailure(answer);
	};
	return (
		<Dialog title={words.reviewTitle} lead={words.reviewLead} onClose={onClose} isWide>
			{failure && <FailureNote failure={failure} />}
			{data.state === "loading" && <RowsSkeleton rows={3} />}
			{data.state === "failed" && <FailureNote failure={data.failure} onRetry={() => void reload()} />}
			{data.state === "ready" && <Review review={data.value} />}
			<fieldset class="choices">
				<legend class="visually-hidden">{words.audience}</legend>
				{(["people", "discover"] as const).map((option) => (
					<label class="choice">
						<input type="radio" name="audience" checked={audience === option} onChange={() => setAudience(option)} />
						<span>
							<strong>{option === "people" ? words.audiencePeople : words.audienceDiscover}</strong>
							<span class="muted small">
								{option === "people" ? words.audiencePeopleHint : words.audienceDiscoverHint}
							</span>
						</span>
					</label>
				))}
			</fieldset>
			<label class="check">
				<input type="checkbox" onChange={(event: Event) => setIsSure((event.target as HTMLInputElement).checked)} />
				<span>{words.reviewed}</span>
			</label>
			<div class="actions end">
				<button type="button" class="btn" onClick={onClose}>
					{shell.cancel}
				</button>
				<BusyButton
					isBusy={isBusy}
					isDisabled={!isSure || data.state !== "ready"}
					className="primary"
					onClick={() => void publish()}
				>
					{words.confirm}
				</BusyButton>
			</div>
		</Dialog>
	);
};

const Review = ({ review }: { review: PublishReview }) => (
	<div class="stack">
		<div>
			<h3>
				<bdi>{review.name}</bdi>
			</h3>
			{review.description && (
				<p class="muted" dir="auto">
					{review.description}
				</p>
			)}
		</div>
		{review.warnings.map((warning) => (
			<p class="notice warn">
				<Icon name="alert" />
				<span>{warning}</span>
			</p>
		))}
		<details class="not-yet">
			<summary>{words.reviewFiles(review.files.length)}</summary>
			<ul class="mono">
				{review.files.map((file) => (
					<li>
						<bdi>{file.path}</bdi> <span class="muted">{sizeOf(file.sizeBytes)}</span>
					</li>
				))}
			</ul>
		</details>
		<div>
			<h3>{words.reviewData}</h3>
			{review.collections.length === 0 ? (
				<p class="muted">{words.reviewNoData}</p>
			) : (
				<ul class="bullets">
					{review.collections.map((collection) => (
						<li>
							<bdi>{collection.name}</bdi>: {words.records(collection.records)}
						</li>
					))}
				</ul>
			)}
		</div>
	</div>
);
