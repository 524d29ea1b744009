// How many requests a provider gets from the worst models: each kind of loop, and beside it honest models that need many answers.
import { signUpPerson, waitForBuild } from "../test/support/client.ts";
import { startTestHost } from "../test/support/host.ts";
import { honest, wasteful } from "../test/support/model-server/loops.ts";
import { startModelServer } from "../test/support/model-server/server.ts";

const names = [...Object.keys(wasteful), ...Object.keys(honest)];
const server = await startModelServer();
const host = await startTestHost({
	isRecorded: false,
	providers: {
		ANTHROPIC_API_KEY: "bench",
		ANTHROPIC_BASE_URL: server.anthropicUrl,
		ANTHROPIC_MODELS: names.map((name) => `play-loop-${name}`).join(","),
		ANTHROPIC_REGION: "us-east",
	},
});
const person = await signUpPerson(host, "us-east");
const who = { region: "us-east", who: person.email } as const;
await host.operate({ command: "set-plan", ...who, plan: "studio" });
await host.operate({ command: "grant-credits", ...who, credits: 100_000, note: "bench" });

let worst = 0;
for (const name of names) {
	const before = server.requests.length;
	const made = await person.call("/api/apps", {
		method: "POST",
		body: { prompt: "A small app.", offerId: `anthropic/play-loop-${name}` },
	});
	const { state, failure } = await waitForBuild(person, made.json.appId, made.json.buildId, 60);
	const sent = server.requests.slice(before);
	const kilobytes = sent.reduce((sum, { body }) => sum + body.length, 0) / 1000;
	if (name in wasteful) worst = Math.max(worst, sent.length);
	process.stdout.write(
		`${name.padEnd(28)} ${String(sent.length).padStart(3)} requests ${kilobytes.toFixed(0).padStart(6)} KB   ${failure ?? state}\n`,
	);
}
process.stdout.write(`${"the worst model".padEnd(28)} ${String(worst).padStart(3)} requests   aim 12\n`);
await host.close();
await server.close();
process.exit(0);
