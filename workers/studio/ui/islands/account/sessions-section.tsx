// Sessions: where the person is signed in. Ending one counts on its next request.

import { Icon } from "#lib/ui/icons.tsx";
import type { SessionSummary } from "#schema/api/account.ts";
import { RowsSkeleton } from "../../components/skeletons.tsx";
import { account as words } from "../../copy.ts";
import { remove } from "../lib/api.ts";
import { ago } from "../lib/format.ts";
import { listOf } from "../lib/lists.ts";
import { FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";

export const SessionsSection = () => {
	const { data, reload } = useLoad<unknown>("/api/account/sessions");
	const end = async (path: string) => {
		const answer = await remove(path);
		toast(answer.ok ? words.ended : answer.message, answer.ok ? "good" : "bad");
		await reload();
	};
	const sessions = data.state === "ready" ? listOf<SessionSummary>(data.value, "sessions") : [];
	return (
		<section class="section">
			<header>
				<h2>{words.sessionsTitle}</h2>
				<p>{words.sessionsLead}</p>
			</header>
			{data.state === "loading" && <RowsSkeleton rows={2} />}
			{data.state === "failed" && <FailureNote failure={data.failure} onRetry={() => void reload()} />}
			{data.state === "ready" && (
				<ul class="card rows">
					{sessions.map((session) => (
						<li key={session.id}>
							<Icon name="desktop" />
							<span class="grow">
								<bdi>{session.device}</bdi>
								<br />
								<span class="muted small">{words.seen(ago(session.lastSeenAt))}</span>
							</span>
							{session.isCurrent ? (
								<span class="chip good">{words.thisOne}</span>
							) : (
								<button
									type="button"
									class="btn ghost small danger"
									onClick={() => void end(`/api/account/sessions/${session.id}`)}
								>
									{words.end}
								</button>
							)}
						</li>
					))}
					{sessions.length > 1 && (
						<li>
							<button type="button" class="btn small" onClick={() => void end("/api/account/sessions")}>
								{words.endOthers}
							</button>
						</li>
					)}
				</ul>
			)}
		</section>
	);
};
