// The studio's pages: which address shows what, who may see it, and which one origin it may frame.
import type { Context } from "hono";
import type { JSX } from "hono/jsx/jsx-runtime";
import { keptPromises } from "#build/kept-promises";
import { AppError, answerError, codeOf, statusOf } from "#lib/http/errors.ts";
import { apexOrigin, appOrigin } from "#lib/origins.ts";
import type { AppDetail } from "#schema/api/apps.ts";
import type { ErrorCode } from "#schema/errors.ts";
import { Label } from "#schema/ids.ts";
import { promisesWith } from "#schema/promises.ts";
import { Region } from "#schema/region.ts";
import type { StudioApp, StudioContext, StudioTypes } from "../http.ts";
import { contentSecurityPolicy } from "../protect.ts";
import { registerAssets } from "./page-assets.ts";
import * as access from "./pages/access-pages.tsx";
import { BuilderPage, LinkAppPage, LinkPage, ViewPage } from "./pages/app-pages.tsx";
import { ErrorPage } from "./pages/error-page.tsx";
import { PublicDiscoverPage, ReportPage } from "./pages/public-discover.tsx";
import * as shell from "./pages/shell-pages.tsx";
import { sectionNames, sections } from "./sections.ts";

/** The app that the page's path names, as the API would describe it to this session. Refuses as the API does. */
type LoadApp = (c: StudioContext) => Promise<AppDetail>;

/** Registers every page, the assets, and the error pages. Comes last, after the API. */
export function registerPages(app: StudioApp, loadApp: LoadApp): void {
	registerAssets(app);
	registerAccessPages(app);
	registerShellPages(app);
	registerAppPages(app, loadApp);
	registerErrorPages(app);
}

const placeOf = (c: StudioContext) => ({ region: c.get("region"), apexOrigin: apexOrigin(c.env) });

/** Answers with a page; `frame` is the origin of the one app it shows. */
function show(c: StudioContext, page: JSX.Element, frame: string | null = null): Response | Promise<Response> {
	c.header("Content-Security-Policy", contentSecurityPolicy(frame));
	return c.html(page);
}

/** Where to sign in and come back from. */
function toSignIn(c: StudioContext): Response {
	const { pathname, search } = new URL(c.req.url);
	return c.redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`, 303);
}

function registerAccessPages(app: StudioApp): void {
	const isIn = (c: StudioContext) => c.get("session") !== null;
	app.get("/", (c) => c.redirect(isIn(c) ? "/apps" : "/sign-in", 303));
	app.get("/sign-in", (c) => (isIn(c) ? c.redirect("/apps", 303) : show(c, <access.SignInPage {...placeOf(c)} />)));
	app.get("/sign-up", (c) => {
		if (isIn(c)) return c.redirect("/apps", 303);
		const notYet = promisesWith(keptPromises)
			.filter(({ kept }) => !kept)
			.map(({ promise }) => promise);
		return show(c, <access.SignUpPage {...placeOf(c)} notYet={notYet} />);
	});
	app.get("/forgot", (c) => show(c, <access.ForgotPage {...placeOf(c)} />));
	app.get("/verify", (c) => show(c, <access.VerifyPage {...placeOf(c)} />));
	app.get("/finish", (c) => show(c, <access.FinishPage {...placeOf(c)} />));
	app.get("/reset", (c) => show(c, <access.ResetPage {...placeOf(c)} />));
	app.get("/email", (c) => show(c, <access.EmailPage {...placeOf(c)} />));
	app.get("/invitation", (c) => show(c, <access.InvitationPage {...placeOf(c)} isSignedIn={isIn(c)} />));
}

function registerShellPages(app: StudioApp): void {
	for (const section of sectionNames) {
		const Page = shell.sectionPages[section];
		app.get(sections[section].path, (c) => {
			const session = c.get("session");
			if (session) return show(c, <Page viewer={session} region={c.get("region")} />);
			// Discover is for everyone who looks
			return section === "discover" ? show(c, <PublicDiscoverPage {...placeOf(c)} />) : toSignIn(c);
		});
	}
}

function registerAppPages(app: StudioApp, loadApp: LoadApp): void {
	app.get("/apps/:appId", async (c) => {
		if (!c.get("session")) return toSignIn(c);
		const detail = await loadApp(c);
		// a viewer sees the published app and nothing else
		if (detail.role === "viewer") return c.redirect(`/view/${detail.id}`, 303);
		return show(c, <BuilderPage app={detail} />, detail.draftOrigin);
	});
	app.get("/apps/:appId/share", async (c) => {
		const session = c.get("session");
		if (!session) return toSignIn(c);
		const detail = await loadApp(c);
		if (detail.role !== "owner") throw new AppError("forbidden");
		return show(c, <shell.SharePage viewer={session} region={c.get("region")} app={detail} />);
	});
	app.get("/apps/:appId/sent", async (c) => {
		const session = c.get("session");
		if (!session) return toSignIn(c);
		const detail = await loadApp(c);
		if (detail.role === "viewer") throw new AppError("forbidden");
		return show(c, <shell.SentPage viewer={session} region={c.get("region")} app={detail} />);
	});
	app.get("/view/:appId", async (c) => {
		if (!c.get("session")) return toSignIn(c);
		const detail = await loadApp(c);
		return show(c, <ViewPage app={detail} />, detail.isPublished ? detail.liveOrigin : null);
	});
	app.get("/report/:label", (c) => {
		const label = Label.safeParse(c.req.param("label"));
		if (!label.success) throw new AppError("not_found");
		const origin = appOrigin(c.env, c.get("region"), label.data);
		return show(c, <ReportPage {...placeOf(c)} label={label.data} origin={origin} />);
	});
	app.get("/s", (c) => show(c, <LinkPage {...placeOf(c)} />));
	app.get("/s/:label", (c) => {
		const label = Label.safeParse(c.req.param("label"));
		if (!label.success) throw new AppError("not_found");
		const origin = appOrigin(c.env, c.get("region"), label.data);
		return show(c, <LinkAppPage {...placeOf(c)} origin={origin} label={label.data} />, origin);
	});
}

/** Programs get the wire form of an error, people a page. */
function registerErrorPages(app: StudioApp): void {
	const isForPeople = (c: Context<StudioTypes>) =>
		(c.req.method === "GET" || c.req.method === "HEAD") &&
		!/^\/(api|assets)\//.test(c.req.path) &&
		(c.req.header("Accept") ?? "").includes("text/html");
	const errorPage = (c: Context<StudioTypes>, code: ErrorCode) => {
		const region = Region.safeParse(c.env.REGION);
		if (!region.success) return null;
		const page = (
			<ErrorPage code={code} requestId={c.get("requestId")} region={region.data} apexOrigin={apexOrigin(c.env)} />
		);
		c.header("Content-Security-Policy", contentSecurityPolicy(null));
		return c.html(page, statusOf(code));
	};
	app.notFound((c) => (isForPeople(c) ? errorPage(c, "not_found") : null) ?? answerError(new AppError("not_found"), c));
	app.onError((error, c) => {
		// the one handler writes the log line, whatever is shown
		const answer = answerError(error, c);
		return (isForPeople(c) ? errorPage(c, codeOf(error)) : null) ?? answer;
	});
}
