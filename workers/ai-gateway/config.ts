// What the operator configured: which endpoints may be called, with which models, and which region each one meets.
import { z } from "zod";
import { attachmentLimits } from "#schema/attachments.ts";
import type { Offer } from "#schema/generation.ts";
import { Region } from "#schema/region.ts";
import { providerNames, providers, termsOfOther } from "./providers/registry.ts";
import type { ProviderName, Target } from "./target.ts";

export interface GatewayEnv {
	REGION: string;
	ANTHROPIC_API_KEY?: string;
	ANTHROPIC_BASE_URL?: string;
	ANTHROPIC_MODELS?: string;
	ANTHROPIC_REGION?: string;
	OPENAI_API_KEY?: string;
	OPENAI_BASE_URL?: string;
	OPENAI_MODELS?: string;
	OPENAI_REGION?: string;
	STALL_SECONDS?: string;
	ANSWER_SECONDS?: string;
}

export const maxImageBytes = attachmentLimits.imageBytesForModel;

const seconds = (text: string | undefined, otherwise: number) => {
	const parsed = z.coerce.number().min(0.05).max(3600).safeParse(text);
	return parsed.success ? parsed.data : otherwise;
};

/** `stallSeconds`: no byte for so long ends an answer. `answerSeconds`: an answer that drips for ever ends too. */
export function readTimes(env: GatewayEnv): { stallSeconds: number; answerSeconds: number } {
	return { stallSeconds: seconds(env.STALL_SECONDS, 120), answerSeconds: seconds(env.ANSWER_SECONDS, 540) };
}

export function readTargets(env: GatewayEnv): Target[] {
	return providerNames.flatMap((provider) => targetsOf(provider, env));
}

/** Every key there is, also one whose target is set up wrongly: no key may travel in a body, to its own provider or another. */
export function readKeys(env: GatewayEnv): string[] {
	const set = Object.entries(env).flatMap(([name, value]) => (/_API_KEY$/.test(name) && value ? [String(value)] : []));
	return [...new Set([...set, ...readTargets(env).map(({ apiKey }) => apiKey)])];
}

export function toOffer(target: Target): Offer {
	return {
		id: `${target.provider}/${target.model}`,
		provider: target.provider,
		model: target.model,
		name: providers[target.provider].nameOf(target.model) ?? target.model,
		destination: target.destination,
		region: target.region,
		terms: target.terms,
		maxImageBytes,
		tools: target.hasTools,
	};
}

function targetsOf(provider: ProviderName, env: GatewayEnv): Target[] {
	const kind = providers[provider];
	const [own, apiKey] = [env[`${kind.prefix}_BASE_URL`], env[`${kind.prefix}_API_KEY`]];
	const url = safeUrl(own || kind.baseUrl);
	// A local model at an address of the operator's own needs no key; the providers themselves do.
	if (url === null || (!apiKey && !own)) return [];
	const isDirect = kind.isOwnHost(url.hostname);
	return (env[`${kind.prefix}_MODELS`] || kind.models)
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "" && entry.length <= 180)
		.map((entry) => {
			const [model = entry, ...marks] = entry.split("#");
			const inferenceGeo = isDirect && env.REGION === "us-east" && kind.takesInferenceGeo(model) ? "us" : null;
			return {
				provider,
				model,
				baseUrl: url.href.replace(/\/$/, ""),
				destination: url.origin,
				apiKey: apiKey || "unused",
				region: isDirect ? kind.regionOf(url.hostname, inferenceGeo) : saidRegion(env[`${kind.prefix}_REGION`]),
				hasTools: !marks.includes("no-tools"),
				isDirect,
				inferenceGeo,
				terms: isDirect ? kind.terms : termsOfOther(url.origin),
			};
		});
}

/** A key must not travel in the clear: plain http is for this machine only. */
function safeUrl(text: string): URL | null {
	const url = URL.parse(text);
	if (url === null || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") return null;
	const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) || url.hostname.endsWith(".localhost");
	return url.protocol === "https:" || (url.protocol === "http:" && isLoopback) ? url : null;
}

/** The providers' own hosts decide for themselves; for any other address the operator says which region it is in. */
function saidRegion(text: string | undefined): Region | null {
	const said = Region.safeParse(text);
	return said.success ? said.data : null;
}
