// What a person sees instead of a page. Says what to do; a 500 says nothing but its request id.

import { LostArt } from "#lib/ui/illustrations.tsx";
import type { ErrorCode } from "#schema/errors.ts";
import * as copy from "../copy.ts";
import { Alone } from "../layout.tsx";
import type { AccessPageProps } from "./access-pages.tsx";

const wordsOf = (code: ErrorCode): { title: string; lead: string } => {
	const known: Partial<Record<ErrorCode, { title: string; lead: string }>> = copy.errorPages;
	return known[code] ?? copy.errorPages.unavailable;
};

export const ErrorPage = ({ code, requestId, ...props }: AccessPageProps & { code: ErrorCode; requestId: string }) => {
	const { title, lead } = wordsOf(code);
	return (
		<Alone {...props} title={title} script={null}>
			<div class="empty">
				<LostArt />
				<h1>{title}</h1>
				<p>{lead}</p>
				{(code === "internal" || code === "damaged") && (
					<p class="small">
						{copy.errorPages.requestId} <code>{requestId}</code>
					</p>
				)}
				<a class="btn primary" href="/apps">
					{copy.errorPages.home}
				</a>
			</div>
		</Alone>
	);
};
