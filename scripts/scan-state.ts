// `node scripts/scan-state.ts <state folder> <file of texts, one a line | ->`: searches everything the local host stored for
// texts that must not be there in the clear. For an operator who wants to see it for himself: plant a text, then look for it.
// Prints the line numbers of texts that were found and where, never the texts. Exit code 1 when something was found.
import { existsSync, readFileSync } from "node:fs";
import { canaryOf, minCanaryBytes } from "./scan/forms.ts";
import { searchFolder } from "./scan/state-folder.ts";

const [folder, list] = process.argv.slice(2);
if (!folder || !list || !existsSync(folder) || (list !== "-" && !existsSync(list))) {
	process.stderr.write(
		"\n  Usage: node scripts/scan-state.ts <state folder> <file of texts, one a line, or - for standard input>\n\n",
	);
	process.exit(2);
}
const lines = readFileSync(list === "-" ? 0 : list, "utf8").split(/\r?\n/);
const short = lines.flatMap((line, at) => (line && Buffer.byteLength(line) < minCanaryBytes ? [at + 1] : []));
if (short.length > 0) {
	process.stderr.write(`\n  Too short to search for (under ${minCanaryBytes} bytes): line ${short.join(", ")}\n\n`);
	process.exit(2);
}
const canaries = lines.flatMap((line, at) => (line ? [canaryOf(`line ${at + 1}`, line)] : []));
if (canaries.length === 0) {
	process.stderr.write("\n  There is no text to search for.\n\n");
	process.exit(2);
}
const { hits, places, bytes, unread } = searchFolder(folder, canaries);
for (const { canary, form, place, part, count } of hits) {
	process.stdout.write(`${canary}  ${form}  ${place}  ${part}  ${count} times\n`);
}
if (unread.length > 0) {
	process.stdout.write(
		`\nNot read, because something was writing to them (stop Freehold and search again): ${unread.join(", ")}\n`,
	);
}
process.stdout.write(
	`\n${canaries.length} texts, ${places} places, ${(bytes / 1e6).toFixed(1)} MB searched: ${hits.length ? `found in ${new Set(hits.map(({ place }) => place)).size} places` : "nothing found"}\n`,
);
// 3: nothing was found, but not everything was read
process.exitCode = hits.length > 0 ? 1 : unread.length > 0 ? 3 : 0;
