// Loads the state of sharing once and hands each part what it needs; every change is confirmed by the server and reloaded.
import type { Sharing } from "#schema/api/sharing.ts";
import { SectionsSkeleton } from "../../components/skeletons.tsx";
import { share as words } from "../../copy.ts";
import { patch } from "../lib/api.ts";
import { FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";
import { DataSection } from "./data-section.tsx";
import { LinksSection } from "./links-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { PublishSection } from "./publish-section.tsx";

export const SharePage = ({ appId }: { appId: string }) => {
	const { data, reload, set } = useLoad<Sharing>(`/api/apps/${appId}/sharing`);
	if (data.state === "loading") return <SectionsSkeleton sections={4} />;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;
	const sharing = data.value;
	const setMayFork = async (mayFork: boolean) => {
		set({ ...sharing, mayFork });
		const answer = await patch(`/api/apps/${appId}`, { mayFork });
		if (!answer.ok) toast(answer.message, "bad");
		await reload();
	};
	return (
		<div class="stack-l">
			<PublishSection appId={appId} sharing={sharing} onChanged={reload} />
			<PeopleSection appId={appId} sharing={sharing} onChanged={reload} />
			<LinksSection appId={appId} sharing={sharing} onChanged={reload} />
			<DataSection key={sharing.liveOrigin ?? ""} appId={appId} />
			<section class="section">
				<header>
					<h2>{words.forkTitle}</h2>
				</header>
				<div class="card pad">
					<label class="check">
						<input
							type="checkbox"
							checked={sharing.mayFork}
							onChange={(event: Event) => void setMayFork((event.target as HTMLInputElement).checked)}
						/>
						<span>
							{words.forkLabel}
							<br />
							<span class="muted small">{words.forkHint}</span>
						</span>
					</label>
				</div>
			</section>
		</div>
	);
};
