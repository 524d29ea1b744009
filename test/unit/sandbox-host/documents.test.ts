// The HTML around an app: the bridge comes first, and nothing of the app changes what our part says.
import { beforeAll, describe, expect, test } from "vitest";
import type { BundleIndex } from "../../../sandbox-host/bundle.ts";
import { buildAppAssets } from "../../../scripts/build-app-assets.ts";

type Documents = typeof import("../../../sandbox-host/documents.ts");
let documents: Documents;
beforeAll(async () => {
	await buildAppAssets();
	documents = await import("../../../sandbox-host/documents.ts");
});

const index: BundleIndex = {
	bundleId: "b",
	versionId: "v",
	title: `</title><script>alert(1)</script>"'&`,
	entry: "module",
	sources: [{ path: "app.js", source: "app.tsx" }],
	files: [],
};
const facts = {
	studioOrigin: "http://us-east.studio.localhost:1",
	kind: "live",
	role: "owner",
	name: `"><script>alert(1)</script>`,
	hasSession: true,
} as const;
const firstScript = (page: string) => /<script[^>]*>/.exec(page)?.[0];

describe("the page of a module", () => {
	test("escapes titles and names", () => {
		const page = documents.renderPage(documents.moduleTemplate(index), facts);
		expect(page).not.toContain("<script>alert");
		expect(page.match(/<script/g)).toHaveLength(3);
		expect(firstScript(page)).toContain("/_freehold/lib/bridge.");
	});
});

describe("the app's own page", () => {
	const render = (source: string) => documents.renderPage(documents.htmlTemplate(index, source), facts);

	test("has the bridge before any script of the app, wherever that stands", () => {
		for (const source of [
			"<!doctype html><html><head><script src=a.js></script></head><body>x</body></html>",
			"<script src=a.js></script><p>no head at all",
			"<body><script src=a.js></script>",
			"<!-- <head> --><html><script src=a.js></script>",
			"<svg><script href=a.js></script></svg>",
			"",
		]) {
			expect(firstScript(render(source)), source).toContain("/_freehold/lib/bridge.");
		}
	});
	test("loses what would change where addresses lead, and what pretends to be ours", () => {
		const page = render(
			`<head><base href="//evil.example/"><meta http-equiv=" Refresh" content="0;url=//evil.example"><meta name="freehold" content="{}">` +
				`<meta name=freehold-sources content="[]"><script type="importmap">{"imports":{"freehold":"/mine.js"}}</script></head>` +
				`<body><!--freehold-facts--><template><base href=//evil.example></template><p>kept</p></body>`,
		);
		expect(page).not.toContain("evil.example");
		expect(page).not.toContain("/mine.js");
		expect(page.match(/name="freehold"/g)).toHaveLength(1);
		expect(page).toContain("<p>kept</p>");
	});
});
