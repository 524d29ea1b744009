// One way to start Chromium for all browser tests: no background traffic, and console errors collected.
import { type Browser, chromium, type Page } from "playwright-core";
import { findOrInstallChromium } from "../../scripts/find-chromium.ts";

/** `more`: further switches. */
export const launchChromium = (more: readonly string[] = []): Promise<Browser> =>
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
			`--disable-features=${[...ofPlaywright, ...ofAddressBar].join(",")}`,
			...more,
		],
	});

/**
 * Chromium 156 opens two pages of its own with every window, for its address bar's popup; in a test each context is a window, and nobody
 * types into an address bar.
 */
const ofAddressBar = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** What Playwright 1.65 turns off itself: of two switches of one name the last one counts, so its list stands here again. */
const ofPlaywright = [
	"AimEnabled",
	"AvoidCorsURLLoaderRestartOnRedirect",
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsFirstBalancedModeAutoEnable",
	"HttpsUpgrades",
	"LensOverlay",
	"MediaRouter",
	"NetworkTimeServiceQuerying",
	"OptimizationHints",
	"PaintHolding",
	"PreconnectToSearch",
	"TcpPortRandomizationWin",
	"ThirdPartyStoragePartitioning",
];

/** Collects what a person would find in the console as errors. */
export function collectErrors(page: Page): string[] {
	const errors: string[] = [];
	page.on("console", (message) => {
		if (message.type() === "error") errors.push(message.text());
	});
	page.on("pageerror", (error) => errors.push(error.message));
	return errors;
}
