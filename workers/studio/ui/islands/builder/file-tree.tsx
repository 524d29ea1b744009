// The files of an app as folders and names. Plain nested lists of buttons: every screen reader and keyboard knows them.

import { Icon } from "#lib/ui/icons.tsx";
import { builder as words } from "../../words/builder.ts";

interface FileTreeProps {
	paths: string[];
	selected: string | null;
	changed: string[];
	onOpen(path: string): void;
	onAdd(): void;
}

interface Folder {
	folders: Map<string, Folder>;
	files: string[];
}

const makeFolder = (): Folder => ({ folders: new Map(), files: [] });

function treeOf(paths: string[]): Folder {
	const root = makeFolder();
	for (const path of paths) {
		let at = root;
		for (const part of path.split("/").slice(0, -1)) {
			const next = at.folders.get(part) ?? makeFolder();
			at.folders.set(part, next);
			at = next;
		}
		at.files.push(path);
	}
	return root;
}

export const FileTree = (props: FileTreeProps) => (
	<nav class="tree" aria-label={words.files}>
		<div class="tree-head">
			<h2 class="panel-title">{words.files}</h2>
			<button type="button" class="btn ghost icon small" aria-label={words.addFile} onClick={props.onAdd}>
				<Icon name="plus" />
			</button>
		</div>
		<Branch folder={treeOf(props.paths)} props={props} />
	</nav>
);

const Branch = ({ folder, props }: { folder: Folder; props: FileTreeProps }) => (
	<ul>
		{[...folder.folders].map(([name, inner]) => (
			<li key={`folder ${name}`}>
				<details open>
					<summary class="tree-item">
						<Icon name="folder" />
						{name}
					</summary>
					<Branch folder={inner} props={props} />
				</details>
			</li>
		))}
		{folder.files.map((path) => (
			<li key={path}>
				<button
					type="button"
					class="tree-item"
					aria-current={path === props.selected ? "true" : undefined}
					onClick={() => props.onOpen(path)}
				>
					<Icon name="file" />
					<span class="name">{path.slice(path.lastIndexOf("/") + 1)}</span>
					{props.changed.includes(path) && <span class="changed-dot" title={words.changedFile} />}
				</button>
			</li>
		))}
	</ul>
);
