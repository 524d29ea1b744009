// How people come to an app and how they are gone: what tests of sharing do before they look.
import type { AccountId } from "#schema/ids.ts";
import type { Client } from "./client.ts";
import { type TestHost, tokenMailedTo } from "./host.ts";

export type Person = Client & { email: string };

export interface Place {
	role: "viewer" | "editor";
	scope: "app" | "workspace";
}

/** Invites by mail and accepts, as the two people would. The owner's plan must allow it. */
export async function addGuest(
	host: TestHost,
	owner: Client,
	appId: string,
	guest: Person,
	{ role, scope }: Place,
): Promise<void> {
	const body = { email: guest.email, role, scope };
	const invited = await owner.call(`/api/apps/${appId}/invitations`, { method: "POST", body });
	if (invited.status !== 201) throw new Error(`the invitation answered ${invited.status} ${invited.text}`);
	const token = await tokenMailedTo(host, guest.email, "/invitation");
	const accepted = await guest.call("/api/invitations/accept", { method: "POST", body: { token } });
	if (accepted.status !== 200) throw new Error(`accepting answered ${accepted.status} ${accepted.text}`);
}

/**
 * No feature deletes accounts yet. The row goes, and what hangs on it (sessions, grants, the tenant) stays, as if a deletion had
 * stopped half way. Answers the account's id.
 */
export async function removeAccountRow(host: TestHost, person: Client): Promise<AccountId> {
	const { id } = (await person.call("/api/account")).json;
	const directory = await host.runtime.getD1Database("DIRECTORY", `freehold-studio-${person.region}`);
	const { meta } = await directory.prepare("DELETE FROM accounts WHERE id = ?").bind(id).run();
	if (meta.changes === 0) throw new Error("there was no such account");
	return id;
}
