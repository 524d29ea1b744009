// How a value is shown: choices as badges, ratings as stars, colours as swatches, links as links.
import type { DataRecord } from "freehold";
import { addDays, alertOf, type Field, fieldValue, titleOf, today, type Value } from "../model.ts";
import { isPicture } from "../picture-data.ts";
import { streak } from "../query.ts";
import { formatDay, formatValue } from "../values.ts";
import { no, words, yes } from "../words.ts";
import { Icon } from "./icon.tsx";

interface Props {
	record: DataRecord;
	field: Field;
	/** Changes the value in place, for check marks and ticked days; missing where nothing may be changed. */
	onChange?: ((value: Value) => void) | undefined;
}

export function FieldValue({ record, field, onChange }: Props) {
	const value = fieldValue(record, field);
	if (field.type === "checkins")
		return <Week days={Array.isArray(value) ? value : []} label={field.label} onChange={onChange} />;
	if (field.type === "boolean") return <Tick isOn={value === true} label={field.label} onChange={onChange} />;
	if (value === null || value === "") return <span className="none">–</span>;
	if (field.type === "image")
		return isPicture(value) ? (
			<img className="picture-thumb" src={value} alt={words.pictureOf(field.label, titleOf(record))} loading="lazy" />
		) : (
			<span className="none">–</span>
		);
	const text = formatValue(field, value);
	const alert = alertOf(record, field);
	switch (field.type) {
		case "choice":
			return <Badge field={field} text={text} />;
		case "rating":
			return <Stars count={Number(value)} />;
		case "colour":
			return (
				<span className="swatch">
					{CSS.supports("color", text) && <i style={{ background: text }} />} {text}
				</span>
			);
		case "percent":
			return (
				<span className="percent">
					<i style={{ inlineSize: `${Math.min(100, Math.max(0, Number(value)))}%` }} />
					<span>{text}</span>
				</span>
			);
		case "email":
			return <a href={`mailto:${text}`}>{text}</a>;
		case "phone":
			return <a href={`tel:${text.replace(/[^\d+]/g, "")}`}>{text}</a>;
		case "url":
			// Anything but a web address is shown and cannot be followed.
			return /^https?:\/\//i.test(text) ? (
				<a href={text} target="_blank" rel="noreferrer">
					{text.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}
				</a>
			) : (
				<span>{text}</span>
			);
		default:
			return alert ? (
				<span className="alert-value">
					<span dir="auto">{text}</span> <b className="badge warn">{alert}</b>
				</span>
			) : (
				<span dir="auto">{text}</span>
			);
	}
}

export function Badge({ field, text }: { field: Field; text: string }) {
	return (
		<span className="badge" data-tone={toneOf(field, text)} dir="auto">
			{text}
		</span>
	);
}

const scales = /priority|severity|urgency|difficulty|importance/i;

/** The colour of a choice is its place in the list, so that it is the same everywhere; a scale goes from calm to alarming. */
export function toneOf(field: Field, choice: string): number {
	const place = field.choices?.indexOf(choice) ?? -1;
	if (place < 0) return 0;
	const last = (field.choices?.length ?? 0) - 1;
	if (scales.test(field.label) && last > 0) return place === last ? 7 : place === 0 ? 3 : 2;
	return (place % 6) + 1;
}

function Stars({ count }: { count: number }) {
	return (
		<span className="stars" role="img" aria-label={words.ofFive(count)}>
			{[1, 2, 3, 4, 5].map((star) => (
				<i key={star} className={star <= Math.round(count) ? "on" : ""}>
					<Icon name="star" size={16} />
				</i>
			))}
		</span>
	);
}

function Tick({ isOn, label, onChange }: { isOn: boolean; label: string; onChange: Props["onChange"] }) {
	if (!onChange)
		return isOn ? (
			<span className="tick on" role="img" aria-label={yes}>
				<Icon name="check" size={14} />
			</span>
		) : (
			<span className="none">{no}</span>
		);
	return (
		<button
			className={isOn ? "tick on" : "tick"}
			type="button"
			aria-pressed={isOn}
			aria-label={label}
			onClick={() => onChange(!isOn)}
		>
			{isOn && <Icon name="check" size={14} />}
		</button>
	);
}

/** The last seven days, each of which can be ticked. */
function Week({ days, label, onChange }: { days: string[]; label: string; onChange: Props["onChange"] }) {
	const now = today();
	const inARow = streak(days, now);
	return (
		<span className="week" role="group" aria-label={label}>
			{[6, 5, 4, 3, 2, 1, 0].map((back) => {
				const day = addDays(now, -back);
				const isOn = days.includes(day);
				const title = isOn ? words.dayDone(formatDay(day)) : formatDay(day);
				const letter = new Date(`${day}T12:00`).toLocaleDateString(undefined, { weekday: "narrow" });
				return onChange ? (
					<button
						key={day}
						type="button"
						className={isOn ? "on" : ""}
						aria-pressed={isOn}
						aria-label={title}
						title={title}
						onClick={() => onChange(isOn ? days.filter((each) => each !== day) : [...days, day].sort())}
					>
						{isOn ? <Icon name="check" size={14} /> : letter}
					</button>
				) : (
					<span key={day} className={isOn ? "on" : ""} title={title}>
						{isOn ? <Icon name="check" size={14} /> : letter}
					</span>
				);
			})}
			<b className="streak">{inARow > 1 ? words.inARow(inARow) : ""}</b>
		</span>
	);
}
