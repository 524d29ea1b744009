// Inline pictures of the empty states. All are plans of plots, coloured by the style sheet in light and dark.
const Ground = () => (
	<>
		<path class="plot-faint" d="M20 96 92 58l52 26-72 38z" />
		<path class="plot-faint" d="m98 55 62-33 52 26-62 33z" />
		<path class="plot-faint" d="m78 125 72-38 52 26-72 38z" />
	</>
);

/** No apps yet: one free plot with a plus. */
export const PlotArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<Ground />
		<path class="plot-own" d="m150 84 66-34v14l-66 34-52-26V58z" opacity="0.35" />
		<path class="plot-own" d="m98 58 66-34 52 26-66 34z" />
		<path class="stroke" d="m143 54 28 0M157 47v14" />
	</svg>
);

/** Nothing found, nothing listed: a plan under a glass. */
export const SearchArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<Ground />
		<circle class="plot" cx="128" cy="76" r="34" />
		<path class="plot-own" d="m104 78 26-14 22 11-26 14z" />
		<path class="stroke" d="m153 101 22 22" />
		<circle class="stroke" cx="128" cy="76" r="34" />
	</svg>
);

/** No history, nothing sent: sheets of paper. */
export const SheetsArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<rect class="plot-faint" x="62" y="34" width="92" height="112" rx="8" />
		<rect class="plot" x="82" y="22" width="96" height="116" rx="8" />
		<path class="faint" d="M98 74h64M98 90h52M98 106h58" />
		<rect class="plot-own" x="98" y="38" width="34" height="20" rx="4" />
	</svg>
);

/** Nobody invited: a door with a key. */
export const KeyArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<Ground />
		<path class="plot" d="M92 44a8 8 0 0 1 8-8h40a8 8 0 0 1 8 8v76H92z" />
		<path class="plot-own" d="M102 54a6 6 0 0 1 6-6h24a6 6 0 0 1 6 6v66h-36z" />
		<circle class="mark" cx="130" cy="86" r="3.5" />
		<path class="stroke" d="M166 74a9 9 0 1 0 0 .1M175 74h26M193 74v8M201 74v6" />
	</svg>
);

/** A page that is not there: a plot whose corner stones are missing. */
export const LostArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<Ground />
		<path class="stroke" d="m98 62 66-34 52 26-66 34z" stroke-dasharray="3 7" />
		<path class="faint" d="M98 62v16M150 88v16M216 54v16" />
	</svg>
);

/** The preview was paused. */
export const PausedArt = () => (
	<svg class="art" viewBox="0 0 240 168" aria-hidden="true">
		<rect class="plot-faint" x="40" y="24" width="160" height="116" rx="12" />
		<path class="faint" d="M40 46h160M52 35h.1M62 35h.1M72 35h.1" />
		<rect class="plot-own" x="100" y="70" width="12" height="42" rx="4" />
		<rect class="plot-own" x="128" y="70" width="12" height="42" rx="4" />
	</svg>
);
