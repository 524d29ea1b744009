// Small names of React 19 that preact/compat has not.
import { type ComponentChildren, createElement, Fragment } from "preact";

/** A measuring wrapper; nothing is measured in an app. */
export function Profiler({ children }: { children?: ComponentChildren }) {
	return createElement(Fragment, null, children);
}

/** Hides without forgetting: what is inside keeps its state. */
export function Activity({
	mode = "visible",
	children,
}: {
	mode?: "visible" | "hidden";
	children?: ComponentChildren;
}) {
	return createElement("div", { style: { display: mode === "hidden" ? "none" : "contents" } }, children);
}

/** Remembers the last results of a function by its arguments. React forgets per request; a page has one. */
export function cache<Args extends readonly unknown[], Result>(
	work: (...args: Args) => Result,
): (...args: Args) => Result {
	const known: { args: Args; result: Result }[] = [];
	return (...args) => {
		const hit = known.find(
			(one) => one.args.length === args.length && one.args.every((arg, at) => Object.is(arg, args[at])),
		);
		if (hit) return hit.result;
		const result = work(...args);
		known.push({ args, result });
		if (known.length > 200) known.shift();
		return result;
	};
}

/** Tests wrap what they do in it; outside a test it only runs it. */
export async function act<Result>(work: () => Result | Promise<Result>): Promise<Result> {
	const result = await work();
	await new Promise((resume) => setTimeout(resume, 0));
	return result;
}

/** React answers null in production, too. */
export const captureOwnerStack = (): string | null => null;
