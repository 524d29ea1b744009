// Finds a Chromium for the browser tests, or installs one; says clearly what is missing when it can do neither.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const candidates = [
	process.env["CHROMIUM_PATH"],
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/usr/bin/google-chrome-stable",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function findInstalled(): string | null {
	const found = [...candidates, chromium.executablePath()].find((path) => path && existsSync(path));
	return found ?? null;
}

const runs = (command: string, args: string[]) => spawnSync(command, args, { stdio: "inherit" }).status === 0;

/** The path of a Chromium: an installed one, else Playwright's own, else the system's package. Throws with what to do. */
export function findOrInstallChromium(): string {
	const installed = findInstalled();
	if (installed) return installed;
	process.stdout.write("No Chromium found; installing one for the browser tests.\n");
	if (runs(process.execPath, ["node_modules/playwright-core/cli.js", "install", "chromium"])) {
		const own = findInstalled();
		if (own) return own;
	}
	const isRoot = process.getuid?.() === 0;
	if (existsSync("/usr/bin/apt-get")) {
		const apt = (args: string[]) => (isRoot ? runs("apt-get", args) : runs("sudo", ["-n", "apt-get", ...args]));
		if (apt(["update", "-qq"]) && apt(["install", "-y", "-qq", "chromium"])) {
			const packaged = findInstalled();
			if (packaged) return packaged;
		}
	}
	throw new Error(
		"The browser tests need Chromium and it could not be installed. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chrome or Chromium, then run npm test again.",
	);
}
