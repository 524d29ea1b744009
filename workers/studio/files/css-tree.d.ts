// The part of css-tree that check-css.ts and css-modules.ts use; the package has no types of its own.
declare module "css-tree/parser" {
	export interface CssNode {
		type: string;
		name?: string;
		property?: string;
		value?: unknown;
		loc?: { start: { line: number; offset: number }; end: { offset: number } } | null;
	}
	const parse: (
		text: string,
		options: {
			positions: boolean;
			parseCustomProperty: boolean;
			parseValue?: boolean;
			context?: string;
			onParseError?(error: { line: number }): void;
		},
	) => CssNode;

	// biome-ignore lint/style/noDefaultExport: it is the package's
	export default parse;
}
declare module "css-tree/walker" {
	import type { CssNode } from "css-tree/parser";

	const walk: (ast: CssNode, visit: (this: { atrule: CssNode | null }, node: CssNode) => void) => void;

	// biome-ignore lint/style/noDefaultExport: it is the package's
	export default walk;
}
