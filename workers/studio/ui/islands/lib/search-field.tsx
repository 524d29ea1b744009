// A search that asks the server a moment after the typing stops.
import { useRef } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";

const restMs = 220;

export const SearchField = ({ label, onSearch }: { label: string; onSearch(query: string): void }) => {
	const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
	return (
		<search class="search-field">
			<Icon name="search" />
			<input
				class="input"
				type="search"
				aria-label={label}
				placeholder={label}
				maxLength={200}
				onInput={(event: Event) => {
					if (timer.current !== null) clearTimeout(timer.current);
					const query = (event.target as HTMLInputElement).value.trim();
					timer.current = setTimeout(() => onSearch(query), restMs);
				}}
			/>
		</search>
	);
};
