// The form that reports an app to the operator. It is the same in Discover and on the report page.
import { useState } from "hono/jsx/dom";
import { shell, report as words } from "../../copy.ts";
import { type ApiFailure, post } from "./api.ts";
import { BusyButton, FailureNote } from "./parts.tsx";

type Reason = keyof typeof words.reasons;

interface ReportFormProps {
	/** The app's label: the first part of its address. */
	label: string;
	onSent(): void;
	onCancel?: () => void;
}

export const ReportForm = ({ label, onSent, onCancel }: ReportFormProps) => {
	const [reason, setReason] = useState<Reason>("phishing");
	const [text, setText] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const send = async () => {
		setIsBusy(true);
		const answer = await post("/api/reports", { label, reason, text: text.trim() });
		setIsBusy(false);
		if (answer.ok) onSent();
		else setFailure(answer);
	};
	return (
		<form
			class="stack"
			onSubmit={(event: Event) => {
				event.preventDefault();
				void send();
			}}
		>
			{failure && <FailureNote failure={failure} />}
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
					dir="auto"
					value={text}
					onInput={(event: Event) => setText((event.target as HTMLTextAreaElement).value)}
				/>
			</div>
			<div class="actions end">
				{onCancel && (
					<button type="button" class="btn" onClick={onCancel}>
						{shell.cancel}
					</button>
				)}
				<BusyButton type="submit" isBusy={isBusy} className="primary">
					{words.action}
				</BusyButton>
			</div>
		</form>
	);
};
