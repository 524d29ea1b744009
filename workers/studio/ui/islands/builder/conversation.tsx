// The left side of the builder: what was said, the build that runs, the reports the app sent, and the box for the next change.
import { useEffect, useRef } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { Message } from "#schema/api/apps.ts";
import type { Models } from "#schema/api/workspace.ts";
import { promptBox, builder as words } from "../../words/builder.ts";
import type { ApiFailure } from "../lib/api.ts";
import { Ago, BusyButton, FailureNote, ShowMore } from "../lib/parts.tsx";
import { PromptBox, type PromptSubmission } from "../lib/prompt-box.tsx";
import type { Pages } from "../lib/use-pages.ts";
import { BuildCard } from "./build-card.tsx";
import type { BuildPicture, Watched } from "./watch-build.ts";

interface ConversationProps {
	appId: string;
	pages: Pages<Message>;
	watched: Watched;
	models: Models | null;
	errorCount: number;
	isBusy: boolean;
	isStopping: boolean;
	onSend(submission: PromptSubmission): Promise<ApiFailure | null>;
	onFix(): void;
	onStop(): void;
	onAnswer(text: string): Promise<void>;
}

export const Conversation = (props: ConversationProps) => {
	const { pages, watched, errorCount } = props;
	const messages = pages.items ?? (pages.failure ? [] : null);
	const end = useRef<HTMLDivElement>(null);
	const picture = fromConversation(watched.picture, messages ?? []);
	// the answer of a build that is shown as a card is not repeated below it
	const said = (messages ?? []).filter(
		({ role, buildId }) => role === "user" || !picture || buildId !== picture.buildId || picture.state === "done",
	);
	useEffect(() => {
		end.current?.scrollIntoView({ block: "end" });
	}, [said.at(-1)?.id, picture?.state, picture?.files.length]);
	return (
		<section class="conversation" id="conversation" aria-label={words.conversation}>
			<div class="talk" tabindex={0} role="log" aria-label={words.conversation}>
				{messages === null && <div class="skeleton line half" />}
				{messages !== null && messages.length === 0 && !picture && <p class="muted">{words.started}</p>}
				{pages.failure && <FailureNote failure={pages.failure} onRetry={() => void pages.reload()} />}
				<ShowMore pages={pages} label={words.earlier} />
				<ol class="messages">
					{said.map((message) => (
						<Bubble key={message.id} message={message} />
					))}
					{picture && (
						<BuildCard
							key={picture.buildId}
							picture={picture}
							isConnected={watched.isConnected}
							isStopping={props.isStopping}
							onStop={props.onStop}
							onAnswer={props.onAnswer}
						/>
					)}
				</ol>
				<div ref={end} />
			</div>
			<div class="talk-foot">
				{errorCount > 0 && (
					<div class="notice warn fix" role="status">
						<Icon name="alert" />
						<div class="actions">
							<span title={words.fixHint}>{words.problems(errorCount)}</span>
							<BusyButton isBusy={props.isBusy} className="small" onClick={props.onFix}>
								{words.fixIt}
							</BusyButton>
						</div>
					</div>
				)}
				<PromptBox
					draftKey={`freehold_draft_${props.appId}`}
					placeholder={promptBox.changePlaceholder}
					submitLabel={promptBox.send}
					models={props.models}
					onSubmit={props.onSend}
				/>
			</div>
		</section>
	);
};

/** After a restart the stream knows that a build asks or failed, but not the words: they are in the conversation. */
function fromConversation(picture: BuildPicture | null, messages: Message[]): BuildPicture | null {
	if (!picture) return null;
	const last = (role: Message["role"]) =>
		messages.findLast((message) => message.role === role && message.buildId === picture.buildId);
	if (picture.state === "asking" && !picture.question) {
		const asked = last("question");
		return asked ? { ...picture, question: { text: asked.text, choices: asked.choices } } : picture;
	}
	if (picture.state === "failed" && picture.failureMessage === null)
		return { ...picture, failureMessage: last("assistant")?.text ?? null };
	return picture;
}

const Bubble = ({ message }: { key?: string; message: Message }) => (
	<li class={`bubble ${message.role}`}>
		<p dir="auto">{message.text}</p>
		<span class="small muted">
			<Ago at={message.at} />
		</span>
	</li>
);
