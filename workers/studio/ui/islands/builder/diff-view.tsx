// Differences between two versions, file by file. Added and removed are told by a sign as well as by colour.
import type { FileDiff } from "#schema/api/apps.ts";
import { builder as words } from "../../words/builder.ts";

const tone = { added: "good", removed: "bad", changed: "warn" } as const;
const label = { added: words.added, removed: words.removedFile, changed: words.changedFile } as const;
/** More lines than this in one file are folded away at first. */
const openLines = 400;

export const DiffView = ({ files }: { files: FileDiff[] }) => {
	if (files.length === 0) return <p class="muted panel-none">{words.noDiff}</p>;
	return (
		<div class="diffs">
			{files.map((file) => (
				<DiffFile key={file.path} file={file} />
			))}
		</div>
	);
};

const DiffFile = ({ file }: { key?: string; file: FileDiff }) => {
	const lines = file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
	return (
		<details class="diff card" open={lines <= openLines}>
			<summary>
				<span class="mono">{file.path}</span>
				<span class={`chip ${tone[file.state]}`}>{label[file.state]}</span>
			</summary>
			{file.hunks.length === 0 && <p class="muted small panel-none">{words.binary}</p>}
			<section class="diff-body" tabindex={0} aria-label={file.path}>
				{file.hunks.map((hunk) => (
					<Hunk hunk={hunk} />
				))}
			</section>
		</details>
	);
};

const Hunk = ({ hunk }: { hunk: FileDiff["hunks"][number] }) => {
	let before = hunk.oldStart;
	let after = hunk.newStart;
	return (
		<table class="hunk">
			<tbody>
				{hunk.lines.map((line) => {
					const sign = line[0] === "+" || line[0] === "-" ? line[0] : " ";
					const oldLine = sign === "+" ? "" : before++;
					const newLine = sign === "-" ? "" : after++;
					return (
						<tr class={sign === "+" ? "added" : sign === "-" ? "removed" : ""}>
							<td class="line-number">{oldLine}</td>
							<td class="line-number">{newLine}</td>
							<td class="sign">{sign}</td>
							<td class="code">{line.slice(1)}</td>
						</tr>
					);
				})}
			</tbody>
		</table>
	);
};
