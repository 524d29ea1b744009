// What the code of an app would try in order to get at its owner's session, at other apps, at prompts and credits. Plain browser
// code: each attempt answers what it got hold of, or `refused`.
window.tryEverything = async ({ studio, other }) => {
	const attempt = async (name, get) => {
		const slow = new Promise((_, refuse) => setTimeout(() => refuse(new Error("slow")), 3000));
		try {
			return { name, got: String(await Promise.race([Promise.resolve(get()), slow])) };
		} catch {
			return { name, got: "refused" };
		}
	};
	const read = async (url, init = {}) => (await fetch(url, { credentials: "include", ...init })).text();
	const frame = (src) =>
		new Promise((resolve, reject) => {
			const element = document.createElement("iframe");
			element.src = src;
			element.onload = () => {
				try {
					resolve(element.contentDocument?.body.textContent || "refused");
				} catch (error) {
					reject(error);
				}
			};
			document.body.append(element);
		});
	const list = '{"op":"list","collection":"items"}';
	return Promise.all([
		attempt("document of the studio", () => parent.document.body.textContent),
		attempt("storage of the studio", () => parent.localStorage.length),
		attempt("address of the studio", () => parent.location.href),
		attempt("apps", () => read(`${studio}/api/apps`)),
		attempt("credits", () => read(`${studio}/api/credits`)),
		attempt("prompts", () => read(`${studio}/api/history`)),
		attempt("account", () => read(`${studio}/api/account`)),
		attempt("opaque answer of the studio", async () => (await fetch(`${studio}/api/apps`, { mode: "no-cors" })).type),
		attempt("new app", () => read(`${studio}/api/apps`, { method: "POST", body: '{"prompt":"An inventory"}' })),
		attempt("page of the studio", () => frame(`${studio}/history`)),
		attempt("another app", () => read(`${other}/`)),
		attempt("data of another app", () => read(`${other}/_freehold/api/data`, { method: "POST", body: list })),
		attempt("frame of another app", () => frame(`${other}/`)),
		attempt("window of the studio", () => (window.open(`${studio}/history`) ? "opened" : "refused")),
		attempt("session cookie", () => document.cookie || "refused"),
	]);
};
