// Discover: what people of this region made public. Open, copy to one's own apps, report.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { SearchArt } from "#lib/ui/illustrations.tsx";
import type { Listing } from "#schema/api/sharing.ts";
import { AppCover } from "../components/app-cover.tsx";
import { Named } from "../components/named.tsx";
import { GridSkeleton } from "../components/skeletons.tsx";
import { apps as appsCopy, report, discover as words } from "../copy.ts";
import { post } from "./lib/api.ts";
import { mountIsland } from "./lib/mount.tsx";
import { Ago, BusyButton, Dialog, Empty, FailureNote, ShowMore } from "./lib/parts.tsx";
import { ReportForm } from "./lib/report-form.tsx";
import { SearchField } from "./lib/search-field.tsx";
import { toast } from "./lib/toast.ts";
import { usePages } from "./lib/use-pages.ts";

const DiscoverPage = ({ isSignedIn }: { isSignedIn: boolean }) => {
	const [query, setQuery] = useState("");
	const pages = usePages<Listing>({ path: "/api/discover", query, list: "listings" });
	const listings = pages.items;
	const [reported, setReported] = useState<Listing | null>(null);
	return (
		<div class="stack-l">
			<SearchField label={words.search} onSearch={setQuery} />
			{!listings && pages.isLoading && <GridSkeleton />}
			{pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />}
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
			<ShowMore pages={pages} />
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
						<bdi>{listing.title || appsCopy.untitled}</bdi>
					</a>
				</h2>
				<p class="muted small clamp" dir="auto">
					{listing.description}
				</p>
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
							{report.action}
						</button>
					</span>
				</div>
			</div>
		</li>
	);
};

const ReportDialog = ({ listing, onClose }: { listing: Listing; onClose(): void }) => (
	<Dialog title={<Named words={report.titleOf} name={listing.title} />} lead={report.lead} onClose={onClose}>
		<ReportForm
			label={new URL(listing.origin).hostname.split(".")[0] ?? ""}
			onSent={() => {
				toast(report.sent);
				onClose();
			}}
			onCancel={onClose}
		/>
	</Dialog>
);

mountIsland(DiscoverPage);
