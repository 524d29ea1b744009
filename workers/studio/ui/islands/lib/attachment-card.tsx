// One file beside a prompt: what it is, and the choices that belong to its kind.

import { Icon } from "#lib/ui/icons.tsx";
import { promptBox as words } from "../../words/builder.ts";
import { ColumnTypes } from "./column-types.tsx";
import { sizeOf } from "./format.ts";
import { type Attachment, isImage, isTable } from "./references.ts";

interface AttachmentCardProps {
	key?: number;
	attachment: Attachment;
	onChange(part: Partial<Attachment>): void;
	/** The file is read again, in another way. */
	onRead(part: Partial<Attachment>): void;
	onRemove(): void;
}

export const AttachmentCard = ({ attachment, onChange, onRead, onRemove }: AttachmentCardProps) => {
	const { name, sizeBytes, state, error, inspection } = attachment;
	const columns = inspection?.columns ?? [];
	const notes = inspection?.notes ?? [];
	return (
		<li class={`attachment ${state}`}>
			<div class="attachment-head">
				<Icon name={state === "refused" ? "alert" : "file"} />
				<bdi class="name">{name}</bdi>
				<span class="muted small">
					{state === "reading" ? words.reading : describe(attachment)} {state === "refused" ? sizeOf(sizeBytes) : ""}
				</span>
				<button type="button" class="btn ghost icon small" aria-label={words.remove(name)} onClick={onRemove}>
					<Icon name="x" />
				</button>
			</div>
			{error && (
				<p class="error small" role="alert">
					{error}
				</p>
			)}
			{notes.length > 0 && (
				<ul class="attachment-notes small">
					{notes.map((note) => (
						<li>{note}</li>
					))}
				</ul>
			)}
			{columns.length > 0 && (
				<ColumnTypes
					columns={columns}
					choices={attachment.columns}
					isBusy={state === "reading"}
					onChoose={(choices) => onRead({ columns: choices })}
				/>
			)}
			{inspection && isTable(inspection) && (
				<label class="check small">
					<input
						type="checkbox"
						checked={attachment.isHeaderConfirmed}
						onChange={(event: Event) => onChange({ isHeaderConfirmed: (event.target as HTMLInputElement).checked })}
					/>
					<span>
						{words.headerQuestion}. <span class="muted">{words.headerHint}</span>
					</span>
				</label>
			)}
			{inspection && isTable(inspection) && (
				<label class="header-line small">
					<span>{words.headerLine}</span>
					<input
						type="number"
						min="0"
						max="10000"
						value={String(attachment.headerLine ?? inspection.headerLine ?? 0)}
						onChange={(event: Event) => {
							const line = Number((event.target as HTMLInputElement).value);
							if (Number.isInteger(line) && line >= 0) onRead({ headerLine: line, columns: [] });
						}}
					/>
					<span class="muted">{words.headerLineHint}</span>
				</label>
			)}
			{inspection && isImage(inspection) && (
				<label class="check small">
					<input
						type="checkbox"
						checked={attachment.use === "app_file"}
						onChange={(event: Event) =>
							onChange({ use: (event.target as HTMLInputElement).checked ? "app_file" : "reference" })
						}
					/>
					<span>{words.useInApp}</span>
				</label>
			)}
		</li>
	);
};

function describe({ inspection, sizeBytes, state }: Attachment): string {
	if (!inspection || state !== "ready") return "";
	const parts = [inspection.kind.toUpperCase(), sizeOf(sizeBytes)];
	if (typeof inspection.rows === "number") parts.push(words.rows(inspection.rows));
	return parts.join(" · ");
}
