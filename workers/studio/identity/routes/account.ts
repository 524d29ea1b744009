// One's own account: what it says of the person, and the name, which may be changed.
import { createRoute } from "@hono/zod-openapi";
import { findAccount, type Account as Stored, updateAccount } from "#db/directory/accounts.ts";
import { getWorkspace } from "#db/stores/workspace.ts";
import { AppError } from "#lib/http/errors.ts";
import { Account, ChangeName } from "#schema/api/account.ts";
import { access } from "../../access.ts";
import { answer, body, type StudioApp, type StudioContext, sessionOf } from "../../http.ts";
import { byAccount } from "../../limits.ts";

const get = createRoute({
	method: "get",
	path: "/api/account",
	responses: { 200: answer(Account, "The account of this session.") },
	...access("workspace"),
});

const rename = createRoute({
	method: "patch",
	path: "/api/account",
	request: { body: body(ChangeName) },
	responses: { 200: answer(Account, "The account as it is now.") },
	...access("workspace", byAccount("changeAccount")),
});

export function registerAccount(app: StudioApp): void {
	app.openapi(get, async (c) => {
		const account = findAccount(c.get("directory"), sessionOf(c).accountId);
		return c.json(await describeAccount(c, account), 200);
	});

	app.openapi(rename, async (c) => {
		const renamed = updateAccount(c.get("directory"), sessionOf(c).accountId, c.req.valid("json"));
		return c.json(await describeAccount(c, renamed), 200);
	});
}

async function describeAccount(c: StudioContext, asked: Promise<Stored | null>): Promise<Account> {
	const [account, workspace] = await Promise.all([asked, getWorkspace(c.get("scope"))]);
	if (!account || !workspace) throw new AppError("not_found");
	const { id, name, email, createdAt } = account;
	return { id, name, email, region: c.get("region"), plan: workspace.plan, createdAt };
}
