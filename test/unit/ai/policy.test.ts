// A workspace's policy as it is stored: what cannot be read is never taken for the default, which may admit more.
import { expect, test } from "vitest";
import { DataClass } from "#schema/generation.ts";
import { defaultPolicy, readPolicy } from "../../../workers/studio/ai/policy.ts";

test("a policy that was never set is the default", () => {
	expect(readPolicy(null)).toEqual({ ok: true, value: defaultPolicy });
});

test("a stored policy admits what it says, and no class that came into being after it", () => {
	const read = readPolicy(JSON.stringify({ admits: { prompt: true, files: false } }));
	if (!read.ok) throw new Error(read.reason);
	expect(read.value.admits.prompt).toBe(true);
	for (const one of DataClass.options.filter((name) => name !== "prompt"))
		expect(read.value.admits[one], one).toBe(false);
});

test.each([
	"",
	"{",
	"null",
	"[]",
	"{}",
	'{"admits":{"prompt":"yes"}}',
	'{"admits":{"prompt":true},"extra":1}',
	'{"admits":{"a class of a later version":true}}',
])("what cannot be read admits nothing: %s", (stored) => {
	expect(readPolicy(stored)).toEqual({ ok: false, reason: "unreadable" });
});
