// The drawings of this app: 24 by 24, drawn with lines in the colour of the text.
const paths: Record<string, string> = {
	plus: "M12 5v14M5 12h14",
	search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20",
	filter: "M4 6h16M7 12h10M10 18h4",
	up: "M12 19V5M6 11l6-6 6 6",
	down: "M12 5v14M6 13l6 6 6-6",
	left: "M15 5l-7 7 7 7",
	right: "M9 5l7 7-7 7",
	edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
	trash: "M5 7h14M10 4h4M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
	close: "M6 6l12 12M18 6L6 18",
	check: "M5 12.5l4.5 4.5L19 7.5",
	more: "M5 12h.01M12 12h.01M19 12h.01",
	importing: "M12 4v11M7.5 10.5 12 15l4.5-4.5M5 19h14",
	exporting: "M12 15V4M7.5 8.5 12 4l4.5 4.5M5 19h14",
	alert: "M12 4 3 19.5h18zM12 10v4.5M12 17h.01",
	table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 10v9",
	board: "M4 5h4.5v14H4zM10 5h4.5v9H10zM16 5h4v11h-4z",
	cards: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
	calendar: "M4 6h16v14H4zM4 10.5h16M8 3.5V8M16 3.5V8",
	chart: "M4 20h16M7 20v-7M12 20V6M17 20v-10",
	star: "M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
	wallet: "M4 7.5h14.5V19H4zM4 7.5 15 4.5v3M15 11.5h5.5v4H15a2 2 0 0 1 0-4z",
	habit: "M12 3.5a8.5 8.5 0 1 0 8.5 8.5M8.5 11.5l3.2 3.2L20 6.5",
	people:
		"M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5c2 .8 3.5 2.6 3.5 5.5",
	box: "M12 3.5 4 7.5v9l8 4 8-4v-9zM4 7.5l8 4 8-4M12 11.5v9",
	book: "M12 6.5C9.5 5 7 4.5 3.5 4.5V18c3.5 0 6 .5 8.5 2 2.5-1.5 5-2 8.5-2V4.5c-3.5 0-6 .5-8.5 2zM12 6.5V20",
	clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2.5",
	pot: "M5 10h14v6.5a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM2.5 10h19M9 7c0-1.5 1-1.5 1-3M14 7c0-1.5 1-1.5 1-3",
	briefcase: "M3.5 8h17v11.5h-17zM8.5 8V5h7v3M3.5 13h17M12 12v2.5",
	leaf: "M5 19C5 10 10 5 20 4.5 20 14 15 19 8 18M5 20.5c1-5 4-8.5 8-10.5",
	wrench:
		"M14.5 6.5a4 4 0 0 1 5-2.5l-2.5 2.5 1 2.5 2.5 1 1-1a4 4 0 0 1-5.5 4.5L8.5 20a2.1 2.1 0 0 1-3-3l6.5-6.5a4 4 0 0 1 2.5-4z",
	heart: "M12 20C6 15.5 3.5 12.5 3.5 9a4.5 4.5 0 0 1 8.5-2 4.5 4.5 0 0 1 8.5 2c0 3.5-2.5 6.5-8.5 11z",
	film: "M4 5h16v14H4zM8 5v14M16 5v14M4 9.5h4M4 14.5h4M16 9.5h4M16 14.5h4",
	globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
};

export function Icon({ name, size = 20 }: { name: string; size?: number }) {
	const path = Object.hasOwn(paths, name) ? paths[name] : paths.table;
	return (
		<svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
			<path d={path} />
		</svg>
	);
}
