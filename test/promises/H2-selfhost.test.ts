// "Run all of it yourself, air-gapped if you want, with your own gateway and keys"
// The command of the README in a process of its own, on a state folder of its own: first without any key and with a browser
// that can reach nothing but this machine, then with a gateway and a key of one's own.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Region } from "#schema/region.ts";
import { root } from "../../scripts/local-host/workers.ts";
import { launchChromium } from "../support/chromium.ts";
import { makeClient, password } from "../support/client.ts";
import { studioHost } from "../support/host.ts";
import { type ModelServer, startModelServer } from "../support/model-server/server.ts";
import { buildApp, makeCanary, post, signUpAt, succeed } from "../support/promise-client.ts";

const providerVariables = ["ANTHROPIC", "OPENAI"].flatMap((name) =>
	["API_KEY", "BASE_URL", "MODELS", "REGION"].map((what) => `${name}_${what}`),
);

let folder: string;
let port: number;
let server: ModelServer;
let running: ChildProcess | null = null;
/** What a person of eu-west made while nothing could be reached. */
let kept: { email: string; appId: string } | null = null;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "freehold-own-"));
	server = await startModelServer();
	const probe = createServer();
	await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
	const address = probe.address();
	port = address && typeof address === "object" ? address.port : 0;
	await new Promise((done) => probe.close(done));
});
afterAll(async () => {
	await stop();
	await server?.close();
	rmSync(folder, { recursive: true, force: true });
});

/** `npm start`, with nothing of this process's environment but where to find programs. */
async function start(env: Record<string, string>): Promise<string> {
	const own: Record<string, string> = {
		PATH: process.env["PATH"] ?? "",
		HOME: folder,
		PORT: String(port),
		FREEHOLD_STATE: join(folder, "state"),
		// a developer's .dev.vars is set aside
		...Object.fromEntries(providerVariables.map((name) => [name, ""])),
		...env,
	};
	const child = spawn(process.execPath, ["scripts/start.ts"], {
		cwd: root,
		env: own as NodeJS.ProcessEnv,
		stdio: ["ignore", "pipe", "pipe"],
	});
	running = child;
	let said = "";
	return new Promise((resolve, reject) => {
		for (const stream of [child.stdout, child.stderr]) {
			stream.on("data", (part: Buffer) => {
				said += part.toString();
				if (said.includes("Stop with Ctrl+C")) resolve(said);
			});
		}
		child.on("exit", () => reject(new Error(`it did not start: ${said}`)));
	});
}

async function stop(): Promise<void> {
	const child = running;
	running = null;
	if (!child || child.exitCode !== null) return;
	const ended = new Promise((done) => child.on("exit", done));
	child.kill("SIGTERM");
	await ended;
}

const host = () => ({ port, outbox: join(folder, "state/outbox") });

it("runs without an account, a key or a network: a person signs up, builds an app and keeps records in it", async () => {
	expect(await start({})).toContain("none configured");
	// the browser reaches this machine, by its name, and nothing else
	const browser = await launchChromium(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.localhost"]);
	try {
		for (const region of Region.options) {
			const ada = await signUpAt(host(), region, "Ada");
			const models = succeed(await ada.call("/api/models"), 200);
			expect([models.defaultOfferId, models.choices]).toEqual(["composer", []]);
			const { appId } = await buildApp(ada, "A reading list with title and author");
			kept = { email: ada.email, appId };

			const page = await (await browser.newContext()).newPage();
			const elsewhere: string[] = [];
			page.on("request", (request) => {
				const { protocol, hostname, port: to } = new URL(request.url());
				const isOwn = hostname.endsWith(".localhost") && to === String(port);
				if (!isOwn && !["data:", "blob:", "about:"].includes(protocol)) elsewhere.push(request.url());
			});
			const studio = `http://${studioHost(region)}:${port}`;
			await page.goto(`http://studio.localhost:${port}/`);
			await page.goto(`http://studio.localhost:${port}/trust`);
			await page.goto(`${studio}/sign-in`);
			await page.evaluate(
				(body) =>
					fetch("/api/account/sign-in", {
						method: "POST",
						headers: { "Content-Type": "application/json" },
						body: JSON.stringify(body),
					}),
				{ email: ada.email, password },
			);
			await page.goto(`${studio}/apps/${appId}`);
			const app = page.frameLocator("iframe");
			const title = makeCanary();
			await app.getByRole("button", { name: /^add/i }).first().click();
			await app.getByLabel(/title/i).first().fill(title);
			await app.locator("form button[type=submit], dialog button[type=submit]").first().click();
			await app.getByText(title).first().waitFor();
			await page.reload();
			await app.getByText(title).first().waitFor();
			expect(elsewhere).toEqual([]);
		}
	} finally {
		await browser.close();
		await stop();
	}
	// everything it keeps is below that one folder
	expect(readdirSync(join(folder, "state"))).toEqual(expect.arrayContaining(["kek-us-east", "kek-eu-west", "stores"]));
});

it("goes on with what it kept, and calls a gateway of one's own with a key of one's own", async () => {
	const key = makeCanary();
	await start({
		ANTHROPIC_API_KEY: key,
		ANTHROPIC_BASE_URL: server.anthropicUrl,
		ANTHROPIC_MODELS: "play-good",
		ANTHROPIC_REGION: "eu-west",
	});
	try {
		const ada = makeClient(host(), "eu-west");
		succeed(await post(ada, "/api/account/sign-in", { email: kept?.email, password }), 200);
		expect(succeed(await ada.call("/api/apps"), 200).apps).toMatchObject([{ id: kept?.appId }]);
		const { choices } = succeed(await ada.call("/api/models"), 200);
		expect(choices).toHaveLength(1);
		expect(choices[0]).toMatchObject({ destination: server.anthropicUrl, isAllowed: true });
		const canary = makeCanary();
		const { appId } = await buildApp(ada, `A guestbook. ${canary}`, { offerId: "anthropic/play-good" });
		expect(server.requests).toHaveLength(1);
		expect(server.requests[0]?.headers["authorization"]).toBe(`Bearer ${key}`);
		expect(server.requests[0]?.body.toString("utf8")).toContain(canary);
		const { disclosures } = succeed(await ada.call(`/api/apps/${appId}/disclosures`), 200);
		expect(disclosures).toMatchObject([{ destination: server.anthropicUrl }]);
		// the key is shown to nobody
		for (const path of ["/api/models", `/api/apps/${appId}/disclosures/${disclosures[0].id}`, `/api/apps/${appId}`]) {
			expect((await ada.call(path)).text).not.toContain(key);
		}
		expect((await post(ada, "/api/apps", { prompt: "x", offerId: "anthropic/claude" })).status).toBeGreaterThanOrEqual(
			400,
		);
	} finally {
		await stop();
	}
});
