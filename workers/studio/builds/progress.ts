// Whether a model gets anywhere. The gateway sees equal calls; only here is it known whether an edit matched, a write changed
// anything, or a file is written over and over. A model that changes nothing for a few answers in a row is stopped, however many
// rounds it has left: each of its answers is a paid request.
import type { AppFile, FileOp } from "#schema/files.ts";
import { buildBudget } from "#schema/generation.ts";
import { applyFileOps } from "../files/apply.ts";

/** A file that is written anew is being improved; after a few times it is only being changed to and fro. */
const rewritesPerFile = 4;

export class Progress {
	#files: Map<string, AppFile>;
	#stale = 0;
	#isNew = true;
	#hasNamed = false;
	readonly #states = new Set<string>();
	readonly #rewrites = new Map<string, number>();

	constructor(files: ReadonlyMap<string, AppFile>) {
		this.#files = new Map(files);
	}

	/** A request is about to leave; the answer before it is over. */
	nextAnswer(): void {
		this.#stale = this.#isNew ? 0 : this.#stale + 1;
		this.#isNew = false;
	}

	/** A request that is only tried again says nothing of the model. */
	forgive(): void {
		this.#isNew = true;
	}

	take(op: FileOp): void {
		if (op.kind === "set_app") {
			this.#isNew ||= !this.#hasNamed;
			this.#hasNamed = true;
		}
		if (op.kind !== "write" && op.kind !== "edit" && op.kind !== "delete") return;
		const before = this.#files.get(op.path)?.content;
		const { files, applied } = applyFileOps(this.#files, [op]);
		const after = files.get(op.path)?.content;
		this.#files = files;
		if (applied.length === 0 || after === before) return;
		const state = `${op.path}\n${after ?? ""}`;
		const rewrites = (this.#rewrites.get(op.path) ?? 0) + 1;
		if (this.#states.has(state) || rewrites > rewritesPerFile) return;
		this.#states.add(state);
		this.#rewrites.set(op.path, rewrites);
		this.#isNew = true;
	}

	/** Asked before a request leaves. */
	get isStuck(): boolean {
		return this.#stale >= buildBudget.staleAnswers;
	}
}
