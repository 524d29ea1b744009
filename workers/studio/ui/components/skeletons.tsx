// What a page shows in its first moment: the shape of what comes. Announced once to screen readers, as loading.
import type { Child } from "hono/jsx";

const Loading = ({ children }: { children: Child }) => (
	<div class="stack" aria-busy="true">
		<p class="visually-hidden" role="status">
			Loading…
		</p>
		{children}
	</div>
);

export const RowsSkeleton = ({ rows = 5 }: { rows?: number }) => (
	<Loading>
		<div class="card rows">
			{Array.from({ length: rows }, () => (
				<div class="row">
					<div class="grow stack-s">
						<div class="skeleton line half" />
						<div class="skeleton line third" />
					</div>
					<div class="skeleton line third" />
				</div>
			))}
		</div>
	</Loading>
);

export const GridSkeleton = ({ cards = 6 }: { cards?: number }) => (
	<Loading>
		<div class="app-grid">
			{Array.from({ length: cards }, () => (
				<div class="card app-card">
					<div class="skeleton cover" />
					<div class="app-card-text">
						<div class="skeleton title" />
						<div class="skeleton line half" />
					</div>
				</div>
			))}
		</div>
	</Loading>
);

export const SectionsSkeleton = ({ sections = 3 }: { sections?: number }) => (
	<Loading>
		<div class="stack-l">
			{Array.from({ length: sections }, () => (
				<div class="section">
					<div class="skeleton title" />
					<div class="card pad stack">
						<div class="skeleton line" />
						<div class="skeleton line half" />
						<div class="skeleton line third" />
					</div>
				</div>
			))}
		</div>
	</Loading>
);
