// Names that people chose, in the middle of our sentences. A name in another direction, or with digits and signs at its edges, would
// reorder the words around it; `<bdi>` keeps it to itself (Unicode UAX 9, HTML "bdi").

const mark = "\ue000";

interface NamedProps {
	/** A sentence of the copy table that takes one name. */
	words: (name: string) => string;
	name: string;
}

/** The sentence with the name isolated in it. */
export const Named = ({ words, name }: NamedProps) => {
	const [before = "", after = ""] = words(mark).split(mark);
	return (
		<>
			{before}
			<bdi>{name}</bdi>
			{after}
		</>
	);
};

/** What stands for a person in a circle: the first character as a reader sees it, not half of one. */
export function initialOf(name: string): string {
	const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
	return (first?.segment ?? "·").toUpperCase();
}
