// Files given with a prompt: read in the browser, inspected by the API one by one, and sent with the build.
import type { NewReference } from "#schema/api/apps.ts";
import { attachmentLimits } from "#schema/attachments.ts";
import type { ColumnChoice, Inspection } from "#schema/columns.ts";
import { promptBox } from "../../words/builder.ts";
import { post } from "./api.ts";

export interface Attachment {
	key: number;
	name: string;
	sizeBytes: number;
	contentBase64: string;
	state: "reading" | "ready" | "refused";
	error: string | null;
	inspection: Inspection | null;
	use: NewReference["use"];
	isHeaderConfirmed: boolean;
	/** The line of the column names that the person gave; undefined: as it was found. */
	headerLine?: number | undefined;
	/** Types that the person changed. */
	columns: ColumnChoice[];
}

let nextKey = 1;

/** Puts a file into the list, or says why not. Its content is not read yet. */
export function admitFile(file: File, already: Attachment[]): { attachment: Attachment } | { error: string } {
	if (already.length >= attachmentLimits.filesPerTurn) return { error: promptBox.tooMany };
	const isTooLarge = file.size > attachmentLimits.fileBytes;
	const total = already.reduce((sum, { sizeBytes }) => sum + sizeBytes, file.size);
	if (!isTooLarge && total > attachmentLimits.turnBytes) return { error: promptBox.totalTooLarge };
	const attachment: Attachment = {
		key: nextKey++,
		name: file.name.slice(0, 200) || "file",
		sizeBytes: file.size,
		contentBase64: "",
		state: isTooLarge ? "refused" : "reading",
		error: isTooLarge ? promptBox.tooLarge : null,
		inspection: null,
		use: "reference",
		isHeaderConfirmed: false,
		columns: [],
	};
	return { attachment };
}

/** Reads the file and asks the API what it is. Resolves to what changed in the attachment. */
export async function readAttachment(file: File, attachment: Attachment): Promise<Partial<Attachment>> {
	const contentBase64 = await readBase64(file);
	if (contentBase64 === null) return { state: "refused", error: promptBox.unreadable };
	const read = await inspectAttachment({ ...attachment, contentBase64 });
	return read.state === "ready" ? { ...read, contentBase64 } : read;
}

/** Asks the API what a file is, read as the person chose. Resolves to what changed in the attachment. */
export async function inspectAttachment(attachment: Attachment): Promise<Partial<Attachment>> {
	const answer = await post<Inspection>("/api/references/inspect", toReference(attachment));
	if (!answer.ok) return { state: "refused", error: Object.values(answer.fields)[0] ?? answer.message };
	return { state: "ready", error: null, inspection: answer.value };
}

/** Base64 of a file, by the browser's own encoder; null when it cannot be read (moved, no permission). */
function readBase64(file: File): Promise<string | null> {
	return new Promise((done) => {
		const reader = new FileReader();
		reader.onload = () => done(String(reader.result).split(",", 2)[1] ?? "");
		reader.onerror = () => done(null);
		reader.readAsDataURL(file);
	});
}

export const toReferences = (attachments: Attachment[]): NewReference[] =>
	attachments.filter(({ state }) => state === "ready").map(toReference);

function toReference({ name, contentBase64, use, isHeaderConfirmed, headerLine, columns }: Attachment): NewReference {
	return {
		name,
		contentBase64,
		use,
		isHeaderConfirmed,
		columns,
		...(headerLine === undefined ? {} : { headerLine }),
	};
}

export const isImage = ({ kind }: Inspection): boolean => /png|jpe?g|webp|gif|image/i.test(kind);
/** A table with rows, whose first may be a header; JSON names its columns itself. */
export const isTable = ({ kind, name }: Inspection): boolean =>
	/csv|table/i.test(kind) && !/\.(json|jsonl|ndjson|geojson)$/i.test(name);
