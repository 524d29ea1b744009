import fc from "fast-check";
import { expect, test } from "vitest";
import type { Part } from "#schema/generation.ts";
import { vendored } from "#studio/files/modules.ts";
import { StreamFailure, toFailure } from "../../../workers/ai-gateway/failure.ts";
import { toMessages } from "../../../workers/ai-gateway/messages.ts";
import { holdsAnyOf } from "../../../workers/ai-gateway/own-keys.ts";
import { systemPrompt } from "../../../workers/ai-gateway/prompt.ts";
import { readToolCall, tools } from "../../../workers/ai-gateway/tools.ts";

const text = (role: "user" | "assistant", dataClass: Part["dataClass"], words: string): Part => ({
	type: "text",
	role,
	dataClass,
	text: words,
});

test("turns alternate, and begin and end with the person", () => {
	const messages = toMessages(
		[
			text("assistant", "conversation", "a"),
			text("user", "prompt", "b"),
			text("user", "files", "c"),
			text("assistant", "conversation", "d"),
		],
		"f",
	);
	expect(messages.map(({ role, content }) => `${role} ${content.length}`)).toEqual([
		"user 1",
		"assistant 1",
		"user 2",
		"assistant 1",
		"user 1",
	]);
});

test("only the person's own words stand outside a data fence", () => {
	const words = (dataClass: Part["dataClass"]) => {
		const content = toMessages([text("user", dataClass, "x")], "f00")[0]?.content[0];
		return content?.type === "text" ? content.text : "";
	};
	expect(words("prompt")).toBe("x");
	for (const dataClass of ["app_metadata", "files", "references", "schema", "samples", "runtime_errors"] as const) {
		expect(words(dataClass)).toBe(`<data kind="${dataClass}" fence="f00">\nx\n</data fence="f00">`);
	}
});

test("a tool call becomes an operation only when all of it fits", () => {
	expect(readToolCall("finish", '{"summary": "Done.", "extra": null}')).toEqual({
		ok: true,
		op: { kind: "finish", summary: "Done." },
	});
	expect(readToolCall("toString", "{}")).toMatchObject({ ok: false });
	expect(readToolCall("write_file", '{"path": "a.ts", "content": "x", "kind": "delete"}')).toMatchObject({
		ok: true,
		op: { kind: "write" },
	});
	expect(readToolCall("write_file", '{"path": "a.ts", "content": "x", "__proto__": {"a": 1}}')).toMatchObject({
		ok: false,
	});
	for (const hostile of ["../canary", "/canary", "a/./canary", "_freehold/canary"]) {
		const read = readToolCall("write_file", JSON.stringify({ path: hostile, content: "", canary: 1 }));
		expect(read.ok).toBe(false);
		if (!read.ok) expect(read.message).not.toContain("canary");
	}
});

test("whatever a model sends, reading it never throws", () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...tools.map(({ name }) => name), "constructor", ""),
			fc.oneof(fc.json(), fc.string()),
			(name, json) => {
				expect(typeof readToolCall(name, json).ok).toBe("boolean");
			},
		),
	);
});

test("the prompt names each library that can be imported, and no other", () => {
	const named = [...systemPrompt(true).matchAll(/^- "react.*$|^- "preact.*$|^- "chart.*$|^- "freehold.*$/gm)].flatMap(
		([line]) => [...line.matchAll(/"([^"]+)"/g)].map((match) => match[1]),
	);
	expect(new Set(named)).toEqual(vendored);
});

test("finds a key in a body however it is written, and nothing where there is none", () => {
	const key = "sk-ant-api03-Example_Key-0123456789";
	const holds = (body: string) => holdsAnyOf([key], new TextEncoder().encode(body));
	fc.assert(
		fc.property(fc.string(), fc.string(), (before, after) => {
			expect(holds(JSON.stringify({ a: `${before}${key}${after}` }))).toBe(true);
			expect(holds(Buffer.from(`${before}${key}${after}`).toString("base64"))).toBe(true);
			expect(holds(Buffer.from(key).toString("hex"))).toBe(true);
			expect(holds(JSON.stringify({ before, after }))).toBe(false);
		}),
	);
	expect(holdsAnyOf(["", "unused"], new TextEncoder().encode("unused"))).toBe(false);
});

test("each failure of a provider has one reason", () => {
	const of = (error: unknown, hasResponse = false) => toFailure(error, hasResponse);
	expect(of({ status: 429, headers: new Headers({ "retry-after": "12" }) })).toEqual({
		reason: "rate_limited",
		retryAfterSeconds: 12,
	});
	expect(
		of({ status: 429, headers: new Headers({ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }) }).retryAfterSeconds,
	).toBeNull();
	expect(of({ status: 418 }).reason).toBe("bad_request");
	expect(of({ status: 502 }).reason).toBe("server_error");
	expect(of({ type: "overloaded_error" }, true).reason).toBe("overloaded");
	expect(of({ type: "brand_new_error" }, true).reason).toBe("server_error");
	expect(of(new StreamFailure(null), true).reason).toBe("server_error");
	expect(of(new StreamFailure("rate_limit_exceeded"), true).reason).toBe("rate_limited");
	expect(of(new TypeError("lost"), true).reason).toBe("cut");
	expect(of(new TypeError("lost"), false).reason).toBe("server_error");
});
