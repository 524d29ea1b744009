// Which models a workspace may use. An endpoint outside the tenant's region is refused unless an administrator approved it.

import type { Approval } from "#db/stores/approvals.ts";
import { composerOfferId } from "#schema/api/apps.ts";
import type { Offer } from "#schema/generation.ts";
import type { Region } from "#schema/region.ts";
import { fail, ok, type Result } from "#schema/result.ts";

/** An approval names provider and destination; both must be the offer's, and it must not be revoked. */
export function isApproved(offer: Offer, approvals: readonly Approval[]): boolean {
	return approvals.some(
		(approval) =>
			approval.revokedAt === null && approval.provider === offer.provider && approval.destination === offer.destination,
	);
}

export const isInRegion = (offer: Offer, region: Region): boolean => offer.region === region;

/** The offer, if this workspace may use it now. Asked again when the build starts: approvals can be revoked in between. */
export function chooseOffer(
	offers: readonly Offer[],
	offerId: string,
	region: Region,
	approvals: readonly Approval[],
): Result<Offer, "unknown_offer" | "approval_required"> {
	const offer = offers.find((candidate) => candidate.id === offerId);
	if (!offer) return fail("unknown_offer");
	return isInRegion(offer, region) || isApproved(offer, approvals) ? ok(offer) : fail("approval_required");
}

/** The first model that needs no question; else the composer. */
export function defaultOfferId(offers: readonly Offer[], region: Region, approvals: readonly Approval[]): string {
	return offers.find((offer) => isInRegion(offer, region) || isApproved(offer, approvals))?.id ?? composerOfferId;
}
