// Days are written 2026-11-21, in the time zone of the person.

export function today(): string {
	return dayOf(new Date());
}

export function dayOf(date: Date): string {
	const two = (number: number) => String(number).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dateOf(day: string): Date {
	const [year = 0, month = 1, date = 1] = day.slice(0, 10).split("-").map(Number);
	const result = new Date(year, month - 1, date);
	// The constructor reads years below 100 as 19xx.
	result.setFullYear(year);
	return result;
}

export function addDays(day: string, days: number): string {
	const date = dateOf(day);
	date.setDate(date.getDate() + days);
	return dayOf(date);
}

/** Full days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
	const at = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
	return Math.round((at(to) - at(from)) / 86_400_000);
}

/** Full years from one day to another, as for an age. */
export function yearsBetween(from: string, to: string): number {
	return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5, 10) < from.slice(5, 10) ? 1 : 0);
}
