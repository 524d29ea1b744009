// Puts a page's component where its skeleton stands, with the props the server wrote, and starts what every page has.

import { render } from "hono/jsx/dom";
import type { JSX } from "hono/jsx/dom/jsx-runtime";
import { startCommands } from "./commands.tsx";

/** Renders into `#island`. `Props` is what the server's page passes as `data`. */
export function mountIsland<Props extends object>(component: (props: Props) => JSX.Element): void {
	const root = document.getElementById("island");
	startCommands();
	if (!root) return;
	const Component = component as (props: object) => JSX.Element;
	const props = JSON.parse(root.dataset["props"] ?? "{}") as Props;
	render(<Component {...props} />, root);
}
