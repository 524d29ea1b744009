// Paths inside an app: which are allowed, and where a relative reference leads.
import { FilePath } from "#schema/files.ts";

/**
 * Names Windows cannot hold (learn.microsoft.com, "Naming files"): a downloaded zip would not unpack there. And the one name
 * that sets a prototype where somebody keeps files in an object.
 */
const reservedNames = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|^__proto__$/i;

/** Why a path cannot be used, or null. */
export function pathFault(path: string): string | null {
	if (!FilePath.safeParse(path).success) {
		return "Use a relative path of letters, digits, dots, dashes and underscores, not beginning with a dot or _freehold.";
	}
	if (path.split("/").some((part) => reservedNames.test(part)))
		return "Some systems reserve this name. Choose another.";
	return null;
}

export { fileEnding as extensionOf } from "#schema/media-types.ts";

/** A reference to another host or scheme, as browsers read it: they drop control characters and take `\` for `/`. */
export function isExternal(reference: string): boolean {
	const seen = clean(reference);
	return /^[a-z][a-z0-9+.-]*:/i.test(seen) || seen.startsWith("//");
}

export const schemeOf = (reference: string): string =>
	/^([a-z][a-z0-9+.-]*):/i.exec(clean(reference))?.[1]?.toLowerCase() ?? "";

/** The URL standard drops tabs and line breaks anywhere, and controls at the ends (https://url.spec.whatwg.org/#url-parsing). */
function clean(reference: string): string {
	return [...reference]
		.filter((char) => char > "\u001f")
		.join("")
		.trim()
		.replaceAll("\\", "/");
}

/** The app path that a reference in `from` leads to; null when it leaves the app. Query and fragment are dropped. */
export function resolveFrom(from: string, reference: string): string | null {
	const target = clean(reference).replace(/[?#].*$/, "");
	const parts = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
	for (const part of target.split("/")) {
		if (part === "..") {
			if (parts.pop() === undefined) return null;
		} else if (part !== "." && part !== "") parts.push(part);
	}
	return parts.join("/");
}

/** How a module at `from` names the file at `to`. */
export function relativeTo(from: string, to: string): string {
	const [base, target] = [from.split("/").slice(0, -1), to.split("/")];
	while (base.length > 0 && base[0] === target[0]) {
		base.shift();
		target.shift();
	}
	return `${base.length === 0 ? "./" : "../".repeat(base.length)}${target.join("/")}`;
}
