// Every error a client can meet: its status and the one sentence a person reads. Messages are fixed; they never carry input or a cause.

export const errors = {
	bad_request: [400, "This request is not in the form we expect. Reload the page and try again."],
	invalid_input: [422, "Something in the form is not right. Check the marked fields; nothing you typed is lost."],
	unauthenticated: [401, "Please sign in. If you signed up in the other region, choose it on the start page."],
	wrong_credentials: [
		401,
		"That does not match an account in this region. If you have just signed up, open the link in our email first. Did you sign up in the other region?",
	],
	account_suspended: [
		403,
		"The operator of this installation has suspended this account. Ask them why; your apps and data are still stored.",
	],
	confirm_person: [403, "Type your password, or use a passkey you have, to show that it's you. Then try again."],
	passkey_counter: [
		401,
		"This passkey counts backwards, which can mean that somebody copied it, so it wasn't accepted. Sign in with your password, remove it on your account page, and add it again.",
	],
	not_verified: [403, "Open the link in the email we sent you first. You can ask for a new one on the sign-in page."],
	forbidden: [403, "Your role in this workspace does not allow this. Ask its owner."],
	cross_origin: [403, "This action must come from a page of Freehold. Open Freehold directly and try again."],
	not_found: [404, "There is nothing here, or it is not yours. Check the address or go back to your apps."],
	gone: [410, "This was deleted and cannot be opened any more."],
	method_not_allowed: [405, "This address does not accept that kind of request."],
	conflict: [409, "This changed in the meantime. Reload the page and try again."],
	limit_reached: [409, "There can't be more of these. Remove one that you no longer need, then try again."],
	version_limit: [
		403,
		"This app has as many versions saved by hand as your plan allows. Make the change with a prompt, which still makes versions, or ask the operator for a larger plan.",
	],
	expired: [410, "This link has expired or was already used. Ask for a new one."],
	too_large: [413, "This is larger than we accept. The limits are listed next to the upload."],
	unsupported_type: [415, "We cannot read this kind of content. Send JSON, or one of the listed file types."],
	rate_limited: [429, "Too many tries. Wait a few minutes and try again."],
	no_credits: [402, "There are not enough credits for this build. Your prompt is kept; see Credits for your balance."],
	approval_required: [
		403,
		"This model runs outside your region. An administrator of the workspace must approve that first, under Models.",
	],
	model_unavailable: [
		503,
		"No model answered. Your prompt is kept; try again, or build with the composer, which needs no model.",
	],
	app_limit: [
		403,
		"This workspace has as many apps as its plan allows. Delete one you no longer need, or ask the operator for a larger plan.",
	],
	no_copies: [403, "The owner of this app doesn't allow copies of it."],
	plan_required: [403, "This needs the Studio plan. Ask the operator of this installation."],
	region_mismatch: [
		503,
		"This installation is misconfigured: one of its data stores belongs to the other region. The operator must fix it before anything is read.",
	],
	read_only: [
		403,
		"You can look at what this app keeps, but not change it. Ask the owner of the app to make you an editor.",
	],
	visitor_data: [403, "Visitors can't access this app's saved data. Anything you add stays in your browser."],
	session_ended: [401, "Your access to this app has ended. Open it again from Freehold."],
	record_too_large: [413, "This record is larger than 64 KB, which is the most one record can hold."],
	record_too_deep: [422, "This record is nested more than 64 levels deep, which is the most one record can hold."],
	record_changed: [409, "Someone else changed this record in the meantime. Load it again, then make your change."],
	app_full: [413, "This app is full: it keeps at most 50,000 records and 100 MB. Remove what is no longer needed."],
	storage_full: [
		413,
		"This app's storage for you is full: at most 1 MB and 1,000 keys. Remove what is no longer needed.",
	],
	app_blocked: [403, "The operator of this installation has blocked this app."],
	damaged: [
		500,
		"Something that is stored for you was changed or damaged, so it does not open. The operator of this installation may be able to restore it; give the request id.",
	],
	internal: [
		500,
		"Something went wrong on our side. Try again; if it happens again, give the operator this request ID.",
	],
	unavailable: [503, "This part of Freehold is not answering. Try again in a moment."],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errors;

export interface ErrorBody {
	error: { code: ErrorCode; message: string; requestId: string; fields?: Record<string, string> };
}
