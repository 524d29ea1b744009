// What passes the gate runs: files go through applyFileOps and checkFiles, to the real app origin, into Chromium.
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { checkFiles } from "#studio/files/check.ts";
import { type AppHost, startAppHost } from "../support/app-host.ts";
import { deployChecked, fileMap } from "../support/checked-app.ts";
import { launchChromium } from "../support/chromium.ts";
import { guestbook } from "../support/model-server/guestbook.ts";

let host: AppHost;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
	host = await startAppHost();
	browser = await launchChromium();
});
afterAll(async () => {
	await browser?.close();
	await host?.stop();
});
beforeEach(async () => {
	errors.length = 0;
	page = await browser.newPage();
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(String(error)));
});
afterEach(() => page.close());

/** Checks the files and serves them as a public app; images as base64. */
async function open(contents: Record<string, string>, images: Record<string, string> = {}): Promise<void> {
	const checked = await checkFiles(fileMap(contents, images));
	expect(checked.problems).toEqual([]);
	const label = await deployChecked(host, checked, "public");
	await page.goto(`${host.appOrigin(label)}/`);
}

test("the guestbook of the played model works, styled, without an error", async () => {
	const written = guestbook.flatMap((step) =>
		step.do === "tool" && "input" in step ? [step.input as Record<string, string>] : [],
	);
	await open(Object.fromEntries(written.flatMap(({ path, content }) => (path && content ? [[path, content]] : []))));
	await page.getByText("No entries yet").waitFor();
	await page.getByLabel("Your name").fill("Ada");
	await page.getByLabel("Your note").fill("Hello <b>there</b>");
	await page.getByRole("button", { name: "Sign the book" }).click();
	await page.getByText("Hello <b>there</b>").waitFor();
	const background = await page.getByRole("button").evaluate((button) => getComputedStyle(button).backgroundColor);
	expect(background).toBe("rgb(47, 111, 94)");
	expect(errors).toEqual([]);
});

test("styles, data and images that code imports arrive before it runs", async () => {
	const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
	await open(
		{
			"app.tsx": `import "./ui/look.css";
import rows from "./data/rows.json" with { type: "json" };
import dot from "./ui/dot.png";
import { Bars } from "./ui/Bars";
export default function App() {
	const width = getComputedStyle(document.documentElement).getPropertyValue("--measured");
	return <main><h1>{rows.map((row: { n: number }) => row.n).join("+")} {width}</h1><img src={dot} alt="dot" /><Bars /></main>;
}
`,
			"ui/look.css": ":root { --measured: 42px; }\nmain { background: url(dot.png); }\n",
			"ui/Bars.tsx": `import Chart from "chart.js/auto";
import { useEffect, useRef } from "react";
import { signal } from "@preact/signals";
const count = signal(0);
export function Bars() {
	const canvas = useRef<HTMLCanvasElement>(null);
	useEffect(() => {
		const chart = new Chart(canvas.current!, { type: "bar", data: { labels: ["a"], datasets: [{ data: [1] }] } });
		count.value++;
		return () => chart.destroy();
	}, []);
	return <section><p>charts {count}</p><canvas ref={canvas} /></section>;
}
`,
			"data/rows.json": '[{"n": 1}, {"n": 2}]',
		},
		{ "ui/dot.png": png },
	);
	await page.getByRole("heading", { name: "1+2 42px" }).waitFor();
	await page.getByText("charts 1").waitFor();
	await expect
		.poll(() => page.getByAltText("dot").evaluate((image) => (image as HTMLImageElement).naturalWidth))
		.toBe(1);
	expect(errors).toEqual([]);
});

test("a plain page runs its inline scripts under the strict policy, and errors name its own lines", async () => {
	await open({
		"index.html": `<!doctype html>
<title>Plain</title>
<link rel="stylesheet" href="s.css">
<p id="a">not yet</p>
<script>
	document.getElementById("a").textContent = "classic";
</script>
<script type="module">
	import { name } from "./lib.ts";
	document.getElementById("a").textContent += " " + name;
	setTimeout(() => { throw new Error("planted on line 11"); });
</script>
`,
		"lib.ts": 'export const name: string = "module";\n',
		"s.css": "p { color: rgb(1, 2, 3); }\n",
	});
	await page.getByText("classic module").waitFor();
	expect(await page.locator("#a").evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)");
	await expect.poll(() => errors.join()).toContain("planted on line 11");
	const line = await page.evaluate(
		async () =>
			(await (await fetch("/index.inline-2.js")).text()).split("\n").findIndex((line) => line.includes("planted")) + 1,
	);
	expect(line).toBe(11);
});
