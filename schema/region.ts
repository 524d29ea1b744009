// The two regions, and what each means. Everything that depends on a region reads it from here.
import { z } from "zod";

export const Region = z.enum(["us-east", "eu-west"]);
export type Region = z.infer<typeof Region>;

export const regions = {
	"us-east": { name: "US-East", jurisdiction: "us", place: "the United States" },
	"eu-west": { name: "EU-West", jurisdiction: "eu", place: "the European Union" },
} as const satisfies Record<Region, { name: string; jurisdiction: "us" | "eu"; place: string }>;
