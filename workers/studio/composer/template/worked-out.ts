// Fields that are worked out from others of the same record. Which and how is in freehold.app.json.
import { addDays, daysBetween, today, yearsBetween } from "./days.ts";

export interface Computed {
	op:
		| "product"
		| "sum"
		| "difference"
		| "quotient"
		| "average"
		| "addDays"
		| "hoursBetween"
		| "daysBetween"
		| "daysLeft"
		| "age"
		| "bmi";
	of: string[];
	times?: number;
}

/** The result, or null where a part is missing or the result is no number. */
export function workOut({ op, times = 1 }: Computed, parts: readonly unknown[]): number | string | null {
	if (parts.some((part) => part === null || part === undefined || part === "")) return null;
	const [first, second] = parts;
	switch (op) {
		case "addDays":
			return addDays(String(first), Number(second));
		case "hoursBetween":
			return hoursBetween(String(first), String(second));
		case "daysBetween":
			return finite(daysBetween(String(first), String(second)));
		case "daysLeft":
			return finite(daysBetween(today(), String(first)));
		case "age":
			return finite(yearsBetween(String(first), today()));
		default:
			return finite(tidy(calculate(op, parts.map(Number)) * times));
	}
}

function calculate(op: Computed["op"], numbers: readonly number[]): number {
	const [first = 0, ...others] = numbers;
	const added = others.reduce((sum, number) => sum + number, 0);
	switch (op) {
		case "product":
			return others.reduce((product, number) => product * number, first);
		case "difference":
			return first - added;
		case "quotient":
			return first / (others[0] ?? 0);
		case "average":
			return (first + added) / numbers.length;
		case "bmi": {
			// Heights are written in centimetres, or in metres.
			const metres = (others[0] ?? 0) > 3 ? (others[0] ?? 0) / 100 : (others[0] ?? 0);
			return first / metres ** 2;
		}
		default:
			return first + added;
	}
}

/** 0.1 + 0.2 is 0.3: what is beyond the tenth decimal comes of the arithmetic and not of the numbers. */
const tidy = (number: number): number => Math.round(number * 1e10) / 1e10;
const finite = (number: number): number | null => (Number.isFinite(number) ? number : null);

function hoursBetween(from: string, to: string): number | null {
	const minutes = (time: string) => {
		const [hours = Number.NaN, rest = Number.NaN] = time.split(":").map(Number);
		return hours * 60 + rest;
	};
	const span = minutes(to) - minutes(from);
	// A shift that ends after midnight.
	return Number.isFinite(span) ? Math.round(((span + 1440) % 1440) / 0.6) / 100 : null;
}
