// Which app a host name and a path ask for. Pure: strings in, a label or a file path out, or null for "not found".
import { Label } from "#schema/ids.ts";

/**
 * The label of a host name, given what must follow it. A trailing dot, punycode, another region, a deeper or a bare name
 * are all the same null, so that none of them is a second name of an app.
 */
export function labelOfHost(hostname: string, hostSuffix: string): Label | null {
	const lower = hostname.toLowerCase();
	if (!lower.endsWith(hostSuffix)) return null;
	const label = Label.safeParse(lower.slice(0, -hostSuffix.length));
	return label.success ? label.data : null;
}

/**
 * Whether a path may be one of the app's own, which its start page answers (History API): its last part has no file ending. A
 * missing `logo.png` stays missing.
 */
export const isAppPath = (path: string): boolean => !(path.split("/").at(-1) ?? "").includes(".");

/**
 * The file a URL path names: `index.html` for `/`. Null for what could be read in two ways: encoded slashes and
 * backslashes, control characters, bad escapes. Whether the file exists is for the manifest to say.
 */
export function fileOfPath(pathname: string): string | null {
	if (/%2f|%5c|%00|\\/i.test(pathname)) return null;
	try {
		const path = decodeURIComponent(pathname).slice(1);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
		if (/[\u0000-\u001f\u007f]/.test(path) || path.split("/").some((part) => part === "." || part === ".."))
			return null;
		return path === "" ? "index.html" : path;
	} catch {
		return null;
	}
}
