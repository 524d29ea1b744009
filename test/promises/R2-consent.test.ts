// "No copy to another region, and no model outside it, without an administrator's recorded approval"
// The played providers stand in us-east: for a person of eu-west they are outside.
import { beforeAll, describe, expect, it } from "vitest";
import { type Client, waitForBuild } from "../support/client.ts";
import { tokenMailedTo } from "../support/host.ts";
import {
	at,
	buildApp,
	makeCanary,
	objectsOf,
	operate,
	ownerOf,
	type Person,
	post,
	publish,
	rowsOf,
	sentWith,
	shards,
	signUp,
	succeed,
} from "../support/promise-client.ts";

const region = "eu-west";
const elsewhere = "us-east";

describe.each(["anthropic", "openai"])("a model of %s outside the region", (provider) => {
	const offerId = `${provider}/play-good`;
	const canary = makeCanary();
	const body = { prompt: `A guestbook. ${canary}`, offerId };
	let ada: Person;
	let destination: string;
	let approvalId: string;
	beforeAll(async () => {
		ada = await signUp(region, "Ada");
		const { choices } = succeed(await ada.call("/api/models"), 200);
		({ destination } = choices.find(({ id }: { id: string }) => id === offerId));
	});

	it("is refused without an approval, and nothing is sent or kept", async () => {
		const models = succeed(await ada.call("/api/models"), 200);
		expect(models.defaultOfferId).toBe("composer");
		expect(models.choices.find(({ id }: { id: string }) => id === offerId)).toMatchObject({
			region: elsewhere,
			isInRegion: false,
			isAllowed: false,
		});
		expect((await post(ada, "/api/apps", body)).json.error.code).toBe("approval_required");
		const { appId } = await buildApp(ada, "An inventory");
		expect((await post(ada, `/api/apps/${appId}/builds`, body)).json.error.code).toBe("approval_required");
		expect(await sentWith(canary)).toEqual([]);
		expect((await ada.call("/api/history")).text).not.toContain(canary);
	});

	it("is refused with an approval of something else", async () => {
		for (const wrong of [
			{ offerId, destination: "https://example.org", confirmed: true },
			{ offerId: "anthropic/unknown", destination, confirmed: true },
			{ offerId, destination, confirmed: false },
			{ offerId, destination },
		]) {
			expect((await post(ada, "/api/approvals", wrong)).status).toBeGreaterThanOrEqual(400);
		}
		const other = provider === "anthropic" ? "openai/play-good" : "anthropic/play-good";
		const { choices } = succeed(await ada.call("/api/models"), 200);
		const theirs = choices.find(({ id }: { id: string }) => id === other);
		const given = succeed(
			await post(ada, "/api/approvals", { offerId: other, destination: theirs.destination, confirmed: true }),
			201,
		);
		expect((await post(ada, "/api/apps", body)).json.error.code).toBe("approval_required");
		succeed(await ada.call(`/api/approvals/${given.id}`, { method: "DELETE" }), 204);
		expect(await sentWith(canary)).toEqual([]);
	});

	it("is used with the approval, which is on record with who gave it and when", async () => {
		const { wouldSend } = succeed(await ada.call("/api/models"), 200);
		expect(wouldSend.length).toBeGreaterThan(2);
		approvalId = succeed(await post(ada, "/api/approvals", { offerId, destination, confirmed: true }), 201).id;
		const { approvals } = succeed(await ada.call("/api/models"), 200);
		const record = approvals.find(({ id }: { id: string }) => id === approvalId);
		expect(record).toMatchObject({ provider, destination, revokedAt: null });
		expect(record.approvedBy).toMatch(/^acc_[0-9a-f]{32}$/);
		expect(Math.abs(Date.now() - record.at)).toBeLessThan(120_000);
		const made = succeed(await post(ada, "/api/apps", body), 201);
		expect(await waitForBuild(ada, made.appId, made.buildId)).toMatchObject({ state: "done" });
		expect(await sentWith(canary)).toHaveLength(1);
	});

	it("is not used for another workspace by that approval", async () => {
		const ben = await signUp(region, "Ben");
		const { appId } = await buildApp(ben, "An inventory");
		await operate({ command: "set-plan", region, who: ben.email, plan: "studio" });
		const invited = { email: ada.email, role: "editor", scope: "app" };
		succeed(await post(ben, `/api/apps/${appId}/invitations`, invited), 201);
		const token = await tokenMailedTo(at(), ada.email, "/invitation");
		succeed(await post(ada, "/api/invitations/accept", { token }), 200);
		const before = (await sentWith(canary)).length;
		const attempts: [Client, string][] = [
			[ben, "/api/apps"],
			[ada, `/api/apps/${appId}/builds`],
		];
		for (const [person, path] of attempts) {
			expect((await post(person, path, body)).json.error.code).toBe("approval_required");
		}
		expect((await sentWith(canary)).length).toBe(before);
	});

	it("is refused again once the approval is withdrawn, and the record stays", async () => {
		succeed(await ada.call(`/api/approvals/${approvalId}`, { method: "DELETE" }), 204);
		expect((await post(ada, "/api/apps", body)).json.error.code).toBe("approval_required");
		const { approvals } = succeed(await ada.call("/api/models"), 200);
		expect(approvals.find(({ id }: { id: string }) => id === approvalId).revokedAt).toBeGreaterThan(0);
	});
});

describe("what a person of one region has", () => {
	it("is in no store of the other, and cannot be reached or forked from there", async () => {
		const ada = await signUp(region, "Ada");
		const { appId } = await buildApp(ada, "A reading list", {
			references: [{ name: "books.csv", contentBase64: Buffer.from("Title,Author\nEmma,Austen\n").toString("base64") }],
		});
		succeed(
			await ada.call(`/api/apps/${appId}`, { method: "PATCH", body: { name: makeCanary(), mayFork: true } }),
			200,
		);
		await publish(ada, appId, "discover");
		const { ownerId } = await ownerOf(region, appId);
		const [account] = await rowsOf(
			region,
			"DIRECTORY",
			"SELECT id, email_index FROM accounts WHERE owner_id = ?",
			ownerId,
		);
		const labels = await rowsOf(region, "DIRECTORY", "SELECT label FROM labels WHERE owner_id = ?", ownerId);
		const marks = [appId, ownerId, ...(account ?? []), ...labels.flat()].map(String);
		expect(marks.length).toBeGreaterThan(5);

		const everything = async (one: "us-east" | "eu-west"): Promise<string> => {
			const parts: string[] = [];
			for (const database of ["DIRECTORY", ...shards]) {
				const tables = await rowsOf(
					one,
					database,
					"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
				);
				for (const [table] of tables) parts.push(JSON.stringify(await rowsOf(one, database, `SELECT * FROM ${table}`)));
			}
			for (const [worker, bucket] of [
				["studio", "CONTENT"],
				["vault", "KEYS"],
				["vault", "KEYS_COPY"],
				["sandbox-host", "APPS"],
			] as const) {
				const objects = await objectsOf(one, worker, bucket);
				parts.push(...objects.map(({ key, base64 }) => `${key}\n${Buffer.from(base64, "base64").toString("latin1")}`));
			}
			return parts.join("\n");
		};
		const [here, there] = [await everything(region), await everything(elsewhere)];
		for (const mark of marks) {
			expect(here, mark).toContain(mark);
			expect(there.includes(mark), mark).toBe(false);
		}

		const zoe = await signUp(elsewhere, "Zoe");
		expect((await zoe.call("/api/discover")).text).not.toContain(appId);
		expect((await post(zoe, `/api/discover/${appId}/fork`)).status).toBe(404);
		expect(
			(await post(zoe, "/api/account/sign-in", { email: ada.email, password: "correct horse battery staple" })).status,
		).toBe(401);
		zoe.cookie = ada.cookie;
		expect((await zoe.call("/api/apps")).status).toBe(401);
	});
});
