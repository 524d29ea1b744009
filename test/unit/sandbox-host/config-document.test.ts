// The configuration of an app's object, as each release wrote it.
import { expect, test } from "vitest";
import { configVersion, readConfigDocument } from "../../../sandbox-host/config-document.ts";

const common = {
	state: "live",
	label: "l",
	owner: "own_a",
	appId: "app_a",
	kind: "live",
	bundle: null,
	previousId: null,
};
const present = (audience: string, app: boolean) => ({
	...{ ...common, version: configVersion, audience, blocked: { app, owner: false } },
});

test("documents of every version are read as the present one", () => {
	for (const [audience, expected] of [
		["private", present("private", false)],
		["public", present("public", false)],
		["blocked", present("private", true)],
	] as const) {
		expect(readConfigDocument({ ...common, audience })).toEqual(expected);
	}
	const second = { ...common, audience: "public", blocked: { app: false, owner: true } };
	expect(readConfigDocument(second)).toEqual({ ...second, version: configVersion });
	expect(readConfigDocument({ state: "retired", label: "l" })).toEqual({
		...{ version: configVersion, state: "retired", label: "l" },
	});
	expect(readConfigDocument(present("public", true))).toEqual(present("public", true));
});

test("a document of a later release is refused with its version", () => {
	const later = { ...present("private", false), version: configVersion + 1, more: true };
	expect(() => readConfigDocument(later)).toThrow(
		`This object's configuration is of version ${configVersion + 1}, and this release knows ${configVersion}.`,
	);
});

test("what is no configuration of any version is refused", () => {
	for (const json of [
		null,
		[],
		"x",
		{},
		{ ...common, audience: "everyone" },
		{ ...present("private", false), more: true },
		{ ...present("private", false), version: 0 },
		{ ...present("private", false), version: "3" },
		{ ...present("blocked", false) },
		{ state: "retired", label: "l", owner: "own_a" },
	]) {
		expect(() => readConfigDocument(json), JSON.stringify(json)).toThrow();
	}
});
