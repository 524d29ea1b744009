// Where a person says what to build: text, files, who builds. Used for a new app and for each change. Nothing typed is lost.

import { useCallback, useEffect, useRef, useState } from "hono/jsx/dom";
import { isComposing } from "#lib/composing.ts";
import { Icon } from "#lib/ui/icons.tsx";
import { composerOfferId, type NewReference } from "#schema/api/apps.ts";
import type { ModelChoice, Models } from "#schema/api/workspace.ts";
import { attachmentEndings } from "#schema/attachments.ts";
import { limits } from "#schema/files.ts";
import { promptBox as words } from "../../words/builder.ts";
import type { ApiFailure } from "./api.ts";
import { AttachmentCard } from "./attachment-card.tsx";
import { BusyButton, FailureNote } from "./parts.tsx";
import { type Attachment, admitFile, inspectAttachment, readAttachment, toReferences } from "./references.ts";

export interface PromptSubmission {
	prompt: string;
	references: NewReference[];
	offerId: string;
}

interface PromptBoxProps {
	/** Where the text waits in this tab's storage until it was sent. */
	draftKey: string;
	placeholder: string;
	submitLabel: string;
	models: Models | null;
	isLarge?: boolean;
	isAutofocused?: boolean;
	isDisabled?: boolean;
	/** Text put in by an idea or an example; a new object replaces what is there. */
	suggestion?: { text: string } | null;
	/** Returns null when it was taken: the box empties. A failure is shown and everything stays. */
	onSubmit(submission: PromptSubmission): Promise<ApiFailure | null>;
}

const readDraft = (key: string): string => {
	try {
		return sessionStorage.getItem(key) ?? "";
	} catch {
		return "";
	}
};

function writeDraft(key: string, text: string): void {
	try {
		sessionStorage.setItem(key, text);
	} catch {
		// storage is blocked or full: the text still stands in the box
	}
}

export const PromptBox = (props: PromptBoxProps) => {
	const { draftKey, models, onSubmit, isLarge } = props;
	const box = useRef<HTMLTextAreaElement>(null);
	const picker = useRef<HTMLInputElement>(null);
	const [text, setText] = useState(() => readDraft(draftKey));
	const [attachments, setAttachments] = useState<Attachment[]>([]);
	const [note, setNote] = useState<string | null>(null);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [isDropping, setIsDropping] = useState(false);
	const [chosen, setChosen] = useState<string | null>(null);
	const offerId = chosen ?? models?.defaultOfferId ?? composerOfferId;

	const change = useCallback(
		(value: string) => {
			setText(value);
			writeDraft(draftKey, value);
		},
		[draftKey],
	);
	useEffect(() => {
		if (!props.suggestion) return;
		change(props.suggestion.text);
		box.current?.focus();
	}, [props.suggestion]);
	useEffect(() => {
		const element = box.current;
		if (!element) return;
		element.style.height = "auto";
		element.style.height = `${Math.min(element.scrollHeight + 2, isLarge ? 420 : 260)}px`;
	}, [text]);
	useEffect(() => {
		if (props.isAutofocused) box.current?.focus();
	}, []);

	const update = (key: number, part: Partial<Attachment>) =>
		setAttachments((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
	const readAgain = (one: Attachment) => {
		update(one.key, { ...one, state: "reading" });
		void inspectAttachment(one).then((part) => update(one.key, part));
	};
	const addFiles = (files: Iterable<File>) => {
		setNote(null);
		let all = attachments;
		for (const file of files) {
			const admitted = admitFile(file, all);
			if ("error" in admitted) {
				setNote(admitted.error);
				break;
			}
			const { attachment } = admitted;
			all = [...all, attachment];
			if (attachment.state === "reading")
				void readAttachment(file, attachment).then((part) => update(attachment.key, part));
		}
		setAttachments(all);
	};

	const isTooLong = text.length > limits.promptChars;
	const isReading = attachments.some(({ state }) => state === "reading");
	const canSend = text.trim() !== "" && !isTooLong && !isReading && !isBusy && !props.isDisabled;
	const submit = async () => {
		if (!canSend) return;
		setIsBusy(true);
		setFailure(null);
		const refused = await onSubmit({ prompt: text.trim(), references: toReferences(attachments), offerId });
		setIsBusy(false);
		if (refused) return setFailure(refused);
		change("");
		setAttachments([]);
	};

	return (
		<form
			class={`prompt-box ${isLarge ? "large" : ""} ${isDropping ? "is-dropping" : ""}`}
			onSubmit={(event: Event) => {
				event.preventDefault();
				void submit();
			}}
			onDragOver={(event: DragEvent) => {
				if (!event.dataTransfer?.types.includes("Files")) return;
				event.preventDefault();
				setIsDropping(true);
			}}
			onDragLeave={() => setIsDropping(false)}
			onDrop={(event: DragEvent) => {
				event.preventDefault();
				setIsDropping(false);
				addFiles(event.dataTransfer?.files ?? []);
			}}
		>
			{failure && <FailureNote failure={failure} />}
			{note && (
				<p class="notice warn" role="alert">
					{note}
				</p>
			)}
			<div class="prompt-field">
				<textarea
					ref={box}
					dir="auto"
					rows={isLarge ? 4 : 2}
					value={text}
					placeholder={props.placeholder}
					aria-label={words.label}
					aria-invalid={isTooLong ? "true" : undefined}
					onInput={(event: Event) => change((event.target as HTMLTextAreaElement).value)}
					onKeyDown={(event: KeyboardEvent) => {
						const wantsToSend =
							event.key === "Enter" && (event.metaKey || event.ctrlKey || (!isLarge && !event.shiftKey));
						if (!wantsToSend || isComposing(event)) return;
						event.preventDefault();
						void submit();
					}}
					onPaste={(event: ClipboardEvent) => {
						const files = event.clipboardData?.files;
						if (files && files.length > 0) {
							event.preventDefault();
							addFiles(files);
						}
					}}
				/>
				{attachments.length > 0 && (
					<ul class="attachments">
						{attachments.map((one) => (
							<AttachmentCard
								key={one.key}
								attachment={one}
								onChange={(part) => update(one.key, part)}
								onRead={(part) => readAgain({ ...one, ...part })}
								onRemove={() => setAttachments((all) => all.filter(({ key }) => key !== one.key))}
							/>
						))}
					</ul>
				)}
				<div class="prompt-bar">
					<button
						type="button"
						class="btn ghost icon small"
						aria-label={words.attach}
						title={words.limits}
						onClick={() => picker.current?.click()}
					>
						<Icon name="clip" />
					</button>
					<input
						ref={picker}
						type="file"
						multiple
						hidden
						aria-label={words.attach}
						accept={attachmentEndings}
						onChange={(event: Event) => {
							const input = event.target as HTMLInputElement;
							addFiles(input.files ?? []);
							input.value = "";
						}}
					/>
					<ModelPicker models={models} offerId={offerId} onChoose={setChosen} />
					<span class="prompt-space">{isTooLong && <span class="over">{words.tooLong(limits.promptChars)}</span>}</span>
					<BusyButton type="submit" isBusy={isBusy} isDisabled={!canSend} className="primary small send">
						{props.submitLabel}
						<Icon name="arrowUp" />
					</BusyButton>
				</div>
			</div>
			<Destination models={models} offerId={offerId} />
			<p class="drop-note" aria-hidden="true">
				{words.drop}
			</p>
		</form>
	);
};

const ModelPicker = ({
	models,
	offerId,
	onChoose,
}: {
	models: Models | null;
	offerId: string;
	onChoose(id: string): void;
}) => (
	<select
		class="model-pick"
		aria-label={words.model}
		value={offerId}
		onChange={(event: Event) => onChoose((event.target as HTMLSelectElement).value)}
	>
		{withComposer(models).map((choice) => (
			<option value={choice.id} disabled={!choice.isAllowed}>
				{choice.label}
			</option>
		))}
	</select>
);

/** The composer is always there, whether the list of models has loaded, is empty, or could not be read. */
function withComposer(models: Models | null): { id: string; label: string; isAllowed: boolean }[] {
	const label = ({ name, isAllowed, creditsPerBuild }: ModelChoice) =>
		`${name} · ${isAllowed ? words.credits(creditsPerBuild) : words.notAllowed}`;
	const others = (models?.choices ?? []).filter(({ id }) => id !== composerOfferId);
	return [
		{ id: composerOfferId, label: words.composerName, isAllowed: true },
		...others.map((choice) => ({ id: choice.id, label: label(choice), isAllowed: choice.isAllowed })),
	];
}

const Destination = ({ models, offerId }: { models: Models | null; offerId: string }) => {
	const choice = models?.choices.find(({ id }) => id === offerId);
	return (
		<p class="destination small">
			<Icon name={choice && offerId !== composerOfferId ? "globe" : "lock"} />
			<span>
				{choice && offerId !== composerOfferId ? `${words.sends} ${choice.destination}.` : words.sendsNowhere}{" "}
				<a href="/models">{words.manageModels}</a>
			</span>
		</p>
	);
};
