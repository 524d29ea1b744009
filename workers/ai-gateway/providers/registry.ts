// What differs from one provider to the next, one record each: a further provider is a line in `Offer.provider`, its file beside this
// one, and its record here.
import type { Region } from "#schema/region.ts";
import type { Provider } from "../provider.ts";
import type { ProviderName, Target, Terms } from "../target.ts";
import { makeAnthropic } from "./anthropic.ts";
import { makeOpenAi } from "./openai.ts";

interface ProviderKind {
	/** Its variables begin so: `<prefix>_API_KEY`, `_BASE_URL`, `_MODELS`, `_REGION`. */
	prefix: "ANTHROPIC" | "OPENAI";
	/** Where it is called unless the operator says otherwise. */
	baseUrl: string;
	/** Separated by commas; the first is the default. Read from the providers' model pages on 2026-11-21. */
	models: string;
	/** The provider's own API, not a gateway that speaks its language. */
	isOwnHost(hostname: string): boolean;
	/** At its own host only: where it promises to work. */
	regionOf(hostname: string, inferenceGeo: "us" | null): Region | null;
	/** Whether a request may ask where inference runs. */
	takesInferenceGeo(model: string): boolean;
	/** What it says about keeping and training on what it is sent: dated and linked, so that a reader can check. */
	terms: Terms;
	/** "Claude Opus 5.5"; null for a name of another pattern. */
	nameOf(model: string): string | null;
	make(target: Target): Provider;
}

export const providers: Readonly<Record<ProviderName, ProviderKind>> = {
	anthropic: {
		prefix: "ANTHROPIC",
		baseUrl: "https://api.anthropic.com",
		models: "claude-opus-5-5,claude-sonnet-5-5,claude-haiku-5-5",
		isOwnHost: (hostname) => hostname === "api.anthropic.com",
		regionOf: (_hostname, inferenceGeo) => (inferenceGeo === "us" ? "us-east" : null),
		// `inference_geo` exists from Claude 4.6 on; older models answer 400 (platform.claude.com, "Data residency")
		takesInferenceGeo: (model) => {
			const version = /^claude-[a-z]+-(\d{1,2})(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(model);
			const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
			return major > 4 || (major === 4 && minor >= 6);
		},
		terms: {
			retention:
				"Inputs and outputs of the API are deleted within 30 days, unless flagged for abuse or zero retention is agreed.",
			training: "Not used to train models under the commercial terms, unless the operator opts in.",
			url: "https://platform.claude.com/docs/en/manage-claude/api-and-data-retention",
			asOf: "2026-11-21",
		},
		nameOf: (model) => {
			const [, word, ...version] = /^claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?$/.exec(model) ?? [];
			return word === undefined ? null : `Claude ${capital(word)} ${version.filter(Boolean).join(".")}`;
		},
		make: makeAnthropic,
	},
	openai: {
		prefix: "OPENAI",
		baseUrl: "https://api.openai.com/v1",
		models: "gpt-6.1-sol,gpt-6-astra,gpt-6-luna",
		isOwnHost: (hostname) => /^(eu\.|us\.)?api\.openai\.com$/.test(hostname),
		regionOf: (hostname) => {
			if (hostname.startsWith("eu.")) return "eu-west";
			return hostname.startsWith("us.") ? "us-east" : null;
		},
		takesInferenceGeo: () => false,
		terms: {
			retention:
				"Sent with store: false. Abuse-monitoring logs are kept up to 30 days, unless zero retention is approved.",
			training: "Not used to train models, unless the operator opts in.",
			url: "https://developers.openai.com/api/docs/guides/your-data",
			asOf: "2026-11-21",
		},
		nameOf: (model) => {
			const [, version, word] = /^gpt-([\d.]+)(?:-([a-z]+))?$/.exec(model) ?? [];
			return version === undefined ? null : `GPT-${version}${word ? ` ${capital(word)}` : ""}`;
		},
		make: makeOpenAi,
	},
};

export const providerNames = Object.keys(providers) as ProviderName[];

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Of an address that is not the provider's own. */
export const termsOfOther = (destination: string): Terms => ({
	retention: "As the operator of this installation agreed with this endpoint; Freehold cannot know.",
	training: "As the operator of this installation agreed with this endpoint; Freehold cannot know.",
	url: destination,
	asOf: "2026-11-21",
});
