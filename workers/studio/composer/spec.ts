// The description of a composed app. It is kept in the app as `freehold.app.json`, so that the next turn, or a person with an
// editor, can change it. Everything that came from a prompt or a file is in here, as data, and nowhere else in the app's code.
import { z } from "zod";
import { FieldType } from "#schema/columns.ts";
import { FilePath } from "#schema/files.ts";

export const specPath = "freehold.app.json";

export { FieldType };

/** Property names of records. Upper-case-free of surprises: never `__proto__`, `constructor` and their like (see names.ts). */
const Key = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/);
const Label = z.string().min(1).max(80);
const Hex = z.string().regex(/^#[0-9a-f]{6}$/);

/** A value worked out from other fields of the same record. */
export const Computed = z.strictObject({
	op: z.enum([
		"product",
		"sum",
		/** The first without all the others. */
		"difference",
		"quotient",
		"average",
		"addDays",
		"hoursBetween",
		"daysBetween",
		/** From today to the day; negative when it is over. */
		"daysLeft",
		/** Full years from the day to today. */
		"age",
		/** Of a weight in kg and a height in cm. */
		"bmi",
	]),
	of: z.array(Key).min(1).max(8),
	/** The result is multiplied by this: 100 for a percentage, 60 for an hour's worth of minutes. */
	times: z.number().optional(),
});

export const Field = z.strictObject({
	key: Key,
	label: Label,
	type: FieldType,
	required: z.boolean().optional(),
	/** No two records may have the same. */
	unique: z.boolean().optional(),
	/** The least and the most that a number may be. */
	min: z.number().optional(),
	max: z.number().optional(),
	/** The most characters of a text. */
	maxLength: z.int().min(1).max(10_000).optional(),
	choices: z.array(Label).max(40).optional(),
	unit: z.string().max(12).optional(),
	/** Every number is written with so many decimals, also when they are zeros. */
	decimals: z.int().min(1).max(15).optional(),
	help: z.string().max(200).optional(),
	/** Offer what was typed before. */
	suggest: z.boolean().optional(),
	/** Years and numbers of things are not written 2,026. */
	plain: z.boolean().optional(),
	total: z.enum(["sum", "average"]).optional(),
	computed: Computed.optional(),
	/** When a record needs attention: the date has passed or come, or the number is at most another field's. */
	alert: z
		.strictObject({
			kind: z.enum(["past", "due", "atMost"]),
			field: Key.optional(),
			words: Label,
			unless: Label.optional(),
		})
		.optional(),
	/** Words of a button that sets this date to today, for example "Watered today". */
	quick: Label.optional(),
	startsAs: z.union([z.string().max(80), z.number(), z.boolean()]).optional(),
});
export type Field = z.infer<typeof Field>;

export const mostFields = 200;

export const View = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("table") }),
	z.strictObject({ kind: z.literal("cards") }),
	z.strictObject({ kind: z.literal("board"), by: Key }),
	z.strictObject({ kind: z.literal("calendar"), by: Key }),
]);
export type View = z.infer<typeof View>;

export const AppSpec = z.strictObject({
	format: z.literal(1),
	title: z.string().min(1).max(80),
	description: z.string().max(300),
	icon: z.string().regex(/^[a-z]{1,20}$/),
	accent: z.strictObject({ light: Hex, dark: Hex }),
	currency: z.string().regex(/^[A-Z]{3}$/),
	/** Names of this language keep their capitals inside a sentence. Missing: English. */
	language: z.enum(["de", "other"]).optional(),
	entity: z.strictObject({ singular: Label, plural: Label }),
	collection: z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/),
	fields: z.array(Field).min(1).max(mostFields),
	titleField: Key,
	/** The first one is shown first. */
	views: z.array(View).min(1).max(6),
	chart: z
		.strictObject({
			by: Key,
			measure: z.union([z.literal("count"), Key]),
			/** The one that was asked for; otherwise what is shown decides. */
			kind: z.enum(["bar", "line", "pie"]).optional(),
		})
		.nullable(),
	sort: z.strictObject({ key: Key, descending: z.boolean() }),
	/** Rows of an attached table. Many of them stand in several files: seed.json, seed-2.json and so on. */
	seed: z
		.strictObject({
			file: z.literal("seed.json"),
			from: z.string().max(120),
			rows: z.int(),
			files: z.int().min(1).max(20).optional(),
			/** Rows of the file that were left out, and why, for the person. */
			leftOut: z.strictObject({ rows: z.int(), why: z.string().max(200) }).optional(),
		})
		.nullable(),
	/** A picture that the person gave for the app; it stands at the top of the page. */
	picture: FilePath.optional(),
	examples: z.boolean(),
});
export type AppSpec = z.infer<typeof AppSpec>;
