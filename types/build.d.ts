// The modules that scripts/build-assets.ts writes into .build/: browser code as text, by path; and the promises that have a test.
declare module "#build/studio-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
declare module "#build/front-door-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
declare module "#build/app-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
declare module "#build/kept-promises" {
	/** Ids of the promises that have a file in test/promises/. */
	export const keptPromises: readonly string[];
}
declare module "#build/library-exports" {
	/** What each library that an app may import exports, by name. */
	export const libraryExports: Readonly<Record<string, readonly string[]>>;
	/** What the default export of some of them holds. */
	export const libraryMembers: Readonly<Record<string, readonly string[]>>;
}
