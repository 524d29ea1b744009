// The main job over HTTP, in both regions, on the real Workers: from signing up to deleting an app.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { type Client, makeClient, signUpPerson, waitForBuild } from "../support/client.ts";
import { startTestHost, type TestHost } from "../support/host.ts";

let host: TestHost;
beforeAll(async () => {
	host = await startTestHost();
});
afterAll(() => host.close());

async function buildApp(person: Client, prompt: string): Promise<{ appId: string; build: Record<string, unknown> }> {
	const made = await person.call("/api/apps", { method: "POST", body: { prompt } });
	expect(made.status, made.text).toBe(201);
	const build = await waitForBuild(person, made.json.appId, made.json.buildId);
	return { appId: made.json.appId, build };
}

describe.each(Region.options)("in %s", (region) => {
	it("builds, changes, edits by hand, diffs, restores, downloads and deletes an app", async () => {
		const ada = await signUpPerson(host, region);
		const { appId, build } = await buildApp(ada, "Track my expenses with date, amount, category and a note");
		expect(build).toMatchObject({ state: "done", failure: null, creditsCharged: 0 });

		const first = (await ada.call(`/api/apps/${appId}`)).json;
		expect(first.currentVersionId).toBe(build["versionId"]);
		const again = await ada.call(`/api/apps/${appId}/builds`, {
			method: "POST",
			body: { prompt: "Add a field called Shop" },
		});
		expect(again.status, again.text).toBe(201);
		expect(await waitForBuild(ada, appId, again.json.buildId)).toMatchObject({ state: "done" });

		const { versions } = (await ada.call(`/api/apps/${appId}/versions`)).json;
		expect(versions.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
		const diff = await ada.call(`/api/apps/${appId}/diff?from=${versions[1].id}&to=${versions[0].id}`);
		expect(diff.json.files.length).toBeGreaterThan(0);
		expect(JSON.stringify(diff.json.files)).toContain("Shop");

		const current = (await ada.call(`/api/apps/${appId}/versions/${versions[0].id}`)).json;
		const styles = current.files.find(({ path }: { path: string }) => path.endsWith(".css"));
		const edited = await ada.call(`/api/apps/${appId}/versions`, {
			method: "POST",
			body: {
				baseVersionId: versions[0].id,
				write: [{ path: styles.path, content: `${styles.content}\n/* mine */\n` }],
			},
		});
		expect(edited.status, edited.text).toBe(201);
		const stale = await ada.call(`/api/apps/${appId}/versions`, {
			method: "POST",
			body: { baseVersionId: versions[0].id, write: [{ path: styles.path, content: "" }] },
		});
		expect(stale.json.error.code).toBe("conflict");
		const broken = await ada.call(`/api/apps/${appId}/versions`, {
			method: "POST",
			body: { baseVersionId: edited.json.id, write: [{ path: "app.tsx", content: "export default function (" }] },
		});
		expect(broken.status).toBe(422);
		expect(broken.json.problems[0].path).toBe("app.tsx");

		const restored = await ada.call(`/api/apps/${appId}/restore`, {
			method: "POST",
			body: { versionId: versions[1].id },
		});
		expect(restored.json).toMatchObject({ number: 4, origin: "restore" });
		const zip = await ada.call(`/api/apps/${appId}/download`);
		expect(zip.text.startsWith("PK")).toBe(true);

		expect((await ada.call(`/api/apps/${appId}`, { method: "DELETE" })).status).toBe(204);
		expect((await ada.call(`/api/apps/${appId}`)).status).toBe(404);
		const content = await host.runtime.getR2Bucket("CONTENT", `freehold-studio-${region}`);
		const left = (await content.list()).objects.filter(({ key }) => !key.startsWith("_freehold/"));
		expect(left.map(({ key }) => key)).toEqual([]);
	});
});

it("answers a foreign app and a missing one alike", async () => {
	const ada = await signUpPerson(host, "us-east");
	const eve = await signUpPerson(host, "us-east", "Eve");
	const { appId } = await buildApp(ada, "An inventory with name, quantity and price");
	const foreign = await eve.call(`/api/apps/${appId}`);
	const missing = await eve.call(`/api/apps/app_${"0".repeat(32)}`);
	const anonymous = await makeClient(host, "us-east").call(`/api/apps/${appId}`);
	const strip = (text: string) => text.replace(/req_[0-9a-f]{32}/, "");
	expect([foreign.status, missing.status, anonymous.status]).toEqual([404, 404, 401]);
	expect(strip(foreign.text)).toBe(strip(missing.text));
});
