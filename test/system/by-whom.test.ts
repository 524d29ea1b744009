// People read names, not ids: who shares an app, who asked for what, who approved a model. On the whole local host.
import { afterAll, beforeAll, expect, it } from "vitest";
import { recordApproval } from "#db/stores/approvals.ts";
import type { AccountId } from "#schema/ids.ts";
import { type Client, makeClient, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";
import { addGuest, type Person } from "../support/people.ts";
import { openScopeOf } from "../support/tenant-scope.ts";

let host: TestHost;
let ada: Person;
let bob: Person;
let vic: Person;
let appId: string;

const build = async (person: Client, path: string, prompt: string) => {
	const made = await person.call(path, { method: "POST", body: { prompt } });
	expect(made.status, made.text).toBe(201);
	const id = made.json.appId ?? appId;
	await waitForBuild(person, id, made.json.buildId);
	return id;
};

beforeAll(async () => {
	host = await startTestHost();
	[ada, bob, vic] = [
		await signUpPerson(host, "us-east", "Ada"),
		await signUpPerson(host, "us-east", "بوب"),
		await signUpPerson(host, "us-east", "Vic"),
	];
	await host.operate({ command: "set-plan", region: "us-east", who: ada.email, plan: "studio" });
	appId = await build(ada, "/api/apps", "A list of plants with name and price");
	await addGuest(host, ada, appId, bob, { role: "editor", scope: "app" });
	await addGuest(host, ada, appId, vic, { role: "viewer", scope: "app" });
	await build(bob, `/api/apps/${appId}/builds`, "Add a rating");
	await build(bob, "/api/apps", "A list of boats with name and length");
}, 300_000);
afterAll(() => host?.close());

const history = async (person: Client, query = "") => (await person.call(`/api/history${query}`)).json.entries;

it("the owner reads by whom each prompt is, the editor their own, the viewer none", async () => {
	const [rating, plants] = await history(ada);
	expect(rating).toMatchObject({ prompt: "Add a rating", by: "بوب", workspaceOf: null });
	expect(plants).toMatchObject({ by: null, workspaceOf: null });
	expect(await history(bob)).toMatchObject([
		{ prompt: "A list of boats with name and length", by: null, workspaceOf: null },
		{ prompt: "Add a rating", by: null, workspaceOf: "Ada", appId },
	]);
	expect(await history(bob, "?q=RATING")).toMatchObject([{ prompt: "Add a rating" }]);
	expect(await history(bob, "?q=plants")).toEqual([]);
	expect(await history(vic)).toEqual([]);
});

it("a prompt in another's workspace is its owner's to delete", async () => {
	const [, foreign] = await history(bob);
	expect((await bob.call(`/api/history/${foreign.buildId}`, { method: "DELETE" })).status).toBe(404);
	expect(await history(bob)).toHaveLength(2);
});

it("an app, its page and its link say by whom it is shared", async () => {
	const current = (await ada.call(`/api/apps/${appId}`)).json.currentVersionId;
	const body = { versionId: current, audience: "people", reviewed: true };
	expect((await ada.call(`/api/apps/${appId}/publish`, { method: "POST", body })).status).toBe(200);
	expect((await ada.call(`/api/apps/${appId}`)).json.sharedBy).toBeNull();
	for (const guest of [bob, vic]) {
		expect((await guest.call(`/api/apps/${appId}`)).json.sharedBy).toBe("Ada");
		expect((await guest.call("/api/apps")).json.apps.at(-1)).toMatchObject({ id: appId, sharedBy: "Ada" });
	}
	expect((await vic.call(`/view/${appId}`)).text).toContain("Shared by <bdi>Ada</bdi>");
	const link = await ada.call(`/api/apps/${appId}/links`, { method: "POST", body: { days: 1 } });
	const token = new URL(link.json.url).hash.replace("#token=", "");
	const peek = await makeClient(host, "us-east").call("/api/links/peek", { method: "POST", body: { token } });
	expect(peek.json).toMatchObject({ by: "Ada" });
});

it("the record of approvals has the names of those who approved, also of those who are gone", async () => {
	const { scope } = await openScopeOf(host, ada);
	const { id } = (await ada.call("/api/account")).json;
	const gone: AccountId = `acc_${"0".repeat(32)}`;
	await recordApproval(scope, { provider: "p", destination: "https://one.example", approvedBy: id });
	await recordApproval(scope, { provider: "p", destination: "https://two.example", approvedBy: gone });
	const { approvals, inForce, next } = (await ada.call("/api/models")).json;
	expect(approvals).toMatchObject([
		{ approvedBy: gone, approverName: "" },
		{ approvedBy: id, approverName: "Ada" },
	]);
	expect(inForce).toHaveLength(2);
	expect(next).toBeNull();
});
