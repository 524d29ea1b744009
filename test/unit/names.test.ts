// Names that others read, and addresses: what is taken out, what stays, what is refused.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { emailForLibrary, emailOfLibrary } from "#db/directory/library-email.ts";
import { shownEmail } from "#lib/shown-email.ts";
import { EmailAddress } from "#schema/email-address.ts";
import { cleanName, cleanOutput, PersonName, shownName } from "#schema/names.ts";

describe("a name", () => {
	it("loses control characters, marks of direction and what is invisible", () => {
		const names = [
			["A\u202Eda", "Ada"],
			["\u2066Ada\u2069", "Ada"],
			["Ada\u0000\u001b[2J", "Ada[2J"],
			["Ada\r\nBcc: eve", "Ada Bcc: eve"],
			["Ada\u2028Lovelace", "Ada Lovelace"],
			["A\u{E0041}d\u200Ba\uFEFF", "Ada"],
			["\u200d\u200cAda\u200d", "Ada"],
			["Ada\ud800", "Ada"],
			["  Ada \t L. ", "Ada L."],
			["\u200B\u200D\u2060", ""],
			["\u3164\uFFA0\u115F\u2800", ""],
			["\u0301\u0301", ""],
			["\u00A0\u3000", ""],
		] as const;
		for (const [typed, shown] of names) {
			expect(cleanName(typed)).toBe(shown);
			expect(shownName(80).safeParse(typed).success).toBe(shown !== "");
		}
	});

	it.each([
		"Ada",
		"José",
		"Οδυσσέας",
		"محمد",
		"می\u200cخواهم",
		"क्\u200dष",
		"👩\u200d🚀",
		"❤\ufe0f",
		"李小龍",
		"O'Neil-Smith, Jr.",
		"x",
	])("keeps what writing needs: %s", (name) => expect(cleanName(name)).toBe(name.normalize("NFC")));

	it("is as long as it says after cleaning, not before", () => {
		expect(shownName(3).safeParse("\u200bAda\u200b").success).toBe(true);
		expect(shownName(3).safeParse("Adas").success).toBe(false);
	});
});

describe("the name of a person", () => {
	it("can't be one that speaks for Freehold or its operator", () => {
		const names = [
			"Freehold",
			"Freehold Support",
			"FREEHOLD",
			"free hold",
			"Fr\u200beehold",
			"Freeho1d",
			"Frееhоld",
			"FreehoId",
			"Ｆｒｅｅｈｏｌｄ",
			"Support",
			"The Operator",
			"support team",
		];
		for (const name of names) expect([name, PersonName.safeParse(name).success]).toEqual([name, false]);
	});

	it.each(["Ada", "Support for Ada", "Fred Holder", "Olga Operatorova"])("may be %s", (name) => {
		expect(PersonName.parse(name)).toBe(name);
	});
});

it("a terminal gets no control characters and no marks of direction", () => {
	expect(cleanOutput("a\u001b[31mb\u202ec\nd\te\u0007")).toBe("a[31mbc\nd\te");
});

describe("an address", () => {
	it.each([
		["x@xn--80a1acny.xn--p1ai", "x@xn--80a1acny.xn--p1ai"],
		["first.last+tag@sub.example.museum", "first.last+tag@sub.example.museum"],
		["o'neil&co/x=1@example.org", "o'neil&co/x=1@example.org"],
		[" ada@example.org ", "ada@example.org"],
		["x@почта.рф", "x@xn--80a1acny.xn--p1ai"],
		["ada@BÜCHER.Example", "ada@xn--bcher-kva.example"],
		["ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"],
		["ada@例え。テスト", "ada@xn--r8jz45g.xn--zckzah"],
		["ada@ｅｘａｍｐｌｅ．org", "ada@example.org"],
		["a!b@example.org", "a!b@example.org"],
	])("is taken: %s", (typed, stored) => expect(EmailAddress.parse(typed)).toBe(stored));

	it.each([
		"ada",
		"ada@",
		"@example.org",
		"ada@localhost",
		"ada@example.123",
		"a..b@example.org",
		".a@example.org",
		"ada@-x.org",
		"ada@x-.org",
		"ada@example.org\r\nBcc: eve@example.org",
		"ada@example.org, eve@example.org",
		"Ada <ada@example.org>",
		"ada@exa mple.org",
		"ada@пример/x.рф",
		"müller@bücher.example",
		"ад@почта.рф",
		"ada@１２７.0.0.1",
		"ada@0x7f.1",
		"ada@b%C3%BCcher.example",
		"ada@bücher.example:25",
		"eve@evil.example@bücher.example",
		"ada@a\u202eb.example",
		`ada@${"ü".repeat(70)}.example`,
		`${"a".repeat(250)}@example.org`,
	])("is refused: %j", (typed) => expect(EmailAddress.safeParse(typed).success).toBe(false));

	it("with letters beside a to z before the @ is refused with what to do", () => {
		const { error } = EmailAddress.safeParse("müller@bücher.example");
		expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining("without accents")]);
	});

	it.each([
		["x@xn--80a1acny.xn--p1ai", "x@почта.рф"],
		["ada@xn--bcher-kva.example", "ada@bücher.example"],
		["ada@xn--r8jz45g.xn--zckzah", "ada@例え.テスト"],
		["ada@xn--e1afmkfd.example.org", "ada@пример.example.org"],
		["ada@example.org", "ada@example.org"],
		["ada@xn--.example", "ada@xn--.example"],
		["ada@xn--999999999999.example", "ada@xn--999999999999.example"],
	])("is shown in its own script: %s", (stored, read) => expect(shownEmail(stored)).toBe(read));

	it("comes back from the punycode of any labels", () => {
		const letters = "abz09-äßéłжтшאבגعربहिन्दी日本語한국𝒳😀";
		for (let round = 0; round < 3000; round++) {
			const label = Array.from(
				{ length: 1 + (round % 12) },
				() => [...letters][Math.floor(Math.random() * [...letters].length)],
			).join("");
			const typed = EmailAddress.safeParse(`a@${label}.example`);
			if (!typed.success) continue;
			const shown = shownEmail(typed.data);
			expect(EmailAddress.parse(shown), label).toBe(typed.data);
			expect(shown, label).not.toMatch(/xn--/);
		}
	});

	it("is told to the sign-in library in a form that it takes, and read back; no typed one stands for another", () => {
		for (const email of [
			"x@xn--80a1acny.xn--p1ai",
			"a!b@example.org",
			"o'neil&co/x=1@example.org",
			"ada@example.org",
		]) {
			const told = emailForLibrary(email);
			expect(z.email().safeParse(told).success, told).toBe(true);
			expect(emailOfLibrary(told.toLowerCase())).toBe(email);
			const typed = emailForLibrary(emailForLibrary("x@xn--80a1acny.xn--p1ai"));
			expect(emailOfLibrary(typed)).toBe(emailForLibrary("x@xn--80a1acny.xn--p1ai"));
		}
		expect(emailForLibrary("ada@example.org")).toBe("ada@example.org");
	});
});
