// The trust page and the tests of promises agree: the page has every promise once, each test belongs to one of them, and what
// has no test is shown as not kept yet, with its limits beside it either way.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { promisesWith } from "#schema/promises.ts";
import { buildAssets } from "../../../scripts/build-assets.ts";
import { readKeptPromises } from "../../../scripts/build-kept-promises.ts";

const ids = [
	...["T1-owner", "T2-rls", "T3-workspace", "S1-origin", "S2-private", "S3-egress", "K1-secrets"],
	...["K2-source-credentials", "R1-region", "R2-consent", "E1-encrypted", "E2-backups", "N1-no-training", "N2-minimum"],
	...["N3-seen", "N4-purpose", "N5-control", "N6-metadata", "H1-history", "Q1-run", "X1-export", "X2-delete"],
	...["A1-audit", "G1-gdpr", "H2-selfhost", "Q2-answers"],
];
const folder = join(import.meta.dirname, "../../promises");
const tested = readKeptPromises(folder);
const promises = promisesWith(tested);

let page: string;
beforeAll(async () => {
	await buildAssets();
	const { makeFrontDoor } = await import("../../../workers/front-door/app.tsx");
	const env = {
		STUDIO_DOMAIN: "studio.localhost",
		APPS_DOMAIN: "apps.localhost",
		PUBLIC_URL: "http://{host}:8787",
	};
	const answer = await makeFrontDoor().request("http://studio.localhost/trust", {}, env);
	expect(answer.status).toBe(200);
	page = await answer.text();
});

/** The text of one promise on the page, as a person reads it. */
function cardOf(id: string): string {
	const card = page.split('<article class="promise"').find((part) => part.startsWith(` id="${id}"`)) ?? "";
	const [inside = ""] = card.split("</article>");
	return inside
		.replace(/<[^>]*>/g, " ")
		.replaceAll("&#39;", "'")
		.replaceAll("&quot;", '"')
		.replaceAll("&amp;", "&");
}

it("names every promise exactly once", () => {
	expect(promises.map(({ id }) => id).sort()).toEqual([...ids].sort());
	expect(page.match(/<article class="promise"/g)).toHaveLength(ids.length);
});

it("has no test of a promise that is not in the table, and no empty test", () => {
	expect(tested.filter((id) => !ids.includes(id))).toEqual([]);
	expect(tested.length).toBeGreaterThan(0);
	for (const id of tested) {
		const source = readFileSync(join(folder, `${id}.test.ts`), "utf8");
		expect(source, id).toMatch(/\bexpect\(/);
		expect(source, id).not.toMatch(/\.(skip|todo|only|fails|skipIf|runIf)\b/);
		expect(source, id).not.toMatch(/vi\.mock/);
	}
});

it("calls a promise kept when it has a test, and only then", () => {
	expect(
		promises
			.filter(({ kept }) => kept)
			.map(({ id }) => id)
			.sort(),
	).toEqual(tested);
	expect(page).toContain(`${tested.length} of ${ids.length} kept`);
});

describe.each(ids)("%s", (id) => {
	it("stands on the page with its mechanism, its limits and whether it is kept", () => {
		const { promise, mechanism, limits, kept } = promises.find((one) => one.id === id) as ReturnType<
			typeof promisesWith
		>[number];
		const card = cardOf(id);
		for (const words of [promise, mechanism, limits]) expect(card).toContain(words);
		expect(card.includes("Not yet")).toBe(!tested.includes(id));
		expect(card.includes(`test/promises/${id}.test.ts`)).toBe(tested.includes(id));
		expect(kept).toBe(tested.includes(id));
	});
});
