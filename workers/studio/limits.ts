// How often something may be tried, counted in the database by hashed keys. The count of an address is kept whether or not it
// has an account, so being limited tells nothing. A limit stands beside its route, in `access(…)`, and in the API's own document.
import { normalizeEmail } from "#db/directory/accounts.ts";
import type { Directory } from "#db/directory/handle.ts";
import { hitRateLimits } from "#db/directory/rate-limits.ts";
import { AppError } from "#lib/http/errors.ts";
import { type StudioContext, sessionOf } from "./http.ts";
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
	// work that costs no credit: reading an attachment, writing a version's files, making and copying apps, publishing. High enough that
	// no person meets them, also with a script of their own; plans and versions have bounds of their own
	inspectAccount: { tries: 200, windowSeconds: quarterHour },
	saveAccount: { tries: 1000, windowSeconds: hour },
	makeAccount: { tries: 600, windowSeconds: hour },
	// what stays on record or changes what others see: names, approvals, links
	changeAccount: { tries: 1000, windowSeconds: hour },
	publishAccount: { tries: 600, windowSeconds: hour },
	// one network opening a link's app again and again: each costs a code and a session
	openLink: { tries: 120, windowSeconds: 600 },
	// reports are read by a person; of one app, and of all
	reportApp: { tries: 10, windowSeconds: hour },
	reportNetwork: { tries: 60, windowSeconds: hour },
	// invitations are mails to strangers; `mailAddress` bounds them for each address
	inviteOwner: { tries: 50, windowSeconds: hour },
} as const satisfies Record<string, Limit>;

type Kind = keyof typeof limits;

/**
 * Counts a try; throws AppError `rate_limited` when there were too many. `subject` is hashed before it is stored; spellings of one
 * address are one.
 */
export const countTry = (directory: Directory, kind: Kind, subject: string): Promise<void> =>
	countTries(directory, [{ kind, subject }]);

async function countTries(directory: Directory, counts: readonly { kind: Kind; subject: string }[]): Promise<void> {
	const tries = counts.map(({ kind, subject }) => {
		const { tries: limit, windowSeconds } = limits[kind];
		return { key: `${kind}:${normalizeEmail(subject)}`, limit, windowSeconds };
	});
	const counted = tries.length === 0 ? ({ ok: true } as const) : await hitRateLimits(directory, tries);
	if (!counted.ok) throw new AppError("rate_limited", undefined, counted.retryAfterSeconds);
}

/** One limit of a route: what is counted, and for whom. */
export interface Limiter {
	kind: Kind;
	/** It bounds the callers themselves, and nobody else is hurt when it is used up. */
	isCallers: boolean;
	/** Null: the request has no such thing, and the schema of its input will refuse it. */
	subjectOf(c: StudioContext): string | null | Promise<string | null>;
}

const networkAt = (c: StudioContext) => networkOf(c.req.raw.headers);

export const byNetwork = (kind: Kind): Limiter => ({ kind, isCallers: true, subjectOf: networkAt });

/** Of one network, for each app's label in the body. */
export const byLabel = (kind: Kind): Limiter => ({
	kind,
	isCallers: true,
	subjectOf: async (c) => `${networkAt(c)} ${await fieldOf(c, "label")}`,
});

/** The address in the body, whoever sends it. */
export const byEmail = (kind: Kind): Limiter => ({
	kind,
	isCallers: false,
	async subjectOf(c) {
		const written = await fieldOf(c, "email");
		// counted as the address that it stands for; no schema takes a longer one
		return typeof written === "string" ? written.slice(0, 254) : null;
	},
});

export const byAccount = (kind: Kind): Limiter => ({
	kind,
	isCallers: true,
	subjectOf: (c) => sessionOf(c).accountId,
});

/** The tenant whose app the path names. */
export const byOwner = (kind: Kind): Limiter => ({ kind, isCallers: false, subjectOf: (c) => c.get("app").ownerId });

/** Counts one try of each; once one refuses, those after it are not counted. Throws AppError `rate_limited`. */
export async function countLimited(c: StudioContext, limiters: readonly Limiter[]): Promise<null> {
	if (limiters.length === 0) return null;
	const subjects = await Promise.all(
		limiters.map(async ({ kind, subjectOf }) => ({ kind, subject: await subjectOf(c) })),
	);
	await countTries(
		c.get("directory"),
		subjects.flatMap(({ kind, subject }) => (subject === null ? [] : [{ kind, subject }])),
	);
	return null;
}

// the body is read once and kept; what is no object, or no JSON at all, is refused by the route's own schema afterwards
async function fieldOf(c: StudioContext, name: string): Promise<unknown> {
	const body: unknown = await c.req.json().catch(() => null);
	return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
