// Operator commands on a running local host, over a Unix socket in the state folder: whoever may read the state may give them.
// They are never routes. What they do to a workspace shows in its own ledger or log.
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import type { Miniflare } from "miniflare";
import { z } from "zod";
import { type Account, findAccountByEmail, findAccountOfOwner } from "#db/directory/accounts.ts";
import { findGrantsOfAccount } from "#db/directory/grants.ts";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { findLabelOfApp, type LabelEntry, listLabelsOfApp, listLabelsOfOwner } from "#db/directory/labels.ts";
import { blockListing } from "#db/directory/listings.ts";
import { logOperatorAction } from "#db/directory/operator-log.ts";
import { closeReport, pageOpenReports } from "#db/directory/reports.ts";
import { deleteSessionsOfAccount } from "#db/directory/sessions.ts";
import { endSuspension, isSuspended, suspend } from "#db/directory/suspensions.ts";
import { all } from "#db/pages.ts";
import type { ShardName } from "#db/shards.ts";
import { getApp, setAppState } from "#db/stores/apps.ts";
import { grantCredits, setPlan } from "#db/stores/credits.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { AppError } from "#lib/http/errors.ts";
import { Plan } from "#schema/api/workspace.ts";
import { EmailAddress } from "#schema/email-address.ts";
import { type AccountId, AppId, type Id, type Label, OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import type { OperatorBlock, OperatorRpc } from "#schema/rpc.ts";
import { entitlements } from "../../workers/studio/credits/plans.ts";
import { openPlaced, type TenantStores } from "../../workers/studio/open-tenant.ts";
import { openKeyring } from "./rotation.ts";
import type { State } from "./state.ts";

const who = z.union([OwnerId, EmailAddress]);

export const OperatorCommand = z.discriminatedUnion("command", [
	z.strictObject({
		command: z.literal("grant-credits"),
		region: Region,
		who,
		credits: z.int().min(1).max(1_000_000),
		note: z.string().regex(/^[a-z0-9_-]{1,40}$/),
	}),
	z.strictObject({ command: z.literal("set-plan"), region: Region, who, plan: Plan }),
	z.strictObject({ command: z.enum(["block", "unblock"]), region: Region, appId: AppId }),
	z.strictObject({ command: z.enum(["suspend", "unsuspend"]), region: Region, who }),
	z.strictObject({ command: z.literal("reports"), region: Region }),
	z.strictObject({ command: z.literal("rotate-kek"), region: Region }),
	z.strictObject({
		command: z.literal("close-report"),
		region: Region,
		reportId: z.string().regex(/^rpt_[0-9a-f]{32}$/),
	}),
]);
export type OperatorCommand = z.infer<typeof OperatorCommand>;

export interface OperatorAnswer {
	ok: boolean;
	text: string;
}

const done = (text: string): OperatorAnswer => ({ ok: true, text });
const refused = (text: string): OperatorAnswer => ({ ok: false, text });

export function runOperatorCommand(runtime: Miniflare, state: State) {
	async function openRegion(region: Region) {
		const { keyring } = await openKeyring(runtime, state, region);
		const opened = await keyring.openDirectory();
		if (!opened.ok) throw new Error(opened.reason);
		const { keyId, index, seal } = opened.value;
		const keys = await makeDirectoryKeys(region, keyId, { index: Secret.take(index), seal: Secret.take(seal) });
		const db = (await runtime.getD1Database("DIRECTORY", `freehold-studio-${region}`)) as never;
		return { keyring, directory: openDirectory({ db, keys, now: Date.now }) };
	}

	/** Null for an owner who was never placed, or whose key is gone. */
	async function openOwner(region: Region, directory: Directory, keyring: TenantStores["keyring"], ownerId: OwnerId) {
		const shard = async (name: ShardName) =>
			(await runtime.getD1Database(name, `freehold-studio-${region}`)) as unknown as D1Database;
		try {
			return await openPlaced({ region, keyring, shard, now: Date.now }, directory, { ownerId, mayWrite: true });
		} catch (error) {
			if (error instanceof AppError && error.code === "not_found") return null;
			throw error;
		}
	}

	function findAccountOf(directory: Directory, subject: string): Promise<Account | null> {
		const byId = OwnerId.safeParse(subject);
		return byId.success ? findAccountOfOwner(directory, byId.data) : findAccountByEmail(directory, subject);
	}

	const runtimeOf = async (region: Region, label: Label) => {
		const objects = await runtime.getDurableObjectNamespace("APP_RUNTIME", `freehold-sandbox-host-${region}`);
		return objects.get(objects.idFromName(label)) as unknown as OperatorRpc;
	};

	async function setBlocked(region: Region, { label, state: labelState }: LabelEntry, blocked: OperatorBlock) {
		if (labelState !== "active") return;
		const set = await (await runtimeOf(region, label)).setBlocked(blocked);
		if (!set.ok && set.reason !== "retired") throw new Error(set.reason);
	}

	/** What the account has open of other people's apps. */
	async function endSessionsOnApps(region: Region, directory: Directory, accountId: AccountId): Promise<void> {
		for (const { ownerId, appId } of await findGrantsOfAccount(directory, accountId)) {
			const labels =
				appId === null ? await listLabelsOfOwner(directory, ownerId) : await listLabelsOfApp(directory, ownerId, appId);
			for (const { label, state: labelState } of labels)
				if (labelState === "active") await (await runtimeOf(region, label)).revoke({ accountId });
		}
	}

	return async (input: OperatorCommand): Promise<OperatorAnswer> => {
		const { region } = input;
		const { directory, keyring } = await openRegion(region);
		switch (input.command) {
			case "grant-credits":
			case "set-plan": {
				const ownerId = (await findAccountOf(directory, input.who))?.ownerId;
				const scope = ownerId ? await openOwner(region, directory, keyring, ownerId) : null;
				if (!ownerId || !scope) return refused(`No workspace of ${region} belongs to that address or id.`);
				if (input.command === "set-plan") {
					await setPlan(scope, input.plan, entitlements[input.plan].credits);
					await logOperatorAction(directory, { action: "set_plan", ownerId, subject: input.plan });
					return done(
						`${ownerId} is on plan ${input.plan} now, with ${entitlements[input.plan].credits} credits granted. It shows in the ledger.`,
					);
				}
				if (!(await grantCredits(scope, input.credits, input.note)))
					return refused(`A grant with the note "${input.note}" was made before. Choose another note.`);
				await logOperatorAction(directory, { action: "grant_credits", ownerId, subject: String(input.credits) });
				return done(`${input.credits} credits granted to ${ownerId}. It shows in the ledger.`);
			}
			case "block":
			case "unblock": {
				const ownerId = (await findLabelOfApp(directory, input.appId))?.ownerId;
				const scope = ownerId ? await openOwner(region, directory, keyring, ownerId) : null;
				if (!ownerId || !scope) return refused(`No app of ${region} has that id.`);
				const isBlocked = input.command === "block";
				await logOperatorAction(directory, {
					action: isBlocked ? "block_app" : "unblock_app",
					ownerId,
					subject: input.appId,
				});
				// The app's own row first: publishing looks at it again before it opens anything to more people.
				if (!(await setAppState(scope, input.appId, isBlocked ? "blocked" : "active")))
					return refused("That app was deleted.");
				await blockListing(directory, input.appId, isBlocked);
				const isOwnerSuspended = await isSuspended(directory, ownerId);
				for (const one of await listLabelsOfApp(directory, ownerId, input.appId))
					await setBlocked(region, one, { app: isBlocked, owner: isOwnerSuspended });
				return done(
					isBlocked
						? "Blocked: nobody can open it, whether by link, invitation or publicly, and it is not in Discover."
						: "Unblocked: it is open to those to whom its owner has opened it.",
				);
			}
			case "suspend":
			case "unsuspend": {
				const account = await findAccountOf(directory, input.who);
				if (!account) return refused(`No account of ${region} has that address or id.`);
				const { id: accountId, ownerId } = account;
				const isOn = input.command === "suspend";
				await logOperatorAction(directory, {
					action: isOn ? "suspend_account" : "unsuspend_account",
					ownerId,
					subject: accountId,
				});
				if (isOn) {
					await suspend(directory, { ownerId, accountId });
					await deleteSessionsOfAccount(directory, accountId);
					await endSessionsOnApps(region, directory, accountId);
				} else await endSuspension(directory, ownerId);
				const scope = await openOwner(region, directory, keyring, ownerId);
				const states = new Map<AppId, boolean>();
				for (const one of await listLabelsOfOwner(directory, ownerId)) {
					if (!states.has(one.appId)) {
						const app = scope ? await getApp(scope, one.appId) : null;
						states.set(one.appId, app?.state === "blocked");
					}
					await setBlocked(region, one, { app: states.get(one.appId) ?? false, owner: isOn });
				}
				return done(
					isOn
						? "Suspended: nobody can sign in to the account, and none of its apps opens. Nothing is deleted."
						: "The suspension is lifted. Apps that are blocked one by one stay blocked.",
				);
			}
			case "reports": {
				const open = await all((after) => pageOpenReports(directory, { after }));
				// the oldest first, as they are to be looked at
				const lines = open
					.reverse()
					.map(
						({ id, appId, reason, text, at }) =>
							`${id}  ${new Date(at).toISOString()}  ${appId}  ${reason}  ${JSON.stringify(text)}`,
					);
				return done(lines.join("\n") || "No open reports.");
			}
			case "rotate-kek":
				return state.planRotation(region)
					? done(
							"A new key-encryption key is made. Every key is wrapped under it at the next start; then the old one goes.",
						)
					: refused("A rotation is planned already. It is done at the next start.");
			case "close-report":
				return (await closeReport(directory, input.reportId as Id<"report">))
					? done("Closed.")
					: refused("No open report has that id.");
		}
	};
}

export const socketOf = (folder: string): string => join(folder, "operator.sock");

/** Listens on the state folder's socket. */
export function listenForOperator(run: ReturnType<typeof runOperatorCommand>, state: State): Server {
	const path = socketOf(state.folder);
	rmSync(path, { force: true });
	const server = createServer(async (request, answer) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const result = await run(OperatorCommand.parse(JSON.parse(Buffer.concat(chunks).toString()))).catch(
			(): OperatorAnswer => refused("The command failed. Look at the logs with FREEHOLD_LOGS=1 npm start."),
		);
		answer.end(JSON.stringify(result));
	});
	return server.listen(path);
}
