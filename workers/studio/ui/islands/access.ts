// Scripts of the forms before a session: sign in, sign up, forgot, and the pages of the mails' links.

import { shownEmail } from "#lib/shown-email.ts";
import type { PendingSignUp } from "#schema/api/account.ts";
import { signIn, signUp } from "../copy.ts";
import { type ApiFailure, post, safeNext } from "./lib/api.ts";
import { showFailure, showNote, whileBusy } from "./lib/plain-form.ts";

const invitationKey = "freehold_invitation";
const form = document.querySelector<HTMLFormElement>("form[data-form]");
const kind = form?.dataset["form"] ?? "";
const next = safeNext(new URLSearchParams(location.search).get("next"));

/** Takes the token out of the fragment and out of the address bar, so that it is neither bookmarked nor shared. */
function takeToken(): string | null {
	const token = new URLSearchParams(location.hash.slice(1)).get("token");
	if (token) history.replaceState(null, "", location.pathname);
	return token;
}

const token = ["verify", "finish", "reset", "email", "invitation"].includes(kind) ? takeToken() : null;

function readInvitation(): string | null {
	if (token) sessionStorage.setItem(invitationKey, token);
	return sessionStorage.getItem(invitationKey);
}

const value = (name: string): string => {
	const field = form?.elements.namedItem(name);
	return field instanceof HTMLInputElement ? field.value : "";
};

async function submit(): Promise<ApiFailure | null> {
	const email = value("email").trim();
	switch (kind) {
		case "sign-in": {
			const answer = await post("/api/account/sign-in", { email, password: value("password") });
			if (answer.ok) location.assign(next);
			else if (answer.code === "not_verified") show("[data-action=resend]");
			return answer.ok ? null : answer;
		}
		case "sign-up": {
			const box = form?.elements.namedItem("sawNotYet");
			const hasSeen = box instanceof HTMLInputElement && box.checked;
			const answer = await post("/api/account/sign-up", {
				name: value("name"),
				email,
				password: value("password"),
				sawNotYet: hasSeen,
			});
			if (answer.ok) showSent();
			// the contract's own sentence for a box that must be ticked says less
			else if (!hasSeen) answer.fields["sawNotYet"] = signUp.sawNotYetMissing;
			return answer.ok ? null : answer;
		}
		case "forgot": {
			const answer = await post("/api/account/forgot", { email });
			if (answer.ok) showSent();
			return answer.ok ? null : answer;
		}
		case "verify": {
			const answer = await post("/api/account/verify", { token, password: value("password") });
			if (answer.ok) location.assign(sessionStorage.getItem(invitationKey) ? "/invitation" : "/apps");
			return answer.ok ? null : answer;
		}
		case "finish":
		case "reset": {
			const chosen = kind === "finish" ? { name: value("name") } : {};
			const answer = await post("/api/account/reset", { token, password: value("password"), ...chosen });
			if (answer.ok) showSent();
			return answer.ok ? null : answer;
		}
		case "email": {
			const answer = await post("/api/account/email/confirm", { token });
			if (answer.ok) showSent();
			return answer.ok ? null : answer;
		}
		case "invitation":
			return acceptInvitation();
		default:
			return null;
	}
}

async function acceptInvitation(): Promise<ApiFailure | null> {
	if (form?.dataset["signedIn"] !== "yes") {
		location.assign("/sign-in?next=/invitation");
		return null;
	}
	const answer = await post<{ appId?: string | null }>("/api/invitations/accept", { token: readInvitation() });
	if (!answer.ok) return answer;
	sessionStorage.removeItem(invitationKey);
	location.assign(answer.value?.appId ? `/view/${answer.value.appId}` : "/apps");
	return null;
}

/** Shows whose sign-up a link confirms, before anything is pressed. */
async function showPending(): Promise<void> {
	if (!form) return;
	const pending = await post<PendingSignUp>("/api/account/verify/peek", { token });
	if (!pending.ok) return showFailure(form, pending);
	for (const part of ["name", "email"] as const) {
		const place = form.querySelector(`[data-pending-${part}]`);
		if (place) place.textContent = part === "email" ? shownEmail(pending.value.email) : pending.value[part];
	}
	show("[data-pending]");
}

function show(selector: string): void {
	for (const element of document.querySelectorAll<HTMLElement>(selector)) element.hidden = false;
}

function showSent(): void {
	if (form) form.hidden = true;
	const sent = document.querySelector<HTMLElement>("[data-sent]");
	if (!sent) return;
	sent.hidden = false;
	sent.focus();
}

async function usePasskey(button: HTMLButtonElement): Promise<void> {
	if (!form) return;
	await whileBusy(button, async () => {
		const options = await post<never>("/api/account/passkeys/sign-in/options");
		if (!options.ok) return showFailure(form, options);
		const { startAuthentication } = await import("@simplewebauthn/browser");
		try {
			const response = await startAuthentication({ optionsJSON: options.value });
			const answer = await post("/api/account/passkeys/sign-in", { response });
			if (answer.ok) location.assign(next);
			else showFailure(form, answer);
		} catch {
			showNote(form, signIn.passkeyFailed, "bad");
		}
	});
}

async function resend(button: HTMLButtonElement): Promise<void> {
	if (!form) return;
	const email = value("email").trim();
	if (!email) return showNote(form, signIn.needEmail, "bad");
	await whileBusy(button, async () => {
		const answer = await post("/api/account/resend", { email });
		if (answer.ok) showNote(form, signIn.resent, "good");
		else showFailure(form, answer);
	});
}

form?.addEventListener("submit", (event) => {
	event.preventDefault();
	const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
	if (!button || button.disabled) return;
	void whileBusy(button, async () => showFailure(form, await submit()));
});

document.addEventListener("click", (event) => {
	const button = event.target instanceof Element ? event.target.closest("button[data-action]") : null;
	if (!(button instanceof HTMLButtonElement)) return;
	if (button.dataset["action"] === "passkey") void usePasskey(button);
	if (button.dataset["action"] === "resend") void resend(button);
});

const needsToken = ["verify", "finish", "reset", "email"].includes(kind)
	? !token
	: kind === "invitation" && !readInvitation();
if (needsToken && form) {
	form.hidden = true;
	show("[data-token-missing]");
}

if (kind === "verify" && token) void showPending();

// an invitation that waited while the person signed up or in
if (kind === "sign-in" && !new URLSearchParams(location.search).has("next") && sessionStorage.getItem(invitationKey)) {
	history.replaceState(null, "", "/sign-in?next=/invitation");
}

if (!window.PublicKeyCredential)
	for (const button of document.querySelectorAll("[data-action=passkey], .or")) button.remove();
