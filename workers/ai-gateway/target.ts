// One configured model at one endpoint: what config.ts reads from the variables, and what a provider is made for.
import type { Offer } from "#schema/generation.ts";
import type { Region } from "#schema/region.ts";

export type ProviderName = Offer["provider"];
export type Terms = Offer["terms"];

/** `apiKey` never leaves this Worker except to `destination`. */
export interface Target {
	provider: ProviderName;
	model: string;
	baseUrl: string;
	/** scheme, host and port */
	destination: string;
	apiKey: string;
	region: Region | null;
	hasTools: boolean;
	/** The provider's own API, not a gateway that speaks its language: only there are its newest request fields safe. */
	isDirect: boolean;
	/** Anthropic only: where inference is asked to run. */
	inferenceGeo: "us" | null;
	terms: Terms;
}
