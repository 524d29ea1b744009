// Undo and redo for the code editor: inverted changes in two stacks, typing grouped by pauses.
import { Annotation, type ChangeSet, type EditorSelection, StateField, type Transaction } from "@codemirror/state";
import type { Command, KeyBinding } from "@codemirror/view";

interface Step {
	/** Applied to the present document, leads back. */
	changes: ChangeSet;
	selection: EditorSelection;
	at: number;
	isTyping: boolean;
}

interface Stacks {
	done: Step[];
	undone: Step[];
}

const travel = Annotation.define<"undo" | "redo">();
const groupMs = 600;
const maxSteps = 500;

const invert = (tr: Transaction, isTyping: boolean): Step => ({
	changes: tr.changes.invert(tr.startState.doc),
	selection: tr.startState.selection,
	at: Date.now(),
	isTyping,
});

function remember(stacks: Stacks, tr: Transaction): Stacks {
	const step = invert(tr, tr.isUserEvent("input.type") || tr.isUserEvent("delete"));
	const last = stacks.done.at(-1);
	if (last?.isTyping && step.isTyping && step.at - last.at < groupMs) {
		const merged = { ...last, changes: step.changes.compose(last.changes), at: step.at };
		return { done: [...stacks.done.slice(0, -1), merged], undone: [] };
	}
	return { done: [...stacks.done, step].slice(-maxSteps), undone: [] };
}

export const editHistory = StateField.define<Stacks>({
	create: () => ({ done: [], undone: [] }),
	update(stacks, tr) {
		if (!tr.docChanged) return stacks;
		const way = tr.annotation(travel);
		if (way === "undo") return { done: stacks.done.slice(0, -1), undone: [...stacks.undone, invert(tr, false)] };
		if (way === "redo") return { done: [...stacks.done, invert(tr, false)], undone: stacks.undone.slice(0, -1) };
		return remember(stacks, tr);
	},
});

const step =
	(way: "undo" | "redo"): Command =>
	({ state, dispatch }) => {
		const { done, undone } = state.field(editHistory);
		const target = (way === "undo" ? done : undone).at(-1);
		if (!target || state.readOnly) return false;
		dispatch(
			state.update({
				changes: target.changes,
				selection: target.selection,
				annotations: travel.of(way),
				userEvent: way,
				scrollIntoView: true,
			}),
		);
		return true;
	};

export const historyKeys: readonly KeyBinding[] = [
	{ key: "Mod-z", run: step("undo"), preventDefault: true },
	{ key: "Mod-y", run: step("redo"), preventDefault: true },
	{ key: "Mod-Shift-z", run: step("redo"), preventDefault: true },
];
