// Pictures that people give for an app keep apart, whatever they are called.
import fc from "fast-check";
import { expect, test } from "vitest";
import { FilePath } from "#schema/files.ts";
import { picturePath } from "#studio/builds/picture-names.ts";

const pathsOf = (names: string[]) => {
	const taken = new Set<string>();
	return names.map((name) => picturePath(name, "image/png", taken));
};

test.each([
	["photo.png", "images/photo.png"],
	["my photo (1).png", /^images\/my-photo-1-[a-z0-9]{7}\.png$/],
	["写真.png", /^images\/picture-[a-z0-9]{7}\.png$/],
	["Café.png", /^images\/Cafe-[a-z0-9]{7}\.png$/],
	["CON.png", /^images\/picture-[a-z0-9]{7}\.png$/],
	["aux.tar.png", /^images\/picture-[a-z0-9]{7}\.png$/],
	["trailing...png", /^images\/trailing-[a-z0-9]{7}\.png$/],
	[".hidden", /^images\/[a-z]*-?[a-z0-9]{7}\.png$/],
	// a name that is an ending only
	[".png", /^images\/picture-[a-z0-9]{7}\.png$/],
	[".0", /^images\/picture-[a-z0-9]{7}\.png$/],
	["no ending", /\.png$/],
	["named-wrongly.jpg", "images/named-wrongly.png"],
])("%s", (name, path) => {
	const [made = ""] = pathsOf([name]);
	if (typeof path === "string") expect(made).toBe(path);
	else expect(made).toMatch(path);
});

test("the same name gives the same path in another turn", () => {
	expect(pathsOf(["写真.png"])).toEqual(pathsOf(["写真.png"]));
});

test.each([
	[["写真.png", "地図.png"]],
	[["Photo.png", "photo.png"]],
	[["caf\u00e9.png", "cafe\u0301.png"]],
	[["a.png", "a.png"]],
])("%j stay apart", (names) => {
	const paths = pathsOf(names);
	expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length);
});

test("any names at all make paths that are allowed and different, also where case does not count", () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), { maxLength: 10 }), (names) => {
			const paths = pathsOf(names);
			for (const path of paths) expect(FilePath.safeParse(path).success).toBe(true);
			expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(names.length);
		}),
	);
});
