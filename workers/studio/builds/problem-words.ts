// What the gate found, in words for a person. A model reads the problem's own message, which says what to write instead.
import type { Problem } from "../files/problem.ts";

const words: Record<Problem["code"], string> = {
	bad_path: "a file has a name that cannot be used",
	binary: "a file is not readable text",
	blank: "the page would stay empty",
	blocked: "it uses something that does not work inside an app",
	case_collision: "two files have names that differ only in upper and lower case",
	circular: "files use each other before they are ready",
	credential: "it holds what looks like a password or a key, which everybody who opens the app could read",
	css: "the styles cannot be read",
	dynamic_import: "it loads a file whose name is only known while the app runs",
	external: "it loads something from another website, which apps cannot do",
	inline_handler: "it uses a form of scripts in the page that does not run in an app",
	markup: "the page uses something that cannot be shown in an app",
	missing_export: "it uses a part of another file or library that is not there",
	missing_file: "it refers to a file that does not exist",
	no_entry: "the file that the app starts with is missing",
	no_default_export: "the file that the app starts with shows nothing",
	same_served_path: "two files would have the same address",
	syntax: "the code is not complete, or not correct",
	too_large: "the app is larger than an app can be",
	undefined_name: "it uses a name that is defined nowhere",
	unknown_import: "it uses a library that is not available here",
	unsupported_import: "it uses a file in a way that does not work in an app",
};

/** One line: where, and what. */
export function tellPerson({ path, line, code }: Problem): string {
	const place = path ? `${path}${line ? `, line ${line}` : ""}: ` : "";
	const sentence = `${place}${words[code]}.`;
	return place ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
