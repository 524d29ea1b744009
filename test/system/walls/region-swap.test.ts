// Two stores exchanged between the regions: the Worker answers 503 region_mismatch before it reads anything else, and the local
// host does not start. For each store of a region, by itself.
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "vitest";
import { startHost } from "../../../scripts/local-host/host.ts";
import { bundleOnce } from "../../support/bundles.ts";
import { type RegionWorkers, startRegionWorkers } from "./region-workers.ts";

let running: RegionWorkers | null = null;
afterEach(async () => {
	await running?.close();
	running = null;
});

const start = async (options: Parameters<typeof startRegionWorkers>[0]) => {
	running = await startRegionWorkers(options);
	return running;
};
const codeOf = async (answer: { status: number; text(): Promise<string> }) => [
	answer.status,
	/region_mismatch|internal/.exec(await answer.text())?.[0],
];
const password = "correct horse battery staple";
const email = "ada@example.org";
const signUp = { name: "Ada", email, password, sawNotYet: true };

describe("a Worker that is bound to a store of the other region", () => {
	it("needs the directory's tables when the pin is right: the control for what follows", async () => {
		const { ask } = await start({ region: "us-east", bare: ["DIRECTORY"] });
		const answer = await ask("/api/account/sign-up", { method: "POST", body: signUp });
		expect(answer.status).not.toBe(202);
		expect((await answer.text()).includes("region_mismatch")).toBe(false);
	});

	it.each(["us-east", "eu-west"] as const)(
		"DIRECTORY of %s: 503 on every path, with nothing but the pin to read",
		async (region) => {
			const { ask } = await start({ region, foreign: ["DIRECTORY"], bare: ["DIRECTORY"] });
			for (const path of [
				"/",
				"/sign-in",
				"/discover",
				"/api/account",
				"/api/discover",
				"/api/openapi.json",
				"/nothing",
			]) {
				expect(await codeOf(await ask(path)), path).toEqual([503, "region_mismatch"]);
			}
			const signing = await ask("/api/account/sign-up", { method: "POST", body: signUp });
			expect(await codeOf(signing)).toEqual([503, "region_mismatch"]);
		},
	);

	it("CONTENT: 503 on every path", async () => {
		const { ask } = await start({ region: "us-east", foreign: ["CONTENT"] });
		expect(await codeOf(await ask("/api/account/sign-up", { method: "POST", body: signUp }))).toEqual([
			503,
			"region_mismatch",
		]);
		expect(await codeOf(await ask("/sign-in"))).toEqual([503, "region_mismatch"]);
	});

	it.each(["KEYS", "KEYS_COPY"])("%s: the vault gives no key, so nothing is answered or made", async (binding) => {
		const { ask, mails } = await start({ region: "us-east", foreign: [binding] });
		expect(await codeOf(await ask("/api/account/sign-up", { method: "POST", body: signUp }))).toEqual([
			503,
			"region_mismatch",
		]);
		expect(mails()).toEqual([]);
	});

	it("APPS: 503 on every app origin", async () => {
		const { ask } = await start({ region: "us-east", foreign: ["APPS"] });
		for (const path of ["/", "/healthz", "/app.js", "/_freehold/open"]) {
			expect((await ask(path, { host: `${"a".repeat(26)}.us-east.apps.localhost` })).status, path).toBe(503);
		}
	});

	it("TENANTS: 503 for a person whose tenant would be there, with nothing but the pin to read", async () => {
		const shards = ["TENANTS_0", "TENANTS_1"];
		const { ask, mails } = await start({ region: "us-east", foreign: shards, bare: shards });
		expect((await ask("/api/account/sign-up", { method: "POST", body: signUp })).status).toBe(202);
		const token = await (async () => {
			for (let tries = 0; tries < 100; tries++) {
				const found = /#token=([\w-]+)/.exec(mails().join())?.[1];
				if (found) return found;
				await new Promise((resume) => setTimeout(resume, 50));
			}
			throw new Error("no mail came");
		})();
		const verified = await ask("/api/account/verify", { method: "POST", body: { token, password: signUp.password } });
		const cookie = verified.headers.get("Set-Cookie")?.split(";")[0] ?? "";
		expect(await codeOf(await ask("/api/apps", { cookie }))).toEqual([503, "region_mismatch"]);
	});
});

describe("the local host on a state folder whose stores were exchanged", () => {
	const folder = mkdtempSync(join(tmpdir(), "freehold-swap-"));
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it("does not start, and says which store it is in one line", async () => {
		const first = await startHost({ stateFolder: folder, port: 0, bundles: () => bundleOnce(false) });
		await first.close();
		exchangeDirectories(join(folder, "stores"));
		await expect(startHost({ stateFolder: folder, port: 0, bundles: () => bundleOnce(false) })).rejects.toThrow(
			/^The store DIRECTORY of us-east belongs to the other region\. [^\n]+$/,
		);
		// two starts of the whole host: a bound against a hang on a busy machine
	}, 180_000);
});

/** Exchanges the files of the two directories. The runtime names them by a hash; the pin inside says whose they are. */
function exchangeDirectories(stores: string): void {
	const files = readdirSync(stores, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".sqlite"))
		.map((name) => join(stores, name))
		.filter((file) => {
			const db = new DatabaseSync(file);
			try {
				// everything in the log goes into the file, so that one file is the whole database
				db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
				return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'accounts'").all().length > 0;
			} finally {
				db.close();
			}
		});
	const [one = "", two = "", ...more] = files;
	expect([files.length, more]).toEqual([2, []]);
	renameSync(one, `${one}.aside`);
	renameSync(two, one);
	renameSync(`${one}.aside`, two);
	for (const file of files) for (const suffix of ["-wal", "-shm"]) rmSync(file + suffix, { force: true });
}
