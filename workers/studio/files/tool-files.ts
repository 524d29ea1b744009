// Files that only tools read: models write them out of habit. They stay in the version, as the person's, and are no part of the app:
// code and settings among them are never compiled, checked or served. A file that the app itself imports is not one of them.

const tools: readonly RegExp[] = [
	/(^|\/)[\w.-]+\.config\.([cm]?[jt]s|json)$/i,
	/(^|\/)(ts|js)config(\.[\w-]+)?\.json$/i,
	/(^|\/)(package|package-lock|components|deno|biome|vercel|turbo|nx|netlify|firebase|template)\.jsonc?$/i,
	/\.d\.[mc]?ts$/i,
	/\.(test|spec|stories|story|cy|e2e|bench)\.[cm]?[jt]sx?$/i,
	/(^|\/)(__tests__|__mocks__|cypress|e2e|node_modules)\//i,
	/(^|\/)(setupTests|setupProxy|jest\.setup|vitest\.setup|test-setup)\.[jt]sx?$/i,
	/(^|\/)(gulpfile|gruntfile|rollup|webpack)[\w.-]*\.[cm]?[jt]s$/i,
	/\.(cjs|cts|mts|jsonc)$/i,
];

export const isToolFile = (path: string): boolean => tools.some((pattern) => pattern.test(path));
