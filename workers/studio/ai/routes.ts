// Models: what is configured, what this workspace may use, and an administrator's approvals of destinations outside the region.
import { createRoute, z } from "@hono/zod-openapi";
import { findNames } from "#db/directory/accounts.ts";
import {
	approvalsInForce,
	pageApprovals,
	recordApproval,
	revokeApproval,
	type Approval as Stored,
} from "#db/stores/approvals.ts";
import { AppError } from "#lib/http/errors.ts";
import { composerOfferId } from "#schema/api/apps.ts";
import { Approval, Approve, type Models, Models as ModelsSchema } from "#schema/api/workspace.ts";
import { type AccountId, ApprovalId } from "#schema/ids.ts";
import { access } from "../access.ts";
import { reservationFor } from "../credits/prices.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../http.ts";
import { byAccount } from "../limits.ts";
import { PageParams } from "../lists.ts";
import { defaultOfferId, judgeOffers, listOffers } from "./offers.ts";

/** Shown before an approval is given: what a build with such a model would let out. */
const wouldSend = [
	"The prompt, the conversation of the app and its name and description",
	"The app's current files",
	"Attached texts, images and PDFs; of tables only header, types and counts",
	"Error reports that you choose to send with “Fix it”",
];

async function describeModels(c: StudioContext, after?: string): Promise<Models> {
	const scope = c.get("scope");
	const [offers, inForce, record] = await Promise.all([
		listOffers(c.env),
		approvalsInForce(scope),
		pageApprovals(scope, { after }),
	]);
	const choices = judgeOffers(offers, c.get("region"), inForce);
	const approvers = [...inForce, ...record.items].map(({ approvedBy }) => approvedBy);
	const names = await findNames(c.get("directory"), approvers);
	return {
		defaultOfferId: defaultOfferId(choices),
		choices: choices.map(({ offer, isInRegion, isAllowed }) => ({
			...offer,
			isInRegion,
			isAllowed,
			creditsPerBuild: reservationFor(offer.id),
		})),
		inForce: named(inForce, names),
		approvals: named(record.items, names),
		next: record.next,
		wouldSend,
	};
}

/** With the names of those who approved: people read no ids. */
const named = (approvals: Stored[], names: Map<AccountId, string>): Approval[] =>
	approvals.map((approval) => ({ ...approval, approverName: names.get(approval.approvedBy) ?? "" }));

export function registerModelRoutes(app: StudioApp): void {
	app.openapi(
		createRoute({
			method: "get",
			path: "/api/models",
			...access("workspace"),
			request: { query: PageParams },
			responses: { 200: answer(ModelsSchema, `Configured models; \`${composerOfferId}\` always works and needs none`) },
		}),
		async (c) => c.json(await describeModels(c, c.req.valid("query").after), 200),
	);

	app.openapi(
		createRoute({
			method: "post",
			path: "/api/approvals",
			...access("workspace", byAccount("changeAccount")),
			request: { body: body(Approve) },
			responses: { 201: answer(Approval, "The recorded approval") },
		}),
		async (c) => {
			const input = c.req.valid("json");
			const offer = (await listOffers(c.env)).find(({ id }) => id === input.offerId);
			// the destination is confirmed too: what the person saw must be what is approved
			if (!offer || offer.destination !== input.destination) throw new AppError("conflict");
			const approval = await recordApproval(c.get("scope"), {
				provider: offer.provider,
				destination: offer.destination,
				approvedBy: sessionOf(c).accountId,
			});
			const { accountId, name } = sessionOf(c);
			// one that stands already may be somebody else's
			const names =
				approval.approvedBy === accountId ? null : await findNames(c.get("directory"), [approval.approvedBy]);
			const approverName = names ? (names.get(approval.approvedBy) ?? "") : name;
			return c.json({ ...approval, approverName }, 201);
		},
	);

	app.openapi(
		createRoute({
			method: "delete",
			path: "/api/approvals/{approvalId}",
			...access("workspace"),
			request: { params: z.strictObject({ approvalId: ApprovalId }) },
			responses: { 204: { description: "Withdrawn; the record stays" } },
		}),
		async (c) => {
			if (!(await revokeApproval(c.get("scope"), c.req.valid("param").approvalId))) throw new AppError("not_found");
			return c.body(null, 204);
		},
	);
}
