// Models that do not come to an end by themselves: each answer is made from how many there were before. And, beside them, honest
// ones that need many answers or whose gateway has habits of its own; those must get through.
import { edit, finish, type Step, tool, write } from "./transcript.ts";

const app = (text: string) => `export default function App() {\n\treturn <main><h1>${text}</h1></main>;\n}\n`;
const broken = "export default function App() {\n\treturn <main>\n";

type Loop = (count: number) => Step[];

/** Ways to waste requests. None of them may cost more than a dozen. */
export const wasteful: Record<string, Loop> = {
	"empty-input": () => [tool("write_file", {})],
	"raw-empty-input": () => [{ do: "tool", name: "write_file", raw: "" }],
	"bad-json": () => [{ do: "tool", name: "write_file", raw: '{"path": "app.tsx", "content": "export' }],
	"unknown-tool": (count) => [tool("run_shell", { command: `ls ${count}` })],
	"wrong-fields": (count) => [tool("write_file", { file: `a${count}.tsx`, text: "x" })],
	"refused-paths": (count) => [write(`../up-${count}.tsx`, "x")],
	"equal-write": () => [write("app.tsx", app("Same"))],
	"equal-broken-write": () => [write("app.tsx", broken)],
	alternating: (count) => [write("app.tsx", count % 2 === 0 ? broken : `${broken}\t\t<p>`)],
	"to-and-fro": (count) => [write("app.tsx", `${broken}// try ${count}\n`)],
	"no-match": (count) => [edit("app.tsx", `<p>no such passage ${count}</p>`, "<p>other</p>")],
	"delete-nothing": (count) => [tool("delete_file", { path: `gone-${count}.tsx` })],
	"names-only": (count) => [tool("set_app", { name: `Name ${count}` })],
	"empty-ask": () => [tool("ask", { question: "" })],
	"ask-without-text": () => [tool("ask", {})],
	"finish-at-once": () => [finish("All done.")],
	"wrong-then-finish": () => [tool("write_file", {}), finish("All done.")],
	"broken-then-finish": (count) => [write("app.tsx", `${broken}// ${count}\n`), finish("All done.")],
	"same-broken-then-finish": () => [write("app.tsx", broken), finish("All done.")],
	"thinking-only": () => [{ do: "thinking", text: "Hm." }],
	pausing: () => [{ do: "text", text: "…" }, { do: "pause" }],
	nothing: () => [],
	blanks: () => [{ do: "text", text: "   \n" }],
	"talk-and-call": (count) => [{ do: "text", text: `Let me try again, ${count}.` }, tool("write_file", {})],
	truncated: () => [
		{ do: "truncate", name: "write_file", raw: '{"path": "app.tsx", "content": "export default function' },
	],
	"many-wrong-calls": () => Array.from({ length: 300 }, () => tool("write_file", { path: "a.tsx" })),
	"cut-again": () => [tool("write_file", {}), { do: "cut" }],
	"write-then-delete": (count) => [
		count % 2 === 0 ? write("a.css", "p { margin: 0; }\n") : tool("delete_file", { path: "a.css" }),
	],
};

const parts = 30;

/** Honest: each comes to an app. */
export const honest: Record<string, Loop> = {
	"one-file-an-answer": (count) => {
		if (count < parts)
			return [write(`parts/Part${count}.tsx`, `export const Part${count} = () => <p>Part ${count}</p>;\n`)];
		if (count > parts) return [finish("Thirty parts.")];
		const names = Array.from({ length: parts }, (_, at) => `Part${at}`);
		return [
			write(
				"app.tsx",
				`${names.map((name) => `import { ${name} } from "./parts/${name}";`).join("\n")}\n\nexport default function App() {\n\treturn <main>${names.map((name) => `<${name} />`).join("")}</main>;\n}\n`,
			),
		];
	},
	"input-in-start": () => [
		{ do: "whole", name: "write_file", input: { path: "app.tsx", content: app("Hello from the start") } },
		{ do: "whole", name: "finish", input: { summary: "Done." } },
	],
	"slips-then-works": (count) =>
		count < 2 ? [tool("write_file", {})] : [write("app.tsx", app("At last")), finish("Works now.")],
	"whole-and-then-again": () => [write("app.tsx", app("Kept"))],
};

export const loops: Record<string, Loop> = { ...wasteful, ...honest };
