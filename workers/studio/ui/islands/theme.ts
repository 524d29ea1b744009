// Runs before the first paint: applies the person's choice of light or dark. Classic script, small, and all its own.
{
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
