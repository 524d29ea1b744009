// Names for pictures that become files of an app: safe on every system, with the ending of what they are, and never the same twice.
import { limits } from "#schema/files.ts";

const endings: Record<string, string> = {
	"image/png": "png",
	"image/jpeg": "jpg",
	"image/webp": "webp",
	"image/gif": "gif",
};

// Windows keeps these for devices, with any ending.
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$)$/i;

/**
 * The path of a picture. The same name always gives the same path, so that a picture given again takes the place of the first. A name
 * whose letters cannot stand in a path gets a mark of its own, so that two such names stay apart. `taken`: lower-case paths that
 * other pictures of this turn have; this one is added to it.
 */
export function picturePath(name: string, mediaType: string, taken: Set<string>): string {
	const ending = endingFor(name, mediaType);
	const whole = name.normalize("NFC");
	const stem = whole.replace(/\.[A-Za-z0-9]{1,5}$/, "");
	const plain = stem
		.normalize("NFKD")
		.replace(/[\u0300-\u036f]/g, "")
		.replace(/[^A-Za-z0-9._-]+/g, "-")
		.replace(/^[.-]+|[.-]+$/g, "")
		.slice(0, 80)
		.replace(/[.-]+$/, "");
	const isKept = plain !== "" && plain === stem && !reserved.test(plain.split(".")[0] ?? "");
	const base = isKept
		? plain
		: [plain && !reserved.test(plain.split(".")[0] ?? "") ? plain : "picture", markOf(whole)].join("-");
	for (let count = 1; ; count += 1) {
		const path = `images/${base}${count === 1 ? "" : `-${count}`}.${ending}`;
		if (taken.has(path.toLowerCase()) || path.length > limits.pathChars) continue;
		taken.add(path.toLowerCase());
		return path;
	}
}

/** The ending that the name has, if it is one of this kind. */
function endingFor(name: string, mediaType: string): string {
	const own = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? "";
	if (mediaType === "image/jpeg" && own === "jpeg") return own;
	return endings[mediaType] ?? "png";
}

/** Six letters and digits that depend on every letter of the name (FNV-1a, 32 bits). */
function markOf(name: string): string {
	let hash = 0x811c9dc5;
	for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
	return hash.toString(36).padStart(7, "0").slice(-7);
}
