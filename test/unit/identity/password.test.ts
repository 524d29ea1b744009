import { scryptSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashPassword, passwordQueueIsFull, verifyPassword } from "#studio/identity/password.ts";

describe("passwords", () => {
	test("verify with what was hashed and with nothing else", async () => {
		const hash = await hashPassword("correct horse battery");
		expect(await verifyPassword(hash, "correct horse battery")).toBe(true);
		expect(await verifyPassword(hash, "correct horse batterz")).toBe(false);
		expect(await verifyPassword(hash, "")).toBe(false);
	});

	test("carry their parameters and a salt of their own", async () => {
		const [one, two] = await Promise.all([
			hashPassword("correct horse battery"),
			hashPassword("correct horse battery"),
		]);
		expect(one).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
		expect(one).not.toBe(two);
	});

	test("verify a hash made with other parameters, as an independent scrypt makes it", async () => {
		const salt = Buffer.from("0123456789abcdef");
		const key = scryptSync("pässword and more", salt, 32, { N: 2 ** 14, r: 8, p: 1 });
		const hash = `scrypt$14$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
		expect(await verifyPassword(hash, "pässword and more")).toBe(true);
		expect(await verifyPassword(hash, "pa\u0308ssword and more")).toBe(true);
	});

	test.each([
		"",
		"scrypt",
		"scrypt$25$8$1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"scrypt$15$8$99$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"bcrypt$15$8$1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	])("refuse a stored hash that is not ours: %s", async (hash) => {
		expect(await verifyPassword(hash, "correct horse battery")).toBe(false);
	});

	test("refuse more work than may wait, and recover", async () => {
		const results = await Promise.allSettled(
			Array.from({ length: 50 }, () => verifyPassword(`scrypt$14$8$1$MDEyMzQ1Njc4OWFiY2RlZg$${"A".repeat(43)}`, "x")),
		);
		expect(results.filter((result) => result.status === "rejected").length).toBe(8);
		expect(passwordQueueIsFull()).toBe(false);
		expect(await verifyPassword(await hashPassword("still works here"), "still works here")).toBe(true);
	});
});
