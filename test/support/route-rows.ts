// A row for each route of the API: how it is called, and what somebody who may call it gets. The matrix calls each as every actor,
// and the table of trips counts what each costs. A route without a row fails in both.
import { createHash } from "node:crypto";
import { makeLabel } from "#schema/ids.ts";
import { type Client, makeClient, password } from "./client.ts";
import type { TestHost } from "./host.ts";

export type Access = "anyone" | "account" | "workspace" | "app:view" | "app:edit" | "app:own";

export const actors = [
	"owner",
	// guests of one app
	"editor",
	"viewer",
	// members of the owner's workspace
	"workspace editor",
	"workspace viewer",
	"other tenant",
	"eu-west at us-east",
	"us-east at eu-west",
	"revoked session",
	"deleted account",
	"anonymous",
] as const;
export type Actor = (typeof actors)[number];

export interface World {
	people: Record<Actor, Client>;
	appId: string;
	/** Another app of the owner, of which the guests know nothing. */
	otherAppId: string;
	buildId: string;
	versionId: string;
	otherVersionId: string;
}

/** Routes that change something and count no tries: what bounds them. */
export const boundedOtherwise: Record<string, string> = {
	"POST /api/account/sign-out": "ends the session that came with it, and nothing else",
	"DELETE /api/account/sessions": "ends what a sign-in began, and those are counted",
	"DELETE /api/account/sessions/{id}": "ends what a sign-in began",
	"POST /api/account/passkeys": "answers a challenge that was counted when it was made",
	"DELETE /api/account/passkeys/{id}": "removes what was counted when it was added",
	"DELETE /api/approvals/{approvalId}": "withdraws what was counted when it was given",
	"DELETE /api/apps/{appId}": "deletes what was counted when it was made",
	"DELETE /api/apps/{appId}/data/{which}": "deletes records, which have their own bounds",
	"DELETE /api/apps/{appId}/invitations/{invitationId}": "withdraws what was counted when it was sent",
	"DELETE /api/apps/{appId}/links/{linkId}": "revokes one of an app's few links",
	"DELETE /api/apps/{appId}/people/{grantId}": "removes one of an app's few people",
	"DELETE /api/apps/{appId}/publish": "takes off what was counted when it was published",
	"DELETE /api/history/{buildId}": "deletes a prompt that cost a credit",
	"POST /api/apps/{appId}/builds": "costs a credit, and one runs at a time",
	"POST /api/apps/{appId}/builds/{buildId}/answer": "goes on with a build that cost a credit",
	"POST /api/apps/{appId}/builds/{buildId}/stop": "ends the one build that runs",
	"POST /api/apps/{appId}/open": "a person's open codes and sessions have a bound on the app's origin",
};

export interface Row {
	/** Values of the path's parameters besides `appId`. */
	params?: (world: World) => Record<string, string>;
	body?: (world: World) => unknown;
	query?: (world: World) => string;
	/** What an actor who may call it gets. */
	status: number;
	/** Who may call it loses something: run on an app of its own. */
	isDestructive?: boolean;
	/** What a right actor gets depends on more than access (a token, a state): the code he gets instead. */
	code?: string;
}

export const challenge = createHash("sha256").update("verifier").digest("base64url");
export const zero = "0".repeat(32);
const noToken = "n".repeat(32);

// limits count per address: each call uses a new one
let emails = 0;
const unusedEmail = () => `matrix${++emails}@example.org`;

export const rows: Record<string, Row> = {
	"POST /api/account/sign-up": {
		body: () => ({ name: "X", email: unusedEmail(), password, sawNotYet: true }),
		status: 202,
	},
	"POST /api/account/verify": { body: () => ({ token: noToken, password }), status: 410, code: "expired" },
	"POST /api/account/verify/peek": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/account/resend": { body: () => ({ email: unusedEmail() }), status: 202 },
	"POST /api/account/sign-in": {
		body: () => ({ email: unusedEmail(), password: "wrong" }),
		status: 401,
		code: "wrong_credentials",
	},
	"POST /api/account/forgot": { body: () => ({ email: unusedEmail() }), status: 202 },
	"POST /api/account/reset": { body: () => ({ token: noToken, password }), status: 410, code: "expired" },
	"POST /api/account/password": {
		body: () => ({ current: "wrong", next: password }),
		status: 422,
		code: "invalid_input",
	},
	"POST /api/account/email": {
		body: () => ({ email: unusedEmail(), password: "wrong" }),
		status: 422,
		code: "invalid_input",
	},
	"POST /api/account/email/confirm": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"GET /api/account": { status: 200 },
	"PATCH /api/account": { body: () => ({ name: "Someone" }), status: 200 },
	"GET /api/account/sessions": { status: 200 },
	"DELETE /api/account/sessions/{id}": { params: () => ({ id: `ses_${zero}` }), status: 404, code: "not_found" },
	"GET /api/account/passkeys": { status: 200 },
	"POST /api/account/passkeys": { body: () => ({ name: "Key", response: {} }), status: 410, code: "expired" },
	"POST /api/account/passkeys/options": { body: () => ({ password }), status: 200 },
	"DELETE /api/account/passkeys/{id}": { params: () => ({ id: "nothing" }), status: 404, code: "not_found" },
	"POST /api/account/passkeys/sign-in/options": { status: 200 },
	"POST /api/account/passkeys/sign-in": { body: () => ({ response: {} }), status: 401, code: "wrong_credentials" },
	"GET /api/apps": { status: 200 },
	"POST /api/apps": { body: () => ({ prompt: "A list of plants" }), status: 201 },
	"GET /api/apps/{appId}": { status: 200 },
	"PATCH /api/apps/{appId}": { body: () => ({ description: "Mine" }), status: 200 },
	"GET /api/apps/{appId}/download": { status: 200 },
	"POST /api/apps/{appId}/open": { body: () => ({ kind: "live", challenge }), status: 200 },
	"GET /api/apps/{appId}/versions": { status: 200 },
	"POST /api/apps/{appId}/versions": {
		body: (w) => ({ baseVersionId: w.versionId, write: [] }),
		status: 422,
		code: "invalid_input",
	},
	"GET /api/apps/{appId}/versions/{versionId}": { params: (w) => ({ versionId: w.versionId }), status: 200 },
	"GET /api/apps/{appId}/diff": { query: (w) => `?from=${w.versionId}&to=${w.versionId}`, status: 200 },
	"POST /api/apps/{appId}/restore": { body: (w) => ({ versionId: w.otherVersionId }), status: 404, code: "not_found" },
	"POST /api/references/inspect": {
		body: () => ({ name: "a.txt", contentBase64: Buffer.from("hello").toString("base64") }),
		status: 200,
	},
	"POST /api/apps/{appId}/builds": {
		body: () => ({ prompt: "x", offerId: "nobody/offers-this" }),
		status: 503,
		code: "model_unavailable",
	},
	"GET /api/apps/{appId}/builds": { status: 200 },
	"GET /api/apps/{appId}/builds/{buildId}": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"GET /api/apps/{appId}/builds/{buildId}/events": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"POST /api/apps/{appId}/builds/{buildId}/stop": { params: (w) => ({ buildId: w.buildId }), status: 200 },
	"POST /api/apps/{appId}/builds/{buildId}/answer": {
		params: (w) => ({ buildId: w.buildId }),
		body: () => ({ text: "Yes" }),
		status: 409,
		code: "conflict",
	},
	"GET /api/apps/{appId}/messages": { status: 200 },
	"GET /api/apps/{appId}/disclosures": { status: 200 },
	"GET /api/apps/{appId}/disclosures/{disclosureId}": {
		params: () => ({ disclosureId: `dis_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/apps/{appId}/sharing": { status: 200 },
	"GET /api/apps/{appId}/people": { status: 200 },
	"POST /api/apps/{appId}/invitations": {
		body: () => ({ email: "guest@example.org", role: "viewer", scope: "app" }),
		status: 201,
	},
	"DELETE /api/apps/{appId}/invitations/{invitationId}": {
		params: () => ({ invitationId: `inv_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"DELETE /api/apps/{appId}/people/{grantId}": {
		params: () => ({ grantId: `grt_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"POST /api/apps/{appId}/links": { body: () => ({ days: 1 }), status: 201 },
	"DELETE /api/apps/{appId}/links/{linkId}": {
		params: () => ({ linkId: `lnk_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/apps/{appId}/data": { status: 200 },
	"DELETE /api/apps/{appId}/data/{which}": { params: () => ({ which: "draft" }), status: 204, isDestructive: true },
	"GET /api/apps/{appId}/publish": { status: 200 },
	"POST /api/apps/{appId}/publish": {
		body: () => ({ versionId: `ver_${zero}`, audience: "people", reviewed: true }),
		status: 409,
		code: "conflict",
	},
	"DELETE /api/apps/{appId}/publish": { status: 204, isDestructive: true },
	"POST /api/apps/{appId}/fork": { status: 403, code: "no_copies" },
	"POST /api/invitations/accept": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/peek": { body: () => ({ token: noToken }), status: 410, code: "expired" },
	"POST /api/links/open": { body: () => ({ token: noToken, challenge }), status: 410, code: "expired" },
	"GET /api/discover": { status: 200 },
	"POST /api/reports": { body: () => ({ label: makeLabel(), reason: "spam" }), status: 202 },
	"POST /api/discover/{appId}/fork": { status: 404, code: "not_found" },
	"GET /api/credits": { status: 200 },
	"GET /api/operator-actions": { status: 200 },
	"GET /api/models": { status: 200 },
	"POST /api/approvals": {
		body: () => ({ offerId: "none", destination: "https://example.org", confirmed: true }),
		status: 409,
		code: "conflict",
	},
	"DELETE /api/approvals/{approvalId}": {
		params: () => ({ approvalId: `apr_${zero}` }),
		status: 404,
		code: "not_found",
	},
	"GET /api/history": { status: 200 },
	"DELETE /api/history/{buildId}": { params: () => ({ buildId: `bld_${zero}` }), status: 404, code: "not_found" },
	// the app is gone after this
	"DELETE /api/apps/{appId}": { status: 204, isDestructive: true },
	// these end the session of the one who calls: they run last
	"DELETE /api/account/sessions": { status: 200, isDestructive: true },
	"POST /api/account/sign-out": { status: 200, isDestructive: true },
};

/** The routes, from the API's own document. */
export async function readRoutes(host: TestHost): Promise<{ key: string; access: Access; limits: string[] }[]> {
	const { paths } = (await makeClient(host, "us-east").call("/api/openapi.json")).json as {
		paths: Record<string, Record<string, { "x-access": Access; "x-limits": string[] }>>;
	};
	return Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({
			key: `${method.toUpperCase()} ${path}`,
			access: operation["x-access"],
			limits: operation["x-limits"],
		})),
	);
}
