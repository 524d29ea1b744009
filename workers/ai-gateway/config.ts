// What the operator configured: which endpoints may be called, with which models, and which region each one meets.
import { z } from "zod";
import { attachmentLimits } from "#schema/attachments.ts";
import type { Offer } from "#schema/generation.ts";
import { Region } from "#schema/region.ts";
import { type Terms, termsOf } from "./terms.ts";

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

export type ProviderName = Offer["provider"];

/** One configured model at one endpoint. `apiKey` never leaves this Worker except to `destination`. */
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

/** The first model is the default. Read from the providers' model pages on 2026-11-21. */
const defaultModels: Record<ProviderName, string> = {
	anthropic: "claude-opus-5-5,claude-sonnet-5-5,claude-haiku-5-5",
	openai: "gpt-6.1-sol,gpt-6-astra,gpt-6-luna",
};

const defaultBaseUrls: Record<ProviderName, string> = {
	anthropic: "https://api.anthropic.com",
	openai: "https://api.openai.com/v1",
};

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
	return (["anthropic", "openai"] as const).flatMap((provider) => targetsOf(provider, env));
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
		name: displayName(target.model),
		destination: target.destination,
		region: target.region,
		terms: target.terms,
		maxImageBytes,
		tools: target.hasTools,
	};
}

function targetsOf(provider: ProviderName, env: GatewayEnv): Target[] {
	const own = provider === "anthropic" ? env.ANTHROPIC_BASE_URL : env.OPENAI_BASE_URL;
	const apiKey = provider === "anthropic" ? env.ANTHROPIC_API_KEY : env.OPENAI_API_KEY;
	const models = provider === "anthropic" ? env.ANTHROPIC_MODELS : env.OPENAI_MODELS;
	const url = safeUrl(own || defaultBaseUrls[provider]);
	// A local model at an address of the operator's own needs no key; the providers themselves do.
	if (url === null || (!apiKey && !own)) return [];
	const isDirect =
		provider === "anthropic"
			? url.hostname === "api.anthropic.com"
			: /^(eu\.|us\.)?api\.openai\.com$/.test(url.hostname);
	return (models || defaultModels[provider])
		.split(",")
		.map((entry) => entry.trim())
		.filter((entry) => entry !== "" && entry.length <= 180)
		.map((entry) => {
			const [model = entry, ...marks] = entry.split("#");
			const inferenceGeo =
				provider === "anthropic" && isDirect && env.REGION === "us-east" && takesInferenceGeo(model) ? "us" : null;
			return {
				provider,
				model,
				baseUrl: url.href.replace(/\/$/, ""),
				destination: url.origin,
				apiKey: apiKey || "unused",
				region: regionOf(provider, url, isDirect, inferenceGeo, env),
				hasTools: !marks.includes("no-tools"),
				isDirect,
				inferenceGeo,
				terms: termsOf(provider, isDirect, url.origin),
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
function regionOf(
	provider: ProviderName,
	url: URL,
	isDirect: boolean,
	geo: "us" | null,
	env: GatewayEnv,
): Region | null {
	if (isDirect && provider === "anthropic") return geo === "us" ? "us-east" : null;
	if (isDirect) {
		if (url.hostname.startsWith("eu.")) return "eu-west";
		return url.hostname.startsWith("us.") ? "us-east" : null;
	}
	const said = Region.safeParse(provider === "anthropic" ? env.ANTHROPIC_REGION : env.OPENAI_REGION);
	return said.success ? said.data : null;
}

/** `inference_geo` exists from Claude 4.6 on; older models answer 400 (platform.claude.com, "Data residency"). */
function takesInferenceGeo(model: string): boolean {
	const version = /^claude-[a-z]+-(\d{1,2})(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(model);
	if (version === null) return false;
	const [major, minor] = [Number(version[1]), Number(version[2] ?? 0)];
	return major > 4 || (major === 4 && minor >= 6);
}

/** claude-opus-5-5 → Claude Opus 5.5; gpt-6.1-sol → GPT-6.1 Sol; anything else as it is written. */
function displayName(model: string): string {
	const claude = /^claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?$/.exec(model);
	const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
	if (claude) return `Claude ${capital(claude[1] ?? "")} ${[claude[2], claude[3]].filter(Boolean).join(".")}`;
	const gpt = /^gpt-([\d.]+)(?:-([a-z]+))?$/.exec(model);
	if (gpt) return `GPT-${gpt[1]}${gpt[2] ? ` ${capital(gpt[2])}` : ""}`;
	return model;
}
