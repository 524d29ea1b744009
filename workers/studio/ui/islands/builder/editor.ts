// The code editor, loaded when the code is first opened. It lives in a shadow root: there its style sheets are constructed
// ones, which the studio's policy (no inline styles) allows.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { css } from "@codemirror/lang-css";
import { html } from "@codemirror/lang-html";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import {
	bracketMatching,
	foldGutter,
	HighlightStyle,
	indentOnInput,
	indentUnit,
	syntaxHighlighting,
} from "@codemirror/language";
import { searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
	type Command,
	drawSelection,
	EditorView,
	highlightActiveLine,
	highlightActiveLineGutter,
	highlightSpecialChars,
	keymap,
	lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

interface EditorOptions {
	host: HTMLElement;
	path: string;
	content: string;
	label: string;
	isReadOnly: boolean;
	/** 1-based; 0 leaves the view at the top. */
	line: number;
	onChange(content: string): void;
	onSave(): void;
}

const languageOf = (path: string): Extension => {
	const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
	if (["ts", "tsx", "js", "jsx", "mjs"].includes(ending)) {
		return javascript({ typescript: ending.startsWith("ts"), jsx: ending.endsWith("x") });
	}
	if (ending === "css") return css();
	if (ending === "html" || ending === "svg") return html();
	return ending === "json" ? json() : [];
};

// colours come from the page's custom properties, which reach into the shadow root and follow light and dark
const colours = HighlightStyle.define([
	{ tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
	{ tag: [tags.string, tags.regexp, tags.special(tags.string)], color: "var(--code-string)" },
	{ tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
	{ tag: [tags.comment], color: "var(--code-comment)", fontStyle: "italic" },
	{ tag: [tags.tagName, tags.typeName, tags.className], color: "var(--code-type)" },
	{ tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-function)" },
	{ tag: [tags.attributeName, tags.propertyName], color: "var(--code-property)" },
	{ tag: [tags.heading], fontWeight: "600" },
]);

const look = EditorView.theme({
	"&": { height: "100%", fontSize: "13px", backgroundColor: "transparent", color: "var(--text)" },
	"&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
	".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflow: "auto" },
	".cm-content": { padding: "10px 0", caretColor: "var(--accent)" },
	".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
	".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "none" },
	".cm-activeLine": { backgroundColor: "var(--hover)" },
	".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
	"&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
		background: "color-mix(in oklch, var(--accent) 26%, transparent)",
	},
	".cm-matchingBracket": { backgroundColor: "var(--accent-soft) !important", outline: "1px solid var(--accent)" },
});

/**
 * Typing over or deleting a selection of several lines, done here: left to the browser, it writes inline styles to keep the look
 * of what it merges, and the page's policy refuses them with an error each time.
 */
const replaceLines = EditorView.domEventHandlers({
	beforeinput(event, { state, dispatch }) {
		const { from, to } = state.selection.main;
		const isOneLine = state.doc.lineAt(from).number === state.doc.lineAt(to).number;
		if (isOneLine || state.readOnly || event.isComposing || state.selection.ranges.length > 1) return false;
		const isDeletion = event.inputType.startsWith("deleteContent");
		if (!isDeletion && (event.inputType !== "insertText" || event.data === null)) return false;
		event.preventDefault();
		const insert = isDeletion ? "" : (event.data ?? "");
		const userEvent = isDeletion ? "delete.selection" : "input.type";
		dispatch(state.update(state.replaceSelection(insert), { userEvent, scrollIntoView: true }));
		return true;
	},
});

/** Opens a file in the host's shadow root. Returns what closes it. */
export function openEditor({
	host,
	path,
	content,
	label,
	isReadOnly,
	line,
	onChange,
	onSave,
}: EditorOptions): () => void {
	const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
	root.replaceChildren();
	const save: Command = () => {
		onSave();
		return true;
	};
	const state = EditorState.create({
		doc: content,
		extensions: [
			lineNumbers(),
			foldGutter(),
			highlightSpecialChars(),
			highlightActiveLine(),
			highlightActiveLineGutter(),
			drawSelection(),
			history(),
			replaceLines,
			indentOnInput(),
			bracketMatching(),
			closeBrackets(),
			indentUnit.of("\t"),
			EditorState.tabSize.of(2),
			EditorState.readOnly.of(isReadOnly),
			EditorView.contentAttributes.of({ "aria-label": label }),
			languageOf(path),
			syntaxHighlighting(colours),
			look,
			keymap.of([
				...closeBracketsKeymap,
				...historyKeymap,
				...searchKeymap,
				// Tab stays the way out for keyboard users; Ctrl or ⌘ with brackets indents
				...defaultKeymap,
				{ key: "Mod-s", run: save, preventDefault: true },
			]),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) onChange(update.state.doc.toString());
			}),
		],
	});
	const view = new EditorView({ state, root, parent: root });
	if (line > 0 && line <= state.doc.lines) {
		const at = state.doc.line(line).from;
		view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
		view.focus();
	}
	return () => view.destroy();
}
