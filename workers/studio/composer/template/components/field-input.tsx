// The input for a field, of the kind that fits its type, with its label, its help and what is wrong with it.
import { useId } from "react";
import { app, type Field } from "../model.ts";
import { no, words, yes } from "../words.ts";
import { Icon } from "./icon.tsx";
import { ImageInput } from "./image-input.tsx";

interface Props {
	field: Field;
	/** What stands in the input, as text; the word for yes for a switch that is on. */
	text: string;
	problem: string | undefined;
	/** What was typed before in this field, to choose from. */
	known: string[];
	onText(text: string): void;
}

/** Up to this many short choices are shown side by side. */
const sideBySide = 4;

export function FieldInput({ field, text, problem, known, onText }: Props) {
	const id = useId();
	const described = [problem ? `${id}-problem` : "", field.help ? `${id}-help` : ""].filter(Boolean).join(" ");
	const common = {
		id,
		name: field.key,
		"aria-invalid": problem ? true : undefined,
		"aria-describedby": described || undefined,
		"aria-required": field.required || undefined,
	};
	const notes = (
		<>
			{field.help && (
				<span className="help" id={`${id}-help`}>
					{field.help}
				</span>
			)}
			{problem && (
				<span className="problem" id={`${id}-problem`}>
					<Icon name="alert" size={15} /> {problem}
				</span>
			)}
		</>
	);
	const choices = field.choices ?? [];
	const isShort = choices.length <= sideBySide && choices.join("").length <= 40;
	if (field.type === "rating" || (field.type === "choice" && isShort)) {
		const options =
			field.type === "rating"
				? ["1", "2", "3", "4", "5"]
				: choices.includes(text) || !text
					? choices
					: [...choices, text];
		return (
			<fieldset className="field" aria-describedby={described || undefined}>
				<legend>
					<FieldLabel field={field} />
				</legend>
				<div className={field.type === "rating" ? "rating" : "segments"}>
					{options.map((option) => (
						<label key={option} className={field.type === "rating" && Number(option) <= Number(text) ? "on" : ""}>
							<input
								type="radio"
								name={field.key}
								value={option}
								checked={text === option}
								onChange={() => onText(option)}
								aria-invalid={problem ? true : undefined}
							/>
							{field.type === "rating" ? (
								<>
									<Icon name="star" size={24} />
									<span className="sr">{words.ofFive(option)}</span>
								</>
							) : (
								<span dir="auto">{option}</span>
							)}
						</label>
					))}
					{text && !field.required && (
						<button className="link" type="button" onClick={() => onText("")}>
							{words.clear}
						</button>
					)}
				</div>
				{notes}
			</fieldset>
		);
	}
	if (field.type === "boolean") {
		return (
			<div className="field">
				<label className="switch">
					<input
						{...common}
						type="checkbox"
						role="switch"
						aria-checked={text === yes}
						checked={text === yes}
						onChange={(event) => onText(event.currentTarget.checked ? yes : no)}
					/>
					<FieldLabel field={field} />
				</label>
				{notes}
			</div>
		);
	}
	if (field.type === "image")
		return (
			<div className="field">
				<FieldLabel field={field} />
				<ImageInput
					field={field}
					text={text}
					id={id}
					described={described || undefined}
					isWrong={Boolean(problem)}
					onText={onText}
				/>
				{notes}
			</div>
		);
	return (
		<div className="field">
			<label htmlFor={id}>
				<FieldLabel field={field} />
			</label>
			{field.type === "choice" ? (
				<select {...common} value={text} onChange={(event) => onText(event.currentTarget.value)}>
					<option value="">{words.choose}</option>
					{(choices.includes(text) || !text ? choices : [...choices, text]).map((choice) => (
						<option key={choice}>{choice}</option>
					))}
				</select>
			) : field.type === "longText" ? (
				<textarea {...common} rows={4} value={text} onInput={(event) => onText(event.currentTarget.value)} />
			) : (
				<div className="with-unit">
					{field.type === "colour" && (
						<input
							type="color"
							aria-label={words.pick(field.label)}
							value={/^#[0-9a-f]{6}$/i.test(text) ? text : "#888888"}
							onInput={(event) => onText(event.currentTarget.value)}
						/>
					)}
					<input
						{...common}
						{...(kindOf(field) as { type: "text" })}
						value={text}
						list={known.length ? `${id}-known` : undefined}
						autoComplete="off"
						onInput={(event) => onText(event.currentTarget.value)}
					/>
					<Unit field={field} />
				</div>
			)}
			{known.length > 0 && (
				<datalist id={`${id}-known`}>
					{known.map((each) => (
						<option key={each} value={each} />
					))}
				</datalist>
			)}
			{notes}
		</div>
	);
}

function FieldLabel({ field }: { field: Field }) {
	return (
		<span className="label" dir="auto">
			{field.label}
			{field.required && <span className="required">{words.required}</span>}
		</span>
	);
}

function Unit({ field }: { field: Field }) {
	const unit = field.type === "money" ? app.currency : field.type === "percent" ? "%" : field.unit;
	return unit ? (
		<span className="unit" aria-hidden="true">
			{unit}
		</span>
	) : null;
}

function kindOf(field: Field): { type: string; inputMode?: "decimal" | "numeric"; placeholder?: string } {
	switch (field.type) {
		case "integer":
			return { type: "text", inputMode: "numeric" };
		case "decimal":
		case "money":
		case "percent":
			return { type: "text", inputMode: "decimal" };
		case "date":
			return { type: "date" };
		case "dateTime":
			return { type: "datetime-local" };
		case "time":
			return { type: "time" };
		case "email":
			return { type: "email" };
		case "phone":
			return { type: "tel" };
		case "url":
			return { type: "text", placeholder: "https://" };
		case "coordinates":
			return { type: "text", placeholder: "52.52, 13.40" };
		case "colour":
			return { type: "text" };
		default:
			return { type: "text" };
	}
}
