// Runs before the first paint and before every other script: applies the person's choice of light or dark, and forbids zod to
// compile its validators with `new Function`, which the page's policy refuses. A classic script, small, and all its own.
{
	Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
	const key = "freehold_theme";
	const root = document.documentElement;
	const apply = (theme: string | null) => {
		if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
	};
	try {
		apply(localStorage.getItem(key));
	} catch {
		// storage is blocked: the system's choice stands
	}
	document.addEventListener("click", (event) => {
		if (!(event.target instanceof Element) || !event.target.closest("[data-command=theme]")) return;
		const now = root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
		const next = now === "dark" ? "light" : "dark";
		apply(next);
		try {
			localStorage.setItem(key, next);
		} catch {
			// storage is blocked: the choice lasts as long as this page
		}
	});
}
