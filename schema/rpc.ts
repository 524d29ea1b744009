// The named entrypoints between the Workers of one region. A caller is bound to one entrypoint and so holds only these methods.
// Every method returns a Result and never throws.
import type { GenerationRequest, Offer } from "./generation.ts";
import type { AccountId, Label, OwnerId } from "./ids.ts";
import type { Result } from "./result.ts";

/** vault → studio. Content keys of tenants, and the region's directory keys. */
export interface KeyringRpc {
	/** Makes the tenant's keys if there are none; idempotent. */
	ensure(owner: OwnerId): Promise<Result<{ keyId: string }, KeyringReason>>;
	/** The tenant's content key, 32 bytes. The caller imports it non-extractable and keeps it for minutes at most. */
	open(owner: OwnerId): Promise<Result<{ keyId: string; key: Uint8Array }, KeyringReason>>;
	/** The region's directory keys: `index` for HMAC-SHA-256 look-ups, `seal` for AES-256-GCM of e-mails and names. 32 bytes each. */
	openDirectory(): Promise<Result<{ keyId: string; index: Uint8Array; seal: Uint8Array }, KeyringReason>>;
	/** Destroys both copies of the tenant's keys. There is no way back. */
	shred(owner: OwnerId): Promise<Result<{ destroyed: boolean }, KeyringReason>>;
}
export type KeyringReason =
	| "unavailable"
	| "kek_missing"
	| "kek_wrong"
	| "not_found"
	| "shredded"
	| "region_mismatch"
	| "invalid";

/** ai-gateway → studio. */
export interface GenerationRpc {
	/** What this installation has configured; never a credential. */
	offers(): Promise<Result<Offer[]>>;
	/** Newline-delimited JSON of GenerationEvent (schema/generation.ts). The stream always ends with a `done` or `failed` event. Cancel it to stop. */
	generate(
		request: GenerationRequest,
	): Promise<Result<ReadableStream<Uint8Array>, "invalid" | "unknown_offer" | "purpose">>;
}

export type Audience = "private" | "public";

/** One file as it is served: TypeScript is compiled before it gets here. */
export interface ServedFile {
	path: string;
	body: Uint8Array;
	/** The file this one was compiled from, for example `app.tsx` of `app.js`, so that errors name it. */
	source?: string;
}

export interface AppBundle {
	title: string;
	versionId: string;
	/** `module`: import `/app.js` and render its default export. `html`: serve `/index.html`. */
	entry: "module" | "html";
	files: ServedFile[];
}

/** sandbox-host → studio: what is served at a label. */
export interface DeployRpc {
	/** Creates the label's origin. `draft` is the preview (always private). Idempotent for the same app and kind; refused for another. */
	provision(
		label: Label,
		config: { owner: OwnerId; appId: string; kind: "draft" | "live" },
	): Promise<Result<null, DeployReason>>;
	/** Replaces what the label serves, whole. Open pages are told to reload. A stream of one packed bundle (see sandbox-host/bundle.ts). */
	deploy(label: Label, bundle: AppBundle): Promise<Result<null, DeployReason>>;
	/** From now on 410 with Clear-Site-Data; data, sessions and files of the label are deleted. The label is never used again. */
	retire(label: Label): Promise<Result<null, DeployReason>>;
}
export type DeployReason =
	| "unknown_label"
	| "taken"
	| "retired"
	| "too_large"
	| "invalid"
	| "region_mismatch"
	| "unavailable";

export type ViewerRole = "owner" | "editor" | "viewer" | "visitor";

/** Who a code or a viewer session stands for. `linkId` for visitors who came by a link. */
export interface Viewer {
	role: ViewerRole;
	/** Stable per person and workspace; null for an anonymous visitor. */
	accountId: AccountId | null;
	linkId: string | null;
	name: string;
}

/** sandbox-host → studio: who may open a label. */
export interface AccessRpc {
	/** A single-use code, 60 s, that only the browser whose opening cookie hashes to `challenge` (RFC 7636, S256) can exchange. */
	issueCode(label: Label, viewer: Viewer, challenge: string): Promise<Result<{ code: string }, DeployReason>>;
	/** Ends every session of that person or link, on the next request and in open streams. */
	revoke(
		label: Label,
		who: { accountId: AccountId } | { linkId: string } | { everyone: true },
	): Promise<Result<null, DeployReason>>;
	/** `public`: everyone may open it at top level. `private`: sessions only. Neither sets nor lifts an operator's block. */
	setAudience(label: Label, audience: Audience): Promise<Result<null, DeployReason>>;
	/** Deletes every record and everything that people have stored at this label. */
	resetData(label: Label): Promise<Result<null, DeployReason>>;
	/** Copies no data: an empty store for a fork is the default. Returns counts for the review before publishing. */
	inventory(
		label: Label,
	): Promise<Result<{ collections: { name: string; records: number }[]; sizeBytes: number }, DeployReason>>;
}

/** What the operator decided about an app: it is blocked itself, or its owner's account is suspended. */
export interface OperatorBlock {
	app: boolean;
	owner: boolean;
}

/** An app's object → the operator's commands. No entrypoint has these, so no Worker can block an app or lift a block. */
export interface OperatorRpc {
	setBlocked(blocked: OperatorBlock): Promise<Result<null, "unknown_label" | "retired">>;
	/** Ends what this account has open of the app. */
	revoke(who: { accountId: AccountId }): Promise<Result<null, "unknown_label" | "retired">>;
}
