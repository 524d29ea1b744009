// Discover: what people of this region made public. Open, copy to one's own apps, report.
import { useState } from "hono/jsx/dom";
import type { Listing } from "#schema/api/sharing.ts";
import { AppCover } from "../components/app-cover.tsx";
import { Icon } from "../components/icons.tsx";
import { SearchArt } from "../components/illustrations.tsx";
import { GridSkeleton } from "../components/skeletons.tsx";
import { apps as appsCopy, shell, discover as words } from "../copy.ts";
import { type ApiFailure, post } from "./lib/api.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Ago, BusyButton, Dialog, Empty, FailureNote } from "./lib/parts.tsx";
import { SearchField } from "./lib/search-field.tsx";
import { toast } from "./lib/toast.ts";
import { usePages } from "./lib/use-pages.ts";

type Reason = keyof typeof words.reasons;

const DiscoverPage = ({ isSignedIn }: { isSignedIn: boolean }) => {
	const [query, setQuery] = useState("");
	const pages = usePages<Listing>({ path: "/api/discover", query, list: "listings", cursor: "after" });
	const listings = pages.items;
	const [reported, setReported] = useState<Listing | null>(null);
	return (
		<div class="stack-l">
			<SearchField label={words.search} onSearch={setQuery} />
			{!listings && pages.isLoading && <GridSkeleton />}
			{pages.failure && <FailureNote failure={pages.failure} onRetry={pages.reload} />}
			{listings?.length === 0 && (
				<Empty art={<SearchArt />} title={query ? words.noMatch : words.emptyTitle} lead={query || words.emptyLead} />
			)}
			{listings && listings.length > 0 && (
				<ul class="app-grid">
					{listings.map((listing) => (
						<ListingCard
							key={listing.appId}
							listing={listing}
							isSignedIn={isSignedIn}
							onReport={() => setReported(listing)}
						/>
					))}
				</ul>
			)}
			{pages.hasMore && (
				<div>
					<BusyButton isBusy={pages.isLoading} onClick={pages.more}>
						{shell.more}
					</BusyButton>
				</div>
			)}
			{reported && <ReportDialog listing={reported} onClose={() => setReported(null)} />}
		</div>
	);
};

interface ListingCardProps {
	key?: string;
	listing: Listing;
	isSignedIn: boolean;
	onReport(): void;
}

const ListingCard = ({ listing, isSignedIn, onReport }: ListingCardProps) => {
	const [isBusy, setIsBusy] = useState(false);
	const copy = async () => {
		setIsBusy(true);
		const answer = await post<{ appId: string }>(`/api/discover/${listing.appId}/fork`);
		setIsBusy(false);
		if (answer.ok) location.assign(`/apps/${answer.value.appId}`);
		else toast(answer.message, "bad");
	};
	return (
		<li class="card app-card">
			<AppCover appId={listing.appId} />
			<div class="app-card-text">
				<h2 class="card-title">
					<a href={listing.origin} target="_blank" rel="noopener noreferrer" title={words.foreign}>
						{listing.title || appsCopy.untitled}
					</a>
				</h2>
				<p class="muted small clamp">{listing.description}</p>
				<div class="app-card-foot small muted">
					<Ago at={listing.publishedAt} />
					<span class="actions card-actions">
						{isSignedIn && listing.mayFork && (
							<BusyButton isBusy={isBusy} className="small" onClick={() => void copy()}>
								<Icon name="fork" />
								{words.copy}
							</BusyButton>
						)}
						<button type="button" class="btn ghost small" onClick={onReport}>
							{words.report}
						</button>
					</span>
				</div>
			</div>
		</li>
	);
};

const ReportDialog = ({ listing, onClose }: { listing: Listing; onClose(): void }) => {
	const [reason, setReason] = useState<Reason>("phishing");
	const [text, setText] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const send = async () => {
		setIsBusy(true);
		const answer = await post(`/api/discover/${listing.appId}/report`, { reason, text: text.trim() });
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		toast(words.reported);
		onClose();
	};
	return (
		<Dialog title={words.reportTitle(listing.title)} lead={words.reportLead} onClose={onClose}>
			{failure && <FailureNote failure={failure} />}
			<form
				class="stack"
				onSubmit={(event: Event) => {
					event.preventDefault();
					void send();
				}}
			>
				<div class="field">
					<label for="reason">{words.reason}</label>
					<select
						class="input"
						id="reason"
						value={reason}
						onChange={(event: Event) => setReason((event.target as HTMLSelectElement).value as Reason)}
					>
						{(Object.keys(words.reasons) as Reason[]).map((option) => (
							<option value={option}>{words.reasons[option]}</option>
						))}
					</select>
				</div>
				<div class="field">
					<label for="details">{words.details}</label>
					<textarea
						class="input"
						id="details"
						rows={4}
						maxLength={2000}
						value={text}
						onInput={(event: Event) => setText((event.target as HTMLTextAreaElement).value)}
					/>
				</div>
				<div class="actions end">
					<button type="button" class="btn" onClick={onClose}>
						{shell.cancel}
					</button>
					<BusyButton type="submit" isBusy={isBusy} className="primary">
						{words.report}
					</BusyButton>
				</div>
			</form>
		</Dialog>
	);
};

mountIsland(DiscoverPage);
