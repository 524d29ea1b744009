// How often something may be tried, counted in the database by hashed keys. The count of an address is kept whether or not it
// has an account, so being limited tells nothing.
import { normalizeEmail } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { hitRateLimit } from "#db/directory/rate-limits.ts";
import { AppError } from "#lib/http/errors.ts";
import type { StudioContext } from "./http.ts";
import { networkOf } from "./identity/visitor.ts";

interface Limit {
	tries: number;
	windowSeconds: number;
}

const quarterHour = 900;
const hour = 3_600;

const limits = {
	// guessing one account's password, from anywhere
	signInAddress: { tries: 10, windowSeconds: quarterHour },
	// guessing many accounts' passwords from one network (a /24 may be a whole company)
	signInNetwork: { tries: 100, windowSeconds: quarterHour },
	signUpNetwork: { tries: 100, windowSeconds: hour },
	// filling somebody's mailbox
	mailAddress: { tries: 5, windowSeconds: hour },
	mailNetwork: { tries: 200, windowSeconds: hour },
	// guessing tokens is hopeless at 256 bits; this bounds the work
	tokenNetwork: { tries: 200, windowSeconds: hour },
	// a stolen session guessing the password behind it
	passwordAccount: { tries: 10, windowSeconds: quarterHour },
	// one network opening a link's app again and again: each costs a code and a session
	openLink: { tries: 120, windowSeconds: 600 },
	// reports are read by a person; of one app, and of all
	reportApp: { tries: 10, windowSeconds: hour },
	reportNetwork: { tries: 60, windowSeconds: hour },
	// invitations are mails to strangers; `mailAddress` bounds them for each address
	inviteOwner: { tries: 50, windowSeconds: hour },
} as const satisfies Record<string, Limit>;

/** Counts a try; throws AppError `rate_limited` when there were too many. `subject` is hashed before it is stored. */
export async function countTry(directory: Directory, kind: keyof typeof limits, subject: string): Promise<void> {
	const { tries, windowSeconds } = limits[kind];
	const counted = await hitRateLimit(directory, `${kind}:${normalizeEmail(subject)}`, tries, windowSeconds);
	if (!counted.ok) throw new AppError("rate_limited");
}

/** The same for the network that a request comes from. `of` parts the count, for example by app. */
export const countNetwork = (c: StudioContext, kind: keyof typeof limits, of = ""): Promise<void> =>
	countTry(c.get("directory"), kind, `${networkOf(c.req.raw.headers)}${of && ` ${of}`}`);
