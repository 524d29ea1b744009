// How the table of trips calls each route and page so that it does all of its work, and what may take more trips than others.

import { createAccount, findAccount } from "#db/directory/accounts.ts";
import { findCredential } from "#db/directory/credentials.ts";
import { makeOneTime, stampOf } from "#studio/identity/one-time.ts";
import { hashPassword } from "#studio/identity/password.ts";
import { password } from "./client.ts";
import { challenge } from "./route-rows.ts";
import type { TripsWorld } from "./trips-world.ts";

export interface TripRow {
	/** Who calls; without it the owner, and at routes of one app the invited editor as well. */
	who?: "owner" | "guest" | "signer" | "nobody";
	/** Makes what the call uses up, and answers path parameters and body. */
	prepare?: (world: TripsWorld) => Promise<{ params?: Record<string, string>; body?: unknown; query?: string }>;
	status: number;
}

async function verifyToken(world: TripsWorld, purpose: "reset" | "email", email?: string) {
	const account = await findAccount(world.directory, world.signer.accountId);
	if (!account) throw new Error("the signer is gone");
	const credential = await findCredential(world.directory, account.id, "credential");
	const stamp = await stampOf(world.directory, account, credential?.passwordHash ?? null);
	return makeOneTime(world.directory, purpose, { accountId: account.id, stamp, ...(email ? { email } : {}) });
}

/** Of a sign-up that waits for its link to be opened. */
async function signUpToken({ directory }: TripsWorld): Promise<string> {
	const account = await createAccount(directory, { email: `waits${++written}@example.org`, name: "Ada" });
	const content = { accountId: account.id, name: "Ada", passwordHash: await hashPassword(password) };
	return makeOneTime(directory, "verify", { ...content, stamp: await stampOf(directory, account, null) });
}

const current = async (world: TripsWorld): Promise<string> =>
	(await world.owner.call(`/api/apps/${world.appId}`)).json.currentVersionId;

let written = 0;

/** Beside the rows of the matrix: what does more when it is called rightly. */
export const tripRows: Record<string, TripRow> = {
	"POST /api/account/sign-in": {
		who: "nobody",
		prepare: async ({ signer }) => ({ body: { email: signer.email, password } }),
		status: 200,
	},
	"POST /api/account/verify": {
		who: "nobody",
		prepare: async (world) => ({ body: { token: await signUpToken(world), password } }),
		status: 200,
	},
	"POST /api/account/verify/peek": {
		who: "nobody",
		prepare: async (world) => ({ body: { token: await signUpToken(world) } }),
		status: 200,
	},
	"POST /api/account/password": {
		who: "signer",
		prepare: async () => ({ body: { current: password, next: password } }),
		status: 200,
	},
	"POST /api/account/email": {
		who: "signer",
		prepare: async () => ({ body: { email: `new${++written}@example.org`, password } }),
		status: 202,
	},
	"POST /api/account/email/confirm": {
		who: "nobody",
		prepare: async (world) => ({ body: { token: await verifyToken(world, "email", world.signer.email) } }),
		status: 200,
	},
	"POST /api/account/reset": {
		who: "nobody",
		prepare: async (world) => ({ body: { token: await verifyToken(world, "reset"), password } }),
		status: 200,
	},
	"DELETE /api/account/sessions/{id}": {
		prepare: async ({ plant, owner }) => ({ params: { id: await plant.session(owner.accountId) } }),
		status: 200,
	},
	"DELETE /api/account/sessions": { who: "signer", status: 200 },
	"POST /api/account/sign-out": { who: "signer", status: 200 },
	"DELETE /api/account/passkeys/{id}": {
		prepare: async ({ plant, owner }) => ({ params: { id: await plant.passkey(owner.accountId) } }),
		status: 200,
	},
	"PATCH /api/apps/{appId}": {
		prepare: async () => ({ body: { name: "Books", description: "Mine", mayFork: true } }),
		status: 200,
	},
	"POST /api/apps/{appId}/versions": {
		prepare: async (world) => ({
			body: {
				baseVersionId: await current(world),
				write: [{ path: "note.ts", content: `export const a = ${++written};\n` }],
			},
		}),
		status: 201,
	},
	"POST /api/apps/{appId}/restore": {
		prepare: async (world) => ({ body: { versionId: await current(world) } }),
		status: 201,
	},
	"GET /api/apps/{appId}/versions/{versionId}": {
		prepare: async (world) => ({ params: { versionId: await current(world) } }),
		status: 200,
	},
	"GET /api/apps/{appId}/diff": {
		prepare: async (world) => {
			const version = await current(world);
			return { query: `?from=${version}&to=${version}` };
		},
		status: 200,
	},
	"POST /api/apps/{appId}/builds": {
		prepare: async () => ({ body: { prompt: "Add a column for the year" } }),
		status: 201,
	},
	"POST /api/apps/{appId}/builds/{buildId}/answer": {
		prepare: async ({ plant }) => ({ params: { buildId: await plant.build("asking") }, body: { text: "Yes" } }),
		status: 200,
	},
	"POST /api/apps/{appId}/builds/{buildId}/stop": {
		prepare: async ({ plant }) => ({ params: { buildId: await plant.build("queued") } }),
		status: 200,
	},
	"DELETE /api/apps/{appId}/invitations/{invitationId}": {
		prepare: async ({ plant, owner, appId }) => ({
			params: { invitationId: (await plant.invite(`gone${++written}@example.org`, owner.ownerId, appId)).id },
		}),
		status: 204,
	},
	"DELETE /api/apps/{appId}/people/{grantId}": {
		prepare: async ({ plant, owner, appId }) => ({
			params: { grantId: await plant.grant(await plant.person(), owner.ownerId, appId, "viewer") },
		}),
		status: 204,
	},
	"DELETE /api/apps/{appId}/links/{linkId}": {
		prepare: async ({ plant }) => ({ params: { linkId: (await plant.link()).id } }),
		status: 204,
	},
	"POST /api/apps/{appId}/open": {
		prepare: async () => ({ body: { kind: "draft", challenge } }),
		status: 200,
	},
	"POST /api/apps/{appId}/publish": {
		prepare: async (world) => ({
			body: { versionId: await current(world), audience: "discover", reviewed: true },
		}),
		status: 200,
	},
	"POST /api/apps/{appId}/fork": { status: 201 },
	"POST /api/discover/{appId}/fork": { who: "guest", status: 201 },
	"POST /api/invitations/accept": {
		who: "guest",
		prepare: async ({ plant, guest, owner, appId }) => ({
			body: { token: (await plant.invite(guest.email, owner.ownerId, appId, "editor")).token },
		}),
		status: 200,
	},
	"POST /api/links/peek": {
		who: "nobody",
		prepare: async ({ plant }) => ({ body: { token: (await plant.link()).token } }),
		status: 200,
	},
	"POST /api/links/open": {
		who: "nobody",
		prepare: async ({ plant }) => ({ body: { token: (await plant.link()).token, challenge } }),
		status: 200,
	},
	"POST /api/reports": {
		who: "nobody",
		prepare: async ({ label }) => ({ body: { label, reason: "spam" } }),
		status: 202,
	},
	"POST /api/approvals": {
		// the second time, it looks for the one that stands
		prepare: async ({ offer, owner }) => {
			const body = { offerId: offer.id, destination: offer.destination, confirmed: true };
			await owner.call("/api/approvals", { method: "POST", body });
			return { body };
		},
		status: 201,
	},
	"DELETE /api/approvals/{approvalId}": {
		prepare: async ({ plant }) => ({ params: { approvalId: await plant.approval() } }),
		status: 204,
	},
	"DELETE /api/history/{buildId}": {
		prepare: async ({ plant }) => ({ params: { buildId: await plant.build() } }),
		status: 204,
	},
	"DELETE /api/apps/{appId}": {
		prepare: async ({ owner }) => {
			const made = await owner.call("/api/apps", { method: "POST", body: { prompt: "A list to delete" } });
			return { params: { appId: made.json.appId } };
		},
		status: 204,
	},
};

/** Pages, by the path that the studio registers. Each is asked for by who sees the most. */
export const pageRows: Record<string, { who: "owner" | "guest" | "nobody"; status?: number }> = {
	"/": { who: "owner", status: 303 },
	"/sign-in": { who: "nobody" },
	"/sign-up": { who: "nobody" },
	"/forgot": { who: "nobody" },
	"/verify": { who: "nobody" },
	"/finish": { who: "nobody" },
	"/reset": { who: "nobody" },
	"/email": { who: "nobody" },
	"/invitation": { who: "owner" },
	"/apps": { who: "owner" },
	"/apps/new": { who: "owner" },
	"/history": { who: "owner" },
	"/credits": { who: "owner" },
	"/models": { who: "owner" },
	"/account": { who: "owner" },
	"/discover": { who: "owner" },
	"/apps/:appId": { who: "guest" },
	"/apps/:appId/share": { who: "owner" },
	"/apps/:appId/sent": { who: "guest" },
	"/view/:appId": { who: "guest" },
	"/report/:label": { who: "nobody" },
	"/s": { who: "nobody" },
	"/s/:label": { who: "nobody" },
};

/** At most so many calls wait for each other. */
export const aims = { warm: 3, cold: 6 };

const reasons = {
	identity:
		"A link or password is checked, then spent, then what hangs on it is ended, one after the other, so that a failure leaves less than before; Better Auth asks for session, account and credential in three look-ups.",
	marked:
		"Several stores change: it is noted before the first step and forgotten after the last, and each step waits for the one before, or what a crash leaves could not be mended.",
	object: "The app's build object looks for itself, in its own stores, what became of the build.",
	order:
		"What comes later must not happen unless what comes before did: a mail once it was counted and stored, an end of sessions once the right is gone, a code once the link is known, a prompt last of all that quotes it.",
} as const;
export type Reason = keyof typeof reasons;

/** What takes more, and why it must. A bound is what it takes now: less is better, more fails. */
export const exceptions: Record<string, { warm: number; cold: number; why: Reason; grows?: true }> = {
	"POST /api/account/verify": { warm: 12, cold: 13, why: "identity" },
	"POST /api/account/sign-in": { warm: 5, cold: 6, why: "identity" },
	"POST /api/account/reset": { warm: 10, cold: 11, why: "identity" },
	"POST /api/account/password": { warm: 14, cold: 15, why: "identity" },
	"POST /api/account/email/confirm": { warm: 6, cold: 7, why: "identity" },
	"POST /api/account/passkeys/options": { warm: 7, cold: 8, why: "identity" },
	"POST /api/apps": { warm: 16, cold: 17, why: "marked" },
	"DELETE /api/apps/{appId}": { warm: 14, cold: 16, why: "marked" },
	"POST /api/apps/{appId}/versions": { warm: 14, cold: 17, why: "marked" },
	"POST /api/apps/{appId}/restore": { warm: 14, cold: 17, why: "marked" },
	"POST /api/apps/{appId}/builds": { warm: 7, cold: 9, why: "marked" },
	"GET /api/apps/{appId}/builds/{buildId}/events": { warm: 6, cold: 8, why: "object" },
	"POST /api/apps/{appId}/builds/{buildId}/stop": { warm: 10, cold: 12, why: "object" },
	"POST /api/apps/{appId}/builds/{buildId}/answer": { warm: 7, cold: 9, why: "object" },
	"POST /api/apps/{appId}/invitations": { warm: 6, cold: 8, why: "order" },
	"DELETE /api/apps/{appId}/people/{grantId}": { warm: 5, cold: 8, why: "order" },
	"DELETE /api/apps/{appId}/links/{linkId}": { warm: 4, cold: 7, why: "order" },
	"POST /api/apps/{appId}/publish": { warm: 18, cold: 22, why: "marked" },
	"DELETE /api/apps/{appId}/publish": { warm: 10, cold: 14, why: "marked" },
	"POST /api/apps/{appId}/fork": { warm: 23, cold: 25, why: "marked" },
	"POST /api/discover/{appId}/fork": { warm: 26, cold: 29, why: "marked" },
	"POST /api/links/open": { warm: 4, cold: 7, why: "order" },
	"POST /api/approvals": { warm: 5, cold: 7, why: "order" },
	"DELETE /api/history/{buildId}": { warm: 5, cold: 7, why: "order", grows: true },
};
