// One way to start Chromium for all browser tests: no background traffic, and console errors collected.
import { type Browser, chromium, type Page } from "playwright-core";
import { findOrInstallChromium } from "../../scripts/find-chromium.ts";

export const launchChromium = (): Promise<Browser> =>
	chromium.launch({
		executablePath: findOrInstallChromium(),
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
			"--no-first-run",
		],
	});

/** Collects what a person would find in the console as errors. */
export function collectErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(error.message));
	return errors;
}
