// The picture of the start page: a plan of plots seen from above at an angle. One is raised and lit: the reader's own.
const columns = [0, 74, 130, 214, 290];
const rows = [0, 58, 128, 188, 262];
const gap = 6;
const height = 26;

const own = { column: 1, row: 1 };

/** Isometric projection of the plan (30 degrees), moved into the view box. */
const project = (x: number, y: number, z = 0): string =>
	`${((x - y) * 0.866 + 250).toFixed(1)} ${((x + y) * 0.5 + 40 - z).toFixed(1)}`;

const quad = (points: string[]): string => `M${points.join("L")}Z`;

interface Plot {
	left: number;
	top: number;
	right: number;
	bottom: number;
	isOwn: boolean;
	tone: number;
}

const plots: Plot[] = rows.slice(0, -1).flatMap((top, row) =>
	columns.slice(0, -1).map((left, column) => ({
		left: left + gap,
		top: top + gap,
		right: (columns[column + 1] ?? left) - gap,
		bottom: (rows[row + 1] ?? top) - gap,
		isOwn: column === own.column && row === own.row,
		tone: (column * 3 + row * 5) % 4,
	})),
);

const topOf = ({ left, top, right, bottom }: Plot, z: number) =>
	quad([project(left, top, z), project(right, top, z), project(right, bottom, z), project(left, bottom, z)]);
const rightOf = ({ top, right, bottom }: Plot, z: number) =>
	quad([project(right, top, z), project(right, bottom, z), project(right, bottom), project(right, top)]);
const leftOf = ({ left, right, bottom }: Plot, z: number) =>
	quad([project(left, bottom, z), project(right, bottom, z), project(right, bottom), project(left, bottom)]);

export const GroundPlan = () => (
	<svg class="ground" viewBox="0 0 520 340" aria-hidden="true">
		{plots
			.filter(({ isOwn }) => !isOwn)
			.map((plot) => (
				<g class={`g-plot tone-${plot.tone}`}>
					<path class="g-side" d={rightOf(plot, 4)} />
					<path class="g-side" d={leftOf(plot, 4)} />
					<path class="g-top" d={topOf(plot, 4)} />
				</g>
			))}
		{plots
			.filter(({ isOwn }) => isOwn)
			.map((plot) => (
				<g class="g-own">
					<path
						class="g-shadow"
						d={topOf(
							{ ...plot, left: plot.left - 3, top: plot.top - 3, right: plot.right + 14, bottom: plot.bottom + 14 },
							2,
						)}
					/>
					<path class="g-side right" d={rightOf(plot, height)} />
					<path class="g-side" d={leftOf(plot, height)} />
					<path class="g-top" d={topOf(plot, height)} />
					<path class="g-door" d={leftOf({ ...plot, left: plot.left + 16, right: plot.right - 14 }, 17)} />
				</g>
			))}
	</svg>
);
