// An app's page served by sandbox-host against a bare Worker that returns the same bytes and headers: requests a second, as a
// ratio in one run of one workerd. Aim: at least 0.7. Run: node bench/app-page.ts
import { Agent, request } from "node:http";
import { startAppHost } from "../test/support/app-host.ts";

const bare = `let page = null;
export default { async fetch(request) {
	if (request.method === "PUT") { page = await request.json(); return new Response("ok"); }
	return new Response(page.body, { headers: page.headers });
} };`;
const connections = 16;
const roundMs = 400;
const rounds = 20;

const host = await startAppHost({ workers: { "bare.localhost": bare } });
try {
	const source = `import { useState } from "react"; ${"// padding of a small real app\n".repeat(400)} export default () => null;`;
	const label = await host.makeApp({ files: { "app.js": source, "styles.css": "p{}" }, audience: "public" });
	const appHost = `${label}.us-east.apps.localhost:${host.port}`;
	const bareHost = `bare.localhost:${host.port}`;
	for (const path of ["/", "/app.js"]) {
		const headers =
			path === "/" ? { "Sec-Fetch-Dest": "document" } : { "Sec-Fetch-Dest": "script", "Sec-Fetch-Site": "same-origin" };
		const page = await host.request(appHost, path, { headers });
		const copy = { body: await page.text(), headers: [...page.headers].filter(([name]) => name !== "content-length") };
		await host.request(bareHost, "/", { method: "PUT", body: JSON.stringify(copy) });
		await load(appHost, path, headers, 500);
		await load(bareHost, path, headers, 500);
		const ratios: number[] = [];
		const [ours, theirs]: [number[], number[]] = [[], []];
		for (let round = 0; round < rounds; round++) {
			// short turns, so that whatever else the machine does falls on both
			const one = await load(appHost, path, headers, roundMs);
			const other = await load(bareHost, path, headers, roundMs);
			ours.push(one);
			theirs.push(other);
			ratios.push(one / other);
		}
		ratios.sort((a, b) => a - b);
		const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
		const mean = (rates: number[]) => rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
		const text = `${path}: ${copy.body.length} bytes, ${mean(ours).toFixed(0)}/s against ${mean(theirs).toFixed(0)}/s`;
		console.log(`${text}, ratio of means ${(mean(ours) / mean(theirs)).toFixed(2)}, median ratio ${median.toFixed(2)}`);
	}
} finally {
	await host.stop();
}

/** Requests a second over some kept-alive connections. */
async function load(hostName: string, path: string, headers: Record<string, string>, ms: number): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const until = performance.now() + ms;
	let done = 0;
	const one = () =>
		new Promise<void>((resolve, reject) => {
			const options = { host: "127.0.0.1", port: host.port, path, agent, headers: { ...headers, Host: hostName } };
			request(options, (answer) => {
				if (answer.statusCode !== 200) reject(new Error(`status ${answer.statusCode}`));
				answer.resume().on("end", resolve);
			})
				.on("error", reject)
				.end();
		});
	const started = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			while (performance.now() < until) {
				await one();
				done += 1;
			}
		}),
	);
	agent.destroy();
	return (done / (performance.now() - started)) * 1000;
}
