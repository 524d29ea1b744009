// The files of the current version: a tree, an editor, and saving what was changed as a version of its own.
import { useEffect, useRef, useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { EditByHand, FileProblem, VersionFiles, VersionSummary } from "#schema/api/apps.ts";
import { FilePath } from "#schema/files.ts";
import { RowsSkeleton } from "../../components/skeletons.tsx";
import { shell } from "../../copy.ts";
import { builder as words } from "../../words/builder.ts";
import { type ApiFailure, post } from "../lib/api.ts";
import { BusyButton, Dialog, FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";
import { FileTree } from "./file-tree.tsx";

interface CodePanelProps {
	appId: string;
	versionId: string | null;
	/** A version was saved; the preview shows it. */
	onSaved(version: VersionSummary): void;
	/** Whether there are changes that would be lost. */
	onDirty(isDirty: boolean): void;
}

/** Null: the file is to be removed. */
type Edits = Record<string, string | null>;

export const CodePanel = ({ appId, versionId, onSaved, onDirty }: CodePanelProps) => {
	// the version that is being edited stays, also when a newer one arrives, until the person loads that
	const [baseId, setBaseId] = useState(versionId);
	const [edits, setEdits] = useState<Edits>({});
	const [open, setOpen] = useState<{ path: string; line: number } | null>(null);
	const [message, setMessage] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [isAdding, setIsAdding] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const [problems, setProblems] = useState<FileProblem[]>([]);
	const changedPaths = Object.keys(edits);
	const isDirty = changedPaths.length > 0;
	useEffect(() => {
		if (!isDirty) setBaseId(versionId);
	}, [versionId, isDirty]);
	useEffect(() => onDirty(isDirty), [isDirty]);
	const { data, reload } = useLoad<VersionFiles>(baseId ? `/api/apps/${appId}/versions/${baseId}` : null);

	if (!baseId) return <p class="muted panel-none">{words.versionsEmpty}</p>;
	if (data.state === "loading") return <RowsSkeleton rows={6} />;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;

	const files = data.value.files;
	const original = (path: string) => files.find((file) => file.path === path);
	const paths = [
		...new Set([...files.map(({ path }) => path), ...changedPaths.filter((path) => edits[path] !== null)]),
	].sort();
	const path = open?.path ?? paths.find((one) => /^(app\.tsx|index\.html)$/.test(one)) ?? paths[0] ?? null;
	const file = path ? original(path) : undefined;
	const isBinary = file?.encoding === "base64";

	const edit = (at: string, content: string | null) =>
		setEdits((all) => {
			const { [at]: _, ...rest } = all;
			const before = original(at);
			const isSame = content === null ? !before : before?.content === content;
			return isSame ? rest : { ...rest, [at]: content };
		});
	const save = async () => {
		if (!isDirty || isBusy) return;
		setIsBusy(true);
		setFailure(null);
		setProblems([]);
		const body: EditByHand = {
			baseVersionId: baseId,
			write: Object.entries(edits).flatMap(([at, content]) => (content === null ? [] : [{ path: at, content }])),
			remove: changedPaths.filter((at) => edits[at] === null),
			message: message.trim(),
		};
		const answer = await post<VersionSummary>(`/api/apps/${appId}/versions`, body);
		setIsBusy(false);
		if (!answer.ok) {
			const found = (answer.body as { problems?: FileProblem[] } | null)?.problems;
			setProblems(Array.isArray(found) ? found : []);
			return setFailure(answer);
		}
		setEdits({});
		setMessage("");
		setBaseId(answer.value.id);
		toast(shell.saved);
		onSaved(answer.value);
	};

	return (
		<div class="code">
			<div class="code-side">
				<FileTree
					paths={paths}
					selected={path}
					changed={changedPaths}
					onOpen={(at) => setOpen({ path: at, line: 0 })}
					onAdd={() => setIsAdding(true)}
				/>
			</div>
			<div class="code-main">
				{versionId !== baseId && (
					<div class="notice warn">
						<Icon name="alert" />
						<div class="stack-s">
							<strong>{words.staleTitle}</strong>
							<p>{words.staleLead}</p>
							<div>
								<button type="button" class="btn small" onClick={() => setBaseId(versionId)}>
									{words.loadNewest}
								</button>
							</div>
						</div>
					</div>
				)}
				{failure && <FailureNote failure={failure} />}
				{problems.length > 0 && <Problems problems={problems} onOpen={(at, line) => setOpen({ path: at, line })} />}
				{path && !isBinary && edits[path] !== null && (
					<Editor
						key={`${baseId} ${path} ${open?.line ?? 0}`}
						path={path}
						content={edits[path] ?? file?.content ?? ""}
						line={open?.path === path ? open.line : 0}
						onChange={(content) => edit(path, content)}
						onSave={() => void save()}
					/>
				)}
				{path && isBinary && <Binary path={path} content={file?.content ?? ""} />}
				{path && edits[path] === null && <p class="muted panel-none">{words.removed}</p>}
				{!path && <p class="muted panel-none">{words.chooseFile}</p>}
				<div class="code-foot">
					{isDirty && (
						<>
							<input
								class="input"
								aria-label={words.versionMessage}
								placeholder={words.versionMessage}
								maxLength={200}
								value={message}
								onInput={(event: Event) => setMessage((event.target as HTMLInputElement).value)}
							/>
							<button type="button" class="btn ghost small" onClick={() => setEdits({})}>
								{words.discard}
							</button>
						</>
					)}
					<span class="small muted grow">{isDirty ? words.changed(changedPaths.length) : path}</span>
					{path && (
						<button
							type="button"
							class="btn ghost icon small"
							aria-label={words.removeFile(path)}
							onClick={() => edit(path, null)}
						>
							<Icon name="trash" />
						</button>
					)}
					<BusyButton isBusy={isBusy} isDisabled={!isDirty} className="primary small" onClick={() => void save()}>
						{words.save}
					</BusyButton>
				</div>
			</div>
			{isAdding && (
				<AddFile
					existing={paths}
					onClose={() => setIsAdding(false)}
					onAdd={(at) => {
						edit(at, "");
						setOpen({ path: at, line: 0 });
						setIsAdding(false);
					}}
				/>
			)}
		</div>
	);
};

interface EditorProps {
	key?: string;
	path: string;
	content: string;
	line: number;
	onChange(content: string): void;
	onSave(): void;
}

/** The editor keeps its own text; it is made anew for another file (by its key), not on every change. */
const Editor = ({ path, content, line, onChange, onSave }: EditorProps) => {
	const host = useRef<HTMLDivElement>(null);
	const latest = useRef({ onChange, onSave });
	const [isLoading, setIsLoading] = useState(true);
	latest.current = { onChange, onSave };
	useEffect(() => {
		let close = () => {};
		let isGone = false;
		void import("./editor.ts").then(({ openEditor }) => {
			if (isGone || !host.current) return;
			setIsLoading(false);
			close = openEditor({
				host: host.current,
				path,
				content,
				line,
				label: words.editing(path),
				isReadOnly: false,
				onChange: (text) => latest.current?.onChange(text),
				onSave: () => latest.current?.onSave(),
			});
		});
		return () => {
			isGone = true;
			close();
		};
	}, []);
	return (
		<div class="editor">
			<div class="editor-host" ref={host} />
			{isLoading && <RowsSkeleton rows={4} />}
		</div>
	);
};

const Problems = ({ problems, onOpen }: { problems: FileProblem[]; onOpen(path: string, line: number): void }) => (
	<ul class="problems" role="alert">
		{problems.map((problem) => (
			<li>
				<button type="button" class="problem" onClick={() => onOpen(problem.path, problem.line ?? 0)}>
					<span class="mono">{problem.line ? `${problem.path}:${problem.line}` : problem.path}</span>
					<span>{problem.message}</span>
				</button>
			</li>
		))}
	</ul>
);

const Binary = ({ path, content }: { path: string; content: string }) => {
	const type = /\.(png|jpe?g|webp|gif)$/i.exec(path)?.[1]?.toLowerCase().replace("jpg", "jpeg");
	return (
		<div class="binary">
			{type ? <img src={`data:image/${type};base64,${content}`} alt={path} /> : <p class="muted">{words.binary}</p>}
		</div>
	);
};

const AddFile = ({ existing, onAdd, onClose }: { existing: string[]; onAdd(path: string): void; onClose(): void }) => {
	const [path, setPath] = useState("");
	const isFine = FilePath.safeParse(path).success && !existing.includes(path);
	return (
		<Dialog title={words.addFile} onClose={onClose}>
			<form
				class="stack"
				onSubmit={(event: Event) => {
					event.preventDefault();
					if (isFine) onAdd(path);
				}}
			>
				<div class="field">
					<label for="new-path">{words.addPath}</label>
					<input
						class="input mono"
						id="new-path"
						aria-invalid={path !== "" && !isFine ? "true" : undefined}
						aria-describedby="new-path-hint"
						onInput={(event: Event) => setPath((event.target as HTMLInputElement).value.trim())}
					/>
					<p class="hint" id="new-path-hint">
						{words.addPathHint}
					</p>
				</div>
				<div class="actions end">
					<button type="submit" class="btn primary" disabled={!isFine}>
						{words.addFile}
					</button>
				</div>
			</form>
		</Dialog>
	);
};
