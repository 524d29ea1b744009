// Accent colours: a light and a dark form of each, both with at least 4.5:1 against what stands on or under them (WCAG 2.2, 1.4.3).

export interface Accent {
	light: string;
	dark: string;
}

/** What text stands on: the app's white and tinted surfaces, and its dark ones. */
const lightGround = "#eef0f4";
const darkGround = "#2b2e37";

const names: Record<string, string> = {
	red: "#c62f3b",
	crimson: "#b3123d",
	coral: "#d1492e",
	orange: "#c2540a",
	amber: "#a86105",
	gold: "#946b00",
	yellow: "#8a6d00",
	lime: "#4f7a0c",
	green: "#1b7f43",
	emerald: "#067a57",
	mint: "#0b7d68",
	teal: "#0d7377",
	turquoise: "#0a7585",
	cyan: "#0a7490",
	sky: "#0b6fb8",
	blue: "#2460d8",
	navy: "#29478f",
	indigo: "#4a48d4",
	violet: "#6d3fd1",
	purple: "#8436c4",
	lavender: "#7357b8",
	magenta: "#b22a97",
	fuchsia: "#b22a97",
	pink: "#c42b76",
	rose: "#c22d58",
	brown: "#8a5330",
	terracotta: "#b04f2f",
	grey: "#515b6b",
	gray: "#515b6b",
	slate: "#475a75",
	black: "#3a3f4a",
};

export const colourNames = Object.keys(names);

/** The accent for a colour's name or `#rrggbb`; null for what is neither. */
export function accentOf(colour: string): Accent | null {
	const word = colour.trim().toLowerCase();
	const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(word);
	const hex = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : word;
	if (/^#[0-9a-f]{6}$/.test(hex)) return pairOf(hex);
	return Object.hasOwn(names, word) ? pairOf(names[word] ?? "#4a48d4") : null;
}

function pairOf(hex: string): Accent {
	return { light: shift(hex, lightGround, -0.01), dark: shift(lighten(hex), darkGround, 0.01) };
}

/** Moves the lightness until the contrast with `ground` is enough. */
function shift(hex: string, ground: string, step: number): string {
	let [hue, saturation, lightness] = toHsl(hex);
	let colour = hex;
	for (let tries = 0; contrast(colour, ground) < 4.5 && tries < 100; tries += 1) {
		lightness = Math.min(1, Math.max(0, lightness + step));
		colour = fromHsl(hue, saturation, lightness);
	}
	return colour;
}

function lighten(hex: string): string {
	const [hue, saturation, lightness] = toHsl(hex);
	return fromHsl(hue, Math.min(saturation, 0.85), Math.max(lightness, 0.7));
}

/** Contrast of two colours, 1 to 21 (WCAG 2.2 definition). */
export function contrast(one: string, other: string): number {
	const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
	return (high + 0.05) / (low + 0.05);
}

const channels = (hex: string): [number, number, number] => [
	Number.parseInt(hex.slice(1, 3), 16) / 255,
	Number.parseInt(hex.slice(3, 5), 16) / 255,
	Number.parseInt(hex.slice(5, 7), 16) / 255,
];

function luminance(hex: string): number {
	const [red, green, blue] = channels(hex).map((value) =>
		value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function toHsl(hex: string): [number, number, number] {
	const [red, green, blue] = channels(hex);
	const high = Math.max(red, green, blue);
	const low = Math.min(red, green, blue);
	const span = high - low;
	const lightness = (high + low) / 2;
	if (span === 0) return [0, 0, lightness];
	const saturation = span / (1 - Math.abs(2 * lightness - 1));
	const sector =
		high === red
			? ((green - blue) / span + 6) % 6
			: high === green
				? (blue - red) / span + 2
				: (red - green) / span + 4;
	return [sector * 60, saturation, lightness];
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
	const reach = saturation * Math.min(lightness, 1 - lightness);
	const channel = (offset: number) => {
		const place = (offset + hue / 30) % 12;
		const value = lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
		return Math.round(value * 255)
			.toString(16)
			.padStart(2, "0");
	};
	return `#${channel(0)}${channel(8)}${channel(4)}`;
}
