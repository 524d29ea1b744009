// The modules that scripts/build-assets.ts writes into .build/: browser code as text, by path.
declare module "#build/studio-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
declare module "#build/app-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
