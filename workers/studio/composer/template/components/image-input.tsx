// Choosing a picture: it is made small at once, shown, and can be taken away again.
import { useRef, useState } from "react";
import type { Field } from "../model.ts";
import { isPicture } from "../picture-data.ts";
import { shrinkPicture } from "../pictures.ts";
import { words } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
	field: Field;
	/** The picture as a data URL; empty without one. */
	text: string;
	id: string;
	described: string | undefined;
	isWrong: boolean;
	onText(text: string): void;
}

export function ImageInput({ field, text, id, described, isWrong, onText }: Props) {
	const [problem, setProblem] = useState("");
	const [isReading, setReading] = useState(false);
	const input = useRef<HTMLInputElement>(null);

	async function choose(file: File | undefined) {
		if (!file) return;
		setReading(true);
		const shrunk = await shrinkPicture(file);
		setReading(false);
		setProblem("problem" in shrunk ? shrunk.problem : "");
		if ("url" in shrunk) onText(shrunk.url);
		if (input.current) input.current.value = "";
	}

	const has = isPicture(text);
	return (
		<div className="picture-input">
			{has && <img className="picture-preview" src={text} alt={words.asSaved(field.label)} />}
			<label className="file" htmlFor={id}>
				<span className="file-words">
					<Icon name="cards" size={18} /> {isReading ? words.reading : has ? words.chooseOther : words.choosePicture}
				</span>
				<input
					ref={input}
					id={id}
					name={field.key}
					type="file"
					accept="image/*"
					aria-label={field.label}
					aria-invalid={isWrong || problem ? true : undefined}
					aria-describedby={[described, problem ? `${id}-picture` : ""].filter(Boolean).join(" ") || undefined}
					onChange={(event) => void choose(event.currentTarget.files?.[0])}
				/>
			</label>
			{has && (
				<button className="link" type="button" onClick={() => onText("")}>
					{words.removePicture}
				</button>
			)}
			{problem && (
				<span className="problem" id={`${id}-picture`} role="alert">
					<Icon name="alert" size={15} /> {problem}
				</span>
			)}
		</div>
	);
}
