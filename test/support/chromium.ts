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

/** Chromium 156 names this directive in an error; it is kept for browsers that will know it (docs/decisions/021). */
const knownNoise = /Unrecognized Content-Security-Policy directive 'webrtc'/;

/** Collects what a person would find in the console as errors. */
export function collectErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error" && !knownNoise.test(message.text())) errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(error.message));
	return errors;
}
