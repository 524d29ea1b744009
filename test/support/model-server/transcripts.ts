// The transcripts by name. A request asks for one by its model id: `play-<name>`.
import { guestbook, guestbookChange, guestbookInText, guestbookMark, guestbookRepair } from "./guestbook.ts";
import { loops } from "./loops.ts";
import { edit, finish, type Step, type Transcript, tool, write } from "./transcript.ts";

/** 20 files, 200 KB together, that compile: a component each, filled with readable lines. */
function longApp(): Step[] {
	const names = Array.from({ length: 18 }, (_, index) => `Part${index + 1}`);
	const parts = names.map((name) => {
		const lines = Array.from(
			{ length: 118 },
			(_, line) =>
				`\t\t\t<li key="${name}-${line}">Line ${line + 1} of the section ${name}, long enough to weigh something.</li>`,
		);
		return write(
			`parts/${name}.tsx`,
			`export function ${name}() {\n\treturn (\n\t\t<ul>\n${lines.join("\n")}\n\t\t</ul>\n\t);\n}\n`,
		);
	});
	const imports = names.map((name) => `import { ${name} } from "./parts/${name}";`).join("\n");
	const body = names.map((name) => `\t\t\t<${name} />`).join("\n");
	return [
		{ do: "text", text: "A long app in twenty files." },
		...parts,
		write(
			"app.tsx",
			`${imports}\nimport "./styles.css";\n\nexport default function App() {\n\treturn (\n\t\t<main>\n${body}\n\t\t</main>\n\t);\n}\n`,
		),
		write("styles.css", "main { max-width: 60rem; margin: 0 auto; padding: 1rem; }\n"),
		finish("A long app."),
	];
}

const badImport: Step[] = [
	write(
		"app.tsx",
		'import { format } from "date-fns";\n\nexport default function App() {\n\treturn <p>{format(new Date(), "PPP")}</p>;\n}\n',
	),
	finish("Shows the date."),
];

const twice: Step[] = [
	write(
		"app.tsx",
		"export default function App() {\n\treturn (\n\t\t<main>\n\t\t\t<p>Hello</p>\n\t\t\t<p>Hello</p>\n\t\t</main>\n\t);\n}\n",
	),
	edit("app.tsx", "<p>Hello</p>", "<p>Good day</p>"),
	finish("Greets."),
];

/** Shaped like a key of a payment provider, and made up: put together here so that no scanner mistakes this file. */
export const plantedCredential = ["sk", "live", "51Hq0ZkT9xWcVb7NmL3pRsY8"].join("_");

const credential: Step[] = [
	write(
		"app.tsx",
		`const key = "${plantedCredential}";\n\nexport default function App() {\n\treturn <p>{key.length}</p>;\n}\n`,
	),
	finish("Uses the key."),
];

const traversal: Step[] = [
	write("../../etc/passwd", "root::0:0::/:/bin/sh\n"),
	write("/absolute.tsx", "export const a = 1;\n"),
	write("_freehold/bridge.js", "stolen();\n"),
	tool("delete_file", { path: "a/../../b" }),
	finish("Wrote the files."),
];

const badJson: Step[] = [
	{ do: "tool", name: "write_file", raw: '{"path": "app.tsx", "content": "export default' },
	finish("Wrote the app."),
];

const malformed: Step[] = [
	tool("run_shell", { command: "ls" }),
	tool("write_file", { path: "app.tsx" }),
	tool("write_file", { path: "app.tsx", content: "x", mode: "0777" }),
	tool("finish", "done"),
	{ do: "tool", name: "write_file", raw: "[1, 2]" },
	finish("Done."),
];

const status = (code: number, errorType: string, headers: Record<string, string> = {}): Transcript => ({
	status: code,
	errorType,
	headers,
});

/** `then-good` transcripts fail on the 1st, 3rd, … request for the model id and are right on the 2nd, 4th, … */
const firstBad: Record<string, readonly Step[]> = {
	"bad-import": badImport,
	twice,
	credential,
	traversal,
	"bad-json": badJson,
};

const fixed: Record<string, Transcript> = {
	good: { steps: guestbook },
	change: { steps: guestbookChange },
	long: { steps: longApp() },
	ask: { steps: [tool("ask", { question: "Who may sign the book?", choices: ["Everyone", "Only my team"] })] },
	talk: { steps: [{ do: "text", text: "I can build apps. Tell me what you need." }] },
	thinking: { steps: [{ do: "thinking", text: "Hm." }, ...guestbook] },
	"bad-import": { steps: badImport },
	twice: { steps: twice },
	traversal: { steps: traversal },
	credential: { steps: credential },
	"bad-json": { steps: badJson },
	malformed: { steps: malformed },
	huge: { steps: [write("app.tsx", "x".repeat(500_000)), finish("A huge file.")] },
	binary: { steps: [write("app.tsx", "export default () => null;\u0000\u0001"), finish("Bytes.")] },
	empty: { steps: [] },
	refusal: { steps: [{ do: "refuse", text: "I cannot help with that." }] },
	truncated: {
		steps: [
			write("styles.css", "main { padding: 1rem; }\n"),
			{
				do: "truncate",
				name: "write_file",
				raw: '{"path": "app.tsx", "content": "export default function App() {\\n\\treturn <ma',
			},
		],
	},
	cut: { steps: [write("styles.css", "main { padding: 1rem; }\n"), { do: "cut" }] },
	stall: { steps: [{ do: "text", text: "Let me think." }, { do: "stall" }] },
	slow: { steps: guestbook.flatMap((step): Step[] => [{ do: "wait", ms: 400 }, step]) },
	"error-event": {
		steps: [
			{ do: "text", text: "Just a moment." },
			{ do: "error", type: "overloaded_error" },
		],
	},
	"no-tools": { steps: [{ do: "text", text: guestbookInText }] },
	"400": status(400, "invalid_request_error"),
	"401": status(401, "authentication_error"),
	"429": status(429, "rate_limit_error", { "retry-after": "7" }),
	"500": status(500, "api_error"),
	"529": status(529, "overloaded_error"),
	/** Back to this server: whoever follows is seen to ask again. */
	redirect: { status: 307, errorType: "redirect", headers: { location: "?again" } },
};

export const transcriptNames = [
	...Object.keys(fixed),
	"journey",
	"two-answers",
	...Object.keys(loops).map((name) => `loop-${name}`),
	...Object.keys(firstBad).map((name) => `${name}-then-good`),
];

/** `count`: how many requests named this model before. `body`: the request's bytes as text. */
export function chooseTranscript(model: string, count: number, body: string): Transcript {
	const name = model.replace(/^play-/, "").replace(/#.*$/, "");
	if (name === "journey") return { steps: body.includes(guestbookMark) ? guestbookChange : guestbook };
	// a model that wants to see the result of its first calls before it goes on
	if (name === "two-answers")
		return { steps: /tool_result|function_call_output/.test(body) ? guestbook.slice(4) : guestbook.slice(0, 4) };
	const loop = loops[name.replace(/^loop-/, "")];
	if (name.startsWith("loop-") && loop) return { steps: loop(count) };
	const first = firstBad[name.replace(/-then-good$/, "")];
	if (name.endsWith("-then-good") && first) return { steps: count % 2 === 0 ? first : guestbookRepair };
	return fixed[name] ?? status(404, "not_found_error");
}
