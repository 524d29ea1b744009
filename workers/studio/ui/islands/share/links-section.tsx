// Links: made with an end, shown once, revoked at any time.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { CreatedLink } from "#schema/api/sharing.ts";
import { shell, share as words } from "../../copy.ts";
import { type ApiFailure, post, remove } from "../lib/api.ts";
import { dayOf } from "../lib/format.ts";
import { Ago, BusyButton, FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import type { SharePartProps } from "./publish-section.tsx";

const dayChoices = [1, 7, 30, 90] as const;

export const LinksSection = ({ appId, sharing, onChanged }: SharePartProps) => {
	const [days, setDays] = useState<number>(7);
	const [url, setUrl] = useState<string | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const make = async () => {
		setIsBusy(true);
		setFailure(null);
		const answer = await post<typeof CreatedLink._output>(`/api/apps/${appId}/links`, { days });
		setIsBusy(false);
		if (!answer.ok) return setFailure(answer);
		setUrl(answer.value.url);
		await onChanged();
	};
	const revoke = async (linkId: string) => {
		const answer = await remove(`/api/apps/${appId}/links/${linkId}`);
		if (!answer.ok) toast(answer.message, "bad");
		setUrl(null);
		await onChanged();
	};
	return (
		<section class="section">
			<header>
				<h2>{words.linksTitle}</h2>
				<p>{words.linksLead}</p>
			</header>
			<div class="card">
				<div class="invite stack">
					{failure && <FailureNote failure={failure} />}
					{!sharing.isPublished && <p class="muted small">{words.linkNeedsPublish}</p>}
					<div class="actions">
						<label class="compare small" for="link-days">
							{words.days}
							<select
								class="input"
								id="link-days"
								value={`${days}`}
								disabled={!sharing.isPublished}
								onChange={(event: Event) => setDays(Number((event.target as HTMLSelectElement).value))}
							>
								{dayChoices.map((count) => (
									<option value={`${count}`}>{words.dayCount(count)}</option>
								))}
							</select>
						</label>
						<BusyButton isBusy={isBusy} isDisabled={!sharing.isPublished} onClick={() => void make()}>
							<Icon name="link" />
							{words.newLink}
						</BusyButton>
					</div>
					{url && <FreshLink url={url} />}
				</div>
				<ul class="rows top-line">
					{sharing.links.map((link) => (
						<li key={link.id}>
							<Icon name="link" />
							<span class="grow">
								<Ago at={link.createdAt} /> <span class="muted">· {words.ends(dayOf(link.expiresAt))}</span>
							</span>
							<button type="button" class="btn ghost small danger" onClick={() => void revoke(link.id)}>
								{words.revoke}
							</button>
						</li>
					))}
				</ul>
			</div>
		</section>
	);
};

const FreshLink = ({ url }: { url: string }) => {
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(url);
			toast(shell.copied);
		} catch {
			// no permission for the clipboard: the field can be copied by hand
		}
	};
	return (
		<div class="notice good" role="status">
			<Icon name="check" />
			<div class="stack-s">
				<p>{words.linkOnce}</p>
				<div class="actions nowrap">
					<input
						class="input mono"
						readOnly
						aria-label={words.linksTitle}
						value={url}
						onFocus={(event: Event) => (event.target as HTMLInputElement).select()}
					/>
					<button type="button" class="btn" onClick={() => void copy()}>
						<Icon name="copy" />
						{words.copy}
					</button>
				</div>
			</div>
		</div>
	);
};
