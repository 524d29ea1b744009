// The module that scripts/build-studio-assets.ts writes for the front door.
declare module "#build/front-door-assets" {
	export const assets: Record<string, { contentType: string; body: string; hash: string }>;
}
