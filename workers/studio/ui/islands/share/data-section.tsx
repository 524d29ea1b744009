// What the app has saved, and deleting all of it: for an app that was filled by mistake, or by somebody.
import { useState } from "hono/jsx/dom";
import type { AppData } from "#schema/api/apps.ts";
import { share as words } from "../../copy.ts";
import { type ApiFailure, remove } from "../lib/api.ts";
import { sizeOf } from "../lib/format.ts";
import { Confirm, FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";

type Which = keyof AppData;
const names: Record<Which, string> = { draft: words.draftData, live: words.liveData };

export const DataSection = ({ appId }: { key?: string; appId: string }) => {
	const { data, reload } = useLoad<AppData>(`/api/apps/${appId}/data`);
	const [asked, setAsked] = useState<Which | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const reset = async (which: Which) => {
		setIsBusy(true);
		const answer = await remove(`/api/apps/${appId}/data/${which}`);
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		setAsked(null);
		toast(words.resetDone);
		await reload();
	};
	return (
		<section class="section">
			<header>
				<h2>{words.dataTitle}</h2>
				<p>{words.dataLead}</p>
			</header>
			{data.state === "failed" && <FailureNote failure={data.failure} onRetry={() => void reload()} />}
			{data.state === "ready" && (
				<ul class="card rows">
					{(["draft", "live"] as const).map((which) => {
						const kept = data.value[which];
						if (!kept) return null;
						const records = kept.collections.reduce((sum, one) => sum + one.records, 0);
						const isEmpty = records === 0 && kept.sizeBytes === 0;
						return (
							<li class="row">
								<span class="grow">
									<strong>{names[which]}</strong>
									<br />
									<span class="muted small">
										{isEmpty ? words.noData : words.dataOf(records, sizeOf(kept.sizeBytes))}
									</span>
								</span>
								<button type="button" class="btn" disabled={isEmpty} onClick={() => setAsked(which)}>
									{words.resetData}
								</button>
							</li>
						);
					})}
				</ul>
			)}
			{asked && (
				<Confirm
					title={words.resetTitle(names[asked])}
					lead={words.resetLead}
					confirm={words.resetData}
					isDanger
					isBusy={isBusy}
					failure={failure}
					onConfirm={() => void reset(asked)}
					onClose={() => setAsked(null)}
				/>
			)}
		</section>
	);
};
