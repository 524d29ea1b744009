// The one function that we use of the package, which has no types of its own.
declare module "punycode/punycode.js" {
	const punycode: {
		/** A domain, or an address whose domain it is, with each punycode label in its own script. Throws RangeError. */
		toUnicode(text: string): string;
	};

	// biome-ignore lint/style/noDefaultExport: it is what the package exports
	export default punycode;
}
