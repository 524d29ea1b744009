// The cover of an app: a plan of plots drawn from the app's id, so that each app is known at a glance and no picture is stored.
const width = 320;
const height = 144;

/** 32-bit FNV-1a, then xorshift: enough for a picture, and the same on server and client. */
function* numbersFrom(seed: string): Generator<number, never> {
	let state = 0x811c9dc5;
	for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
	for (;;) {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		yield (state >>> 0) / 2 ** 32;
	}
}

interface Plot {
	x: number;
	y: number;
	w: number;
	h: number;
}

/** Cuts the ground into plots; each cut divides the largest plot across its longer side. */
function plotsOf(seed: string, cuts: number): Plot[] {
	const numbers = numbersFrom(seed);
	const plots: Plot[] = [{ x: 0, y: 0, w: width, h: height }];
	for (let cut = 0; cut < cuts; cut++) {
		plots.sort((a, b) => b.w * b.h - a.w * a.h);
		const plot = plots.shift();
		if (!plot) break;
		const share = 0.32 + numbers.next().value * 0.36;
		const { x, y, w, h } = plot;
		if (w >= h) plots.push({ x, y, w: w * share, h }, { x: x + w * share, y, w: w * (1 - share), h });
		else plots.push({ x, y, w, h: h * share }, { x, y: y + h * share, w, h: h * (1 - share) });
	}
	return plots;
}

export const AppCover = ({ appId }: { appId: string }) => {
	const plots = plotsOf(appId, 7);
	const own = Math.floor(numbersFrom(`${appId}*`).next().value * plots.length);
	return (
		<svg class="cover" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
			{plots.map((plot, at) => (
				<rect
					class={at === own ? "own" : at % 3 === 0 ? "mid" : "low"}
					x={(plot.x + 3).toFixed(1)}
					y={(plot.y + 3).toFixed(1)}
					width={Math.max(plot.w - 6, 1).toFixed(1)}
					height={Math.max(plot.h - 6, 1).toFixed(1)}
					rx="6"
				/>
			))}
		</svg>
	);
};
