// The mark: a plan of plots, one of them filled. That one is yours.
export const LogoMark = () => (
	<svg viewBox="0 0 32 32" aria-hidden="true">
		<path d="M4 6a2 2 0 0 1 2-2h10v24H6a2 2 0 0 1-2-2z" fill="currentColor" fill-opacity="0.28" />
		<path d="M18.5 4H26a2 2 0 0 1 2 2v8h-9.5z" fill="currentColor" fill-opacity="0.28" />
		<path d="M18.5 16.5H28V26a2 2 0 0 1-2 2h-7.5z" fill="currentColor" />
	</svg>
);

export const Brand = ({ href }: { href: string }) => (
	<a class="brand" href={href}>
		<LogoMark />
		Freehold
	</a>
);
