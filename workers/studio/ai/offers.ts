// Which models a workspace may use. An endpoint outside the tenant's region is refused unless an administrator approved it.
import type { Scope } from "#db/open.ts";
import { type Approval, approvalsInForce } from "#db/stores/approvals.ts";
import { composerOfferId } from "#schema/api/apps.ts";
import type { Offer } from "#schema/generation.ts";
import type { Region } from "#schema/region.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { StudioEnv } from "../env.ts";
import { regionOf } from "../tenants.ts";

/** A model that is configured, and whether this workspace may use it now. */
export interface Choice {
	offer: Offer;
	isInRegion: boolean;
	isAllowed: boolean;
}

/** What is configured now. A gateway that does not answer offers nothing. */
export async function listOffers(env: StudioEnv): Promise<Offer[]> {
	const offers = await env.GENERATION.offers();
	return offers.ok ? offers.value : [];
}

/** An approval names provider and destination; both must be the offer's, and it must not be revoked. */
const isApproved = (offer: Offer, approvals: readonly Approval[]): boolean =>
	approvals.some(
		(approval) =>
			approval.revokedAt === null && approval.provider === offer.provider && approval.destination === offer.destination,
	);

export const judgeOffers = (offers: readonly Offer[], region: Region, approvals: readonly Approval[]): Choice[] =>
	offers.map((offer) => {
		const isInRegion = offer.region === region;
		return { offer, isInRegion, isAllowed: isInRegion || isApproved(offer, approvals) };
	});

/** The offers as this workspace may use them. Asked at every use: an approval may be withdrawn between two. */
export async function offersFor(env: StudioEnv, scope: Scope): Promise<Choice[]> {
	const [offers, approvals] = await Promise.all([listOffers(env), approvalsInForce(scope)]);
	return judgeOffers(offers, regionOf(env), approvals);
}

/** The offer, if it may be used. */
export function chooseOffer(
	choices: readonly Choice[],
	offerId: string,
): Result<Offer, "unknown_offer" | "approval_required"> {
	const choice = choices.find(({ offer }) => offer.id === offerId);
	if (!choice) return fail("unknown_offer");
	return choice.isAllowed ? ok(choice.offer) : fail("approval_required");
}

/** The first model that needs no question; else the composer. */
export const defaultOfferId = (choices: readonly Choice[]): string =>
	choices.find(({ isAllowed }) => isAllowed)?.offer.id ?? composerOfferId;
