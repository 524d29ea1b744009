// Operator commands on a running local host, over a Unix socket in the state folder: whoever may read the state may give them.
// They are never routes. What they do to a workspace shows in its own ledger or log.
import { rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { z } from "zod";
import { findAccountByEmail, findAccountOfOwner } from "#db/directory/accounts.ts";
import { type Directory, openDirectory } from "#db/directory/handle.ts";
import { listLabelsOfApp } from "#db/directory/labels.ts";
import { blockListing, findListing } from "#db/directory/listings.ts";
import { logOperatorAction } from "#db/directory/operator-log.ts";
import { findPlacement } from "#db/directory/placements.ts";
import { closeReport, listOpenReports } from "#db/directory/reports.ts";
import { openScope } from "#db/open.ts";
import { setAppState } from "#db/stores/apps.ts";
import { grantCredits, setPlan } from "#db/stores/credits.ts";
import { makeDirectoryKeys } from "#lib/crypto/directory-keys.ts";
import { makeSealer } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { Plan } from "#schema/api/workspace.ts";
import { AppId, type Id, OwnerId } from "#schema/ids.ts";
import { Region } from "#schema/region.ts";
import { entitlements } from "../../workers/studio/credits/plans.ts";
import type { makeKeyring } from "../../workers/vault/keyring.ts";
import { openKeyring } from "./rotation.ts";
import type { State } from "./state.ts";

const who = z.union([OwnerId, z.email()]);

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

	async function openOwner(
		region: Region,
		directory: Directory,
		keyring: ReturnType<typeof makeKeyring>,
		ownerId: OwnerId,
	) {
		const placement = await findPlacement(directory, ownerId);
		const key = placement ? await keyring.open(ownerId) : null;
		if (!placement || !key?.ok) return null;
		const db = (await runtime.getD1Database(placement.shard, `freehold-studio-${region}`)) as never;
		return openScope({
			db,
			ownerId,
			mayWrite: true,
			sealer: await makeSealer(region, ownerId, key.value.keyId, Secret.take(key.value.key)),
			now: Date.now,
		});
	}

	async function findOwner(directory: Directory, subject: string): Promise<OwnerId | null> {
		const byId = OwnerId.safeParse(subject);
		const account = byId.success
			? await findAccountOfOwner(directory, byId.data)
			: await findAccountByEmail(directory, subject);
		return account?.ownerId ?? null;
	}

	return async (input: OperatorCommand): Promise<OperatorAnswer> => {
		const { region } = input;
		const { directory, keyring } = await openRegion(region);
		switch (input.command) {
			case "grant-credits":
			case "set-plan": {
				const ownerId = await findOwner(directory, input.who);
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
				const listing = await findListing(directory, input.appId);
				if (!listing) return refused("No public app has that id.");
				const isBlocked = input.command === "block";
				const scope = await openOwner(region, directory, keyring, listing.ownerId);
				if (!scope) return refused("The workspace of that app is gone.");
				await blockListing(directory, input.appId, isBlocked);
				await setAppState(scope, input.appId, isBlocked ? "blocked" : "active");
				const objects = await runtime.getDurableObjectNamespace("APP_RUNTIME", `freehold-sandbox-host-${region}`);
				for (const { label, kind, state: labelState } of await listLabelsOfApp(
					directory,
					listing.ownerId,
					input.appId,
				)) {
					if (labelState !== "active") continue;
					const stub = objects.get(objects.idFromName(label)) as unknown as {
						setAudience(audience: string): Promise<unknown>;
					};
					await stub.setAudience(isBlocked ? "blocked" : kind === "live" ? "public" : "private");
				}
				await logOperatorAction(directory, {
					action: isBlocked ? "block_app" : "unblock_app",
					ownerId: listing.ownerId,
					subject: input.appId,
				});
				return done(isBlocked ? "Blocked: its origins answer no more, and it is out of Discover." : "Unblocked.");
			}
			case "reports": {
				const open = await listOpenReports(directory);
				const lines = open.map(
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
