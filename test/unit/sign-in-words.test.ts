// What the review before publishing says of pages that ask for a password.
import { describe, expect, it } from "vitest";
import { warnOfSignIns } from "../../workers/studio/sharing/sign-in-words.ts";

const warningsOf = (content: string, path = "index.html") => warnOfSignIns([{ path, content }]);

describe("the review before publishing", () => {
	it.each([
		'<input type="password">',
		"<input name=p type=password>",
		"<input type='PASSWORD'>",
		'h("input", { type: "password" })',
		'field.setAttribute("type", "password")',
		"<input type={`password`} />",
		'<input autocomplete="current-password">',
		"<p>Please enter your password to go on</p>",
		"<p>Bitte Passwort eingeben</p>",
	])("warns of a page that asks for a password: %s", (content) => {
		expect(warningsOf(content)).toEqual([expect.stringContaining("index.html asks for a password")]);
	});

	it("warns of a sign-in that shows the word Freehold in a heading", () => {
		const page = '<h1>Freehold: sign in again</h1><input type="password">';
		expect(warningsOf(page)).toHaveLength(2);
		expect(warningsOf("<h2>Your Freehold session has ended</h2>")).toEqual([expect.stringContaining("word Freehold")]);
	});

	it.each([
		"<h1>Freehold and leasehold flats</h1>",
		'<input type="text" name="passwordless">',
		"<p>A list of books</p>",
		'import { data } from "./freehold.js"; // sign in',
	])("says nothing of: %s", (content) => expect(warningsOf(content)).toEqual([]));

	it("does not read pictures", () => {
		expect(warnOfSignIns([{ path: "a.svg", content: "type=password", encoding: "base64" }])).toEqual([]);
	});
});
