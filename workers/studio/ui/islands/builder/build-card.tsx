// A running or just ended build in the conversation: its step, its files as they are written, a question, how it ended.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import { failureNotes, failureSentences } from "#schema/failure-words.ts";
import { promptBox, builder as words } from "../../words/builder.ts";
import { sizeOf } from "../lib/format.ts";
import { BusyButton } from "../lib/parts.tsx";
import type { BuildPicture } from "./watch-build.ts";

interface BuildCardProps {
	picture: BuildPicture;
	isConnected: boolean;
	isStopping: boolean;
	onStop(): void;
	onAnswer(text: string): Promise<void>;
}

/** A question and the closing words stand elsewhere; they are not said twice. */
const isSaying = (picture: BuildPicture) =>
	picture.text.trim() !== "" && picture.state !== "done" && picture.question?.text.trim() !== picture.text.trim();

const isRunning = ({ state }: BuildPicture) => state === "running" || state === "queued";

export const BuildCard = ({ picture, isConnected, isStopping, onStop, onAnswer }: BuildCardProps) => (
	<li class={`build-card ${picture.state}`}>
		<div class="build-head">
			<StateMark state={picture.state} />
			<strong role="status">{isRunning(picture) ? words.steps[picture.step] : words.states[picture.state]}</strong>
			{isRunning(picture) && (
				<BusyButton isBusy={isStopping} className="small" onClick={onStop}>
					<Icon name="stop" />
					{promptBox.stop}
				</BusyButton>
			)}
		</div>
		{!isConnected && isRunning(picture) && <p class="small muted">{words.reconnecting}</p>}
		{isSaying(picture) && <p class="said">{picture.text.trim()}</p>}
		{picture.files.length > 0 && <Files picture={picture} />}
		{picture.question && picture.state === "asking" && <Question question={picture.question} onAnswer={onAnswer} />}
		{picture.state === "failed" && (
			<div class="stack-s">
				{failureLines(picture).map((line) => (
					<p key={line} class={isNote(line) ? "small muted" : ""}>
						{line}
					</p>
				))}
			</div>
		)}
		{picture.state === "stopped" && <p class="small muted">{words.stoppedNote}</p>}
	</li>
);

/** What the server said of this build; only its kind is known when the message is gone. */
function failureLines({ failure, failureMessage }: BuildPicture): string[] {
	const text = failureMessage ?? (failure ? failureSentences[failure] : words.states.failed);
	return text.split("\n").filter((line) => line.trim() !== "");
}

const isNote = (line: string): boolean => Object.values(failureNotes).includes(line);

const StateMark = ({ state }: { state: BuildPicture["state"] }) => {
	if (state === "running" || state === "queued") return <span class="spinner small" aria-hidden="true" />;
	if (state === "done")
		return (
			<span class="mark good">
				<Icon name="check" />
			</span>
		);
	if (state === "asking")
		return (
			<span class="mark warn">
				<Icon name="pen" />
			</span>
		);
	return (
		<span class="mark bad">
			<Icon name={state === "failed" ? "alert" : "stop"} />
		</span>
	);
};

const Files = ({ picture }: { picture: BuildPicture }) => {
	const list = (
		<ul class="file-progress">
			{picture.files.map((file) => (
				<li key={file.path} class={file.state}>
					{file.state === "writing" ? (
						<span class="spinner tiny" aria-hidden="true" />
					) : (
						<Icon name={file.state === "deleted" ? "trash" : "check"} />
					)}
					<span class="path">{file.path}</span>
					<span class="muted tabular">{file.state === "deleted" ? "" : sizeOf(file.chars)}</span>
				</li>
			))}
		</ul>
	);
	if (isRunning(picture)) return list;
	return (
		<details class="file-details">
			<summary>{words.fileCount(picture.files.length)}</summary>
			{list}
		</details>
	);
};

const Question = ({
	question,
	onAnswer,
}: {
	question: { text: string; choices: string[] };
	onAnswer(text: string): Promise<void>;
}) => {
	const [text, setText] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const answer = async (value: string) => {
		if (value.trim() === "") return;
		setIsBusy(true);
		await onAnswer(value.trim());
		setIsBusy(false);
	};
	return (
		<form
			class="question stack"
			onSubmit={(event: Event) => {
				event.preventDefault();
				void answer(text);
			}}
		>
			<p role="alert">{question.text}</p>
			{question.choices.length > 0 && (
				<div class="actions">
					{question.choices.map((choice) => (
						<button type="button" class="btn small" disabled={isBusy} onClick={() => void answer(choice)}>
							{choice}
						</button>
					))}
				</div>
			)}
			<div class="actions nowrap">
				<input
					class="input"
					aria-label={words.answer}
					placeholder={words.answer}
					value={text}
					onInput={(event: Event) => setText((event.target as HTMLInputElement).value)}
				/>
				<BusyButton type="submit" isBusy={isBusy} isDisabled={text.trim() === ""} className="primary">
					{words.answerSend}
				</BusyButton>
			</div>
		</form>
	);
};
