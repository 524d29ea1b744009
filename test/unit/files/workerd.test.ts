// The gate runs in a Durable Object: no WebAssembly from bytes, no eval, no Node. Here it runs where it will run.
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, type V4WorkerOptions } from "miniflare";
import { expect, test } from "vitest";
import { bundleWorker } from "../../../scripts/local-host/workers.ts";

test("checks, compiles and packs inside workerd, without compatibility flags", async () => {
	const runtime = new Miniflare(
		convertV4MiniflareOptions({
			cf: false,
			log: new Log(LogLevel.NONE),
			telemetry: { enabled: false },
			workers: [
				{
					name: "gate",
					compatibilityDate: "2026-11-01",
					modules: [
						{
							type: "ESModule",
							path: "index.js",
							contents: await bundleWorker(join(import.meta.dirname, "gate-worker.ts")),
						},
					],
				} as V4WorkerOptions,
			],
		}),
	);
	try {
		const files = [
			{
				path: "app.tsx",
				encoding: "utf8",
				content: 'import "./styles.css";\nimport { a } from "./a";\nexport default () => <p>{a}</p>;\n',
			},
			{ path: "a.ts", encoding: "utf8", content: "export const a: number = 1;\n" },
			{ path: "styles.css", encoding: "utf8", content: "p { background: url(//evil.example/x) }" },
			{ path: "about.html", encoding: "utf8", content: "<p onclick=x()>a</p><script>1</script>" },
		];
		const response = await runtime.dispatchFetch("http://gate/", { method: "POST", body: JSON.stringify(files) });
		expect(await response.json()).toEqual({
			problems: ["styles.css:1 external", "about.html:1 inline_handler"],
			served: ["about.html", "styles.css", "about.inline-1.js", "app.js", "a.js", "styles.css.js"],
			unpacked: ["a.ts", "about.html", "app.tsx", "styles.css"],
		});
	} finally {
		await runtime.dispose();
	}
});
