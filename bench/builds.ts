// How long a person waits: from the model's last byte to a preview that is ready (20 files of 200 KB together), and from a prompt
// to a usable app by the composer. Times are of this machine, now; a plain request in the same run is beside them to compare.
import { makeClient, signUpPerson } from "../test/support/client.ts";
import { startTestHost } from "../test/support/host.ts";
import { startModelServer } from "../test/support/model-server/server.ts";

const rounds = Number(process.argv[2] ?? 5);
const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const server = await startModelServer();
const host = await startTestHost({
	isRecorded: false,
	providers: {
		ANTHROPIC_API_KEY: "bench",
		ANTHROPIC_BASE_URL: server.anthropicUrl,
		ANTHROPIC_MODELS: "play-long",
		ANTHROPIC_REGION: "us-east",
	},
});
const person = await signUpPerson(host, "us-east");
await host.operate({ command: "grant-credits", region: "us-east", who: person.email, credits: 100_000, note: "bench" });

/** When the last file of the model's answer had arrived, and when the version was on the preview. */
async function watch(appId: string, buildId: string): Promise<{ lastFile: number; version: number }> {
	const stream = await person.open(`/api/apps/${appId}/builds/${buildId}/events`);
	let lastFile = performance.now();
	for await (const chunk of stream) {
		const text = String(chunk);
		if (text.includes('"type":"failed"')) throw new Error(text.slice(-500));
		if (/"type":"version"|"versionId":"ver_/.test(text)) {
			stream.destroy();
			return { lastFile, version: performance.now() };
		}
		if (text.includes('"state":"written"')) lastFile = performance.now();
	}
	throw new Error("the build ended without a version");
}

const ping: number[] = [];
const afterModel: number[] = [];
const composed: number[] = [];
for (let round = 0; round <= rounds; round++) {
	const began = performance.now();
	await makeClient(host, "us-east").call("/healthz");
	const pinged = performance.now() - began;

	const made = await person.call("/api/apps", {
		method: "POST",
		body: { prompt: "A long app", offerId: "anthropic/play-long" },
	});
	const long = await watch(made.json.appId, made.json.buildId);

	const asked = performance.now();
	const app = await person.call("/api/apps", {
		method: "POST",
		body: { prompt: "Track expenses with date, amount and category" },
	});
	const usable = (await watch(app.json.appId, app.json.buildId)).version - asked;
	// the first round warms the isolates up
	if (round === 0) continue;
	ping.push(pinged);
	afterModel.push(long.version - long.lastFile);
	composed.push(usable);
}
const show = (name: string, values: number[], aim: string) =>
	process.stdout.write(
		`${name.padEnd(58)} ${median(values).toFixed(0).padStart(6)} ms  (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})  ${aim}\n`,
	);
show("a plain request in the same run", ping, "");
show("last file of the answer to preview ready, 20 files, 200 KB", afterModel, "aim 300");
show("composer, prompt to usable preview", composed, "aim 1500");
await host.close();
await server.close();
process.exit(0);
