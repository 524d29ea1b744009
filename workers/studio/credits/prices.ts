// What a build costs. A reservation is taken before a model is called and covers its repair rounds; what was not used goes back.
import { composerOfferId } from "#schema/api/apps.ts";

const reservedPerBuild = 20;
const inputTokensPerCredit = 40_000;
const outputTokensPerCredit = 8_000;

/** Credits reserved for one build. The composer runs on this server and costs nothing. */
export const reservationFor = (offerId: string): number => (offerId === composerOfferId ? 0 : reservedPerBuild);

/** Credits for what a model used: at least one, never more than was reserved. */
export function chargeFor(reserved: number, usage: { inputTokens: number; outputTokens: number }): number {
	const used = usage.inputTokens / inputTokensPerCredit + usage.outputTokens / outputTokensPerCredit;
	return Math.min(reserved, Math.max(reserved > 0 ? 1 : 0, Math.ceil(used)));
}
