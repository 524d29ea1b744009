// Names that others read, and addresses: what is taken out, what stays, what is refused.
import { describe, expect, it } from "vitest";
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
		"x@почта.рф",
		`${"a".repeat(250)}@example.org`,
	])("is refused: %j", (typed) => expect(EmailAddress.safeParse(typed).success).toBe(false));
});
