import { describe, expect, test } from "vitest";
import { deviceOf, networkOf } from "#studio/identity/visitor.ts";

describe("the network of a caller", () => {
	test("comes from the edge's header only", () => {
		const forged = new Headers({ "X-Forwarded-For": "198.51.100.1", "X-Real-IP": "198.51.100.1" });
		expect(networkOf(forged)).toBe("unknown");
		forged.set("CF-Connecting-IP", "not an address");
		expect(networkOf(forged)).toBe("unknown");
		forged.set("CF-Connecting-IP", "2001:db8:85a3:8d3:1319:8a2e:370:7348");
		expect(networkOf(forged)).toBe("2001:db8:85a3::/48");
		forged.set("CF-Connecting-IP", "203.0.113.9");
		expect(networkOf(forged)).toBe("203.0.113.0/24");
	});
});

describe("the device of a caller", () => {
	const agents: [string, string][] = [
		["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
		[
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0",
			"Edge on Windows",
		],
		[
			"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1",
			"Safari on iPhone or iPad",
		],
		["curl/8.5.0", "Unknown device"],
		["<script>alert(1)</script>", "Unknown device"],
	];
	test.each(agents)("%s", (agent, device) => expect(deviceOf(new Headers({ "User-Agent": agent }))).toBe(device));
});
