// The small working app that the played model writes, and the edit it makes when asked for a change.
import { edit, finish, type Step, tool, write } from "./transcript.ts";

/** In the app's code: its presence in a request tells the played model that the app exists already. */
export const guestbookMark = "guestbook-entries";

const app = `import { useEffect, useState } from "react";
import { data } from "freehold";
import { Entry } from "./components/Entry";
import "./styles.css";

const entries = data.collection("${guestbookMark}");

interface Guest {
	id: string;
	value: { name: string; note: string };
}

export default function App() {
	const [guests, setGuests] = useState<Guest[] | null>(null);
	const [name, setName] = useState("");
	const [note, setNote] = useState("");
	const [problem, setProblem] = useState("");
	const load = () =>
		entries.list().then(
			(list: Guest[]) => setGuests(list),
			(error: Error) => setProblem(error.message),
		);
	useEffect(() => {
		load();
		return entries.subscribe(load);
	}, []);
	const add = async (event: { preventDefault(): void }) => {
		event.preventDefault();
		try {
			await entries.add({ name, note });
			setName("");
			setNote("");
			setProblem("");
			await load();
		} catch (error) {
			setProblem((error as Error).message);
		}
	};
	return (
		<main>
			<h1>Guestbook</h1>
			<form onSubmit={add}>
				<label>
					Your name
					<input required value={name} onInput={(event) => setName(event.currentTarget.value)} />
				</label>
				<label>
					Your note
					<textarea required value={note} onInput={(event) => setNote(event.currentTarget.value)} />
				</label>
				<button type="submit">Sign the book</button>
			</form>
			{problem && <p role="alert">{problem}</p>}
			{guests === null ? <p>Loading…</p> : guests.length === 0 ? <p>No entries yet. Be the first.</p> : null}
			<ul>
				{guests?.map((guest) => (
					<Entry key={guest.id} name={guest.value.name} note={guest.value.note} />
				))}
			</ul>
		</main>
	);
}
`;

const entry = `export function Entry({ name, note }: { name: string; note: string }) {
	return (
		<li>
			<strong>{name}</strong>
			<p>{note}</p>
		</li>
	);
}
`;

const styles = `:root { color-scheme: light dark; font-family: system-ui, sans-serif; --accent: #2f6f5e; }
body { margin: 0; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: 0.25rem; }
input, textarea { font: inherit; padding: 0.5rem; }
button { font: inherit; padding: 0.6rem 1rem; border: 0; border-radius: 0.5rem; background: var(--accent); color: white; }
ul { list-style: none; padding: 0; display: grid; gap: 0.75rem; }
`;

export const guestbook: readonly Step[] = [
	{ do: "thinking", text: "A guestbook with a form and a list." },
	{ do: "text", text: "I am building a guestbook." },
	tool("set_app", { name: "Guestbook", description: "Visitors leave a name and a note." }),
	write("app.tsx", app),
	write("components/Entry.tsx", entry),
	write("styles.css", styles),
	finish("I built a guestbook. Sign it to see the first entry."),
];

export const guestbookChange: readonly Step[] = [
	{ do: "text", text: "I am adding a count of the entries." },
	edit("app.tsx", "<h1>Guestbook</h1>", "<h1>Guestbook</h1>\n\t\t\t<p>{guests?.length ?? 0} entries</p>"),
	finish("The guestbook now shows how many entries it has."),
];

/** Complete and right: what a repair answers with. */
export const guestbookRepair: readonly Step[] = [
	write("app.tsx", app),
	write("components/Entry.tsx", entry),
	write("styles.css", styles),
	finish("I corrected the problems."),
];

/** The same app in the words of a model that has no tools. */
export const guestbookInText = [
	"I am building a guestbook.",
	"",
	'### set_app {"name": "Guestbook", "description": "Visitors leave a name and a note."}',
	"",
	"### write app.tsx",
	"```tsx",
	app.trimEnd(),
	"```",
	"",
	"### write components/Entry.tsx",
	"```tsx",
	entry.trimEnd(),
	"```",
	"",
	"### write styles.css",
	"```css",
	styles.trimEnd(),
	"```",
	"",
	"### finish I built a guestbook. Sign it to see the first entry.",
	"",
].join("\n");
