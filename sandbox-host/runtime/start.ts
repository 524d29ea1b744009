// Renders an app that is a module: the default export of /app.js, a component, into the page. Says in plain words what is
// wrong when there is none.

import { createElement, type FunctionComponent } from "preact/compat";
import { createRoot } from "preact/compat/client";
import { useBridge } from "./bridge-api.ts";

async function start(): Promise<void> {
	const root = document.getElementById("root");
	if (!root) return;
	await useBridge().waitForStorage();
	const address = "/app.js";
	const module = (await import(address)) as { default?: unknown };
	const component = module.default;
	if (typeof component !== "function") {
		throw new TypeError("app.tsx must export a component: export default function App() { … }");
	}
	createRoot(root).render(createElement(component as FunctionComponent, null));
}

// a failure is an error of the page: the bridge reports it with its place
start().catch((error: unknown) => {
	reportError(error);
});
