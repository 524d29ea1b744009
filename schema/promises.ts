// What Freehold promises, in the words of the trust page: what makes each true, and its limits beside it. A promise is kept when it
// has a test in test/promises/ (scripts/build-kept-promises.ts); until then the page says "not yet".

export interface TrustPromise {
	id: string;
	promise: string;
	mechanism: string;
	/** Empty when there is none to name. */
	limits: string;
	kept: boolean;
}

const words: readonly Omit<TrustPromise, "kept">[] = [
	{
		id: "T1-owner",
		promise: "Every account has its own tenant; each row carries an immutable owner",
		mechanism: "Row-level security on D1",
		limits: "The directory holds sealed email addresses and hashed tokens, reached by key only",
	},
	{
		id: "T2-rls",
		promise:
			"A query for one tenant can never return another's rows, even with the WHERE forgotten; a guest of one app sees only that app",
		mechanism: "Context views, guard triggers, gate, sealed columns: a test removes each layer",
		limits: "",
	},
	{
		id: "T3-workspace",
		promise: "Nothing is shared between workspaces; answers follow team membership",
		mechanism: "Scope and teams filter before a prompt is composed",
		limits: "",
	},
	{
		id: "S1-origin",
		promise:
			"Each generated app runs on its own origin, without access to your session, other apps, prompts or credits",
		mechanism: "Sandbox-host, label per app, headers",
		limits: "Nothing leaves a page: measured in Chromium 152+; other browsers leave WebRTC",
	},
	{
		id: "S2-private",
		promise: "Only you see an app, until you invite, share a link, or publish",
		mechanism: "Grants, revocable hashed links, review on publishing",
		limits: "Publishing is worldwide; downloads and forks you allowed can't be taken back",
	},
	{
		id: "S3-egress",
		promise: "An app reaches only hosts you approved",
		mechanism: "AppEgress and the vault",
		limits: "Functions always; pages as in S1",
	},
	{
		id: "K1-secrets",
		promise:
			"Keys you attach are sealed with your tenant's key in your browser, never logged; the studio cannot read them; they are used only when your app calls what you bound them to",
		mechanism: "HPKE to the vault, injection at egress",
		limits: "Whoever deploys the vault can decrypt; whoever deploys the studio could capture a key being typed",
	},
	{
		id: "K2-source-credentials",
		promise: "Data-source credentials never reach a model or the AI gateway",
		mechanism: "Same vault; queries run there",
		limits: "",
	},
	{
		id: "R1-region",
		promise:
			"Prompts, references and apps are stored in the region you signed up in; US-East by default, EU-West by choice",
		mechanism: "Jurisdictions, region pins, no global directory",
		limits:
			"Jurisdiction, not city; requests are processed where they enter the network unless the operator has Regional Services; mail travels as mail does",
	},
	{
		id: "R2-consent",
		promise: "No copy to another region, and no model outside it, without an administrator's recorded approval",
		mechanism: "Consent records, region move, endpoint rule",
		limits: "",
	},
	{
		id: "E1-encrypted",
		promise: "TLS everywhere; AES-256 at rest, under your tenant's keys for prompts, references, source, history",
		mechanism: "Platform and sealed content",
		limits: "Deployed bundles, an app's own data and public listings: platform keys",
	},
	{
		id: "E2-backups",
		promise: "Backups are encrypted, access-logged and kept for a bounded time",
		mechanism: "Sealed archives, append-only log, lifecycle",
		limits: "",
	},
	{
		id: "N1-no-training",
		promise: "We train nothing on your data and improve no default with it",
		mechanism: "No code path, no telemetry with content; store: false",
		limits: "Providers: their terms, dated and linked; your own gateway: your contract",
	},
	{
		id: "N2-minimum",
		promise:
			"A model gets only what your policy admits: prompt, conversation, files, references, errors; schema only when you attach it; strictly limited samples, off by default",
		mechanism: "Typed egress gate",
		limits: "Limits shown as numbers",
	},
	{
		id: "N3-seen",
		promise: "You can read exactly what was sent, where, and how long it is kept",
		mechanism: "Disclosure with the bytes on the wire",
		limits: "",
	},
	{
		id: "N4-purpose",
		promise: "It is sent only for the request you made; Freehold calls no model for a published app",
		mechanism: "Purpose on every call, refused otherwise",
		limits: "An app that you connect to a model does, and says so",
	},
	{
		id: "N5-control",
		promise:
			"An administrator chooses provider and model, brings own keys or own gateway, switches schema reading or all AI off",
		mechanism: "Workspace policy; own key goes straight to the provider",
		limits: "Air-gapped mode with the composer or a local model",
	},
	{
		id: "N6-metadata",
		promise: "The assistant works on metadata only: names, owners, tags, descriptions, definitions, popularity",
		mechanism: "Strict list of fields",
		limits: "",
	},
	{
		id: "H1-history",
		promise: "Your prompts are saved for you, searchable, deletable, from disclosures too",
		mechanism: "Prompt history panel",
		limits: "",
	},
	{
		id: "Q1-run",
		promise: "SQL runs only if an administrator enabled it and the person may query that source",
		mechanism: "Both checked at each run, off by default",
		limits: "Results never go to a model",
	},
	{
		id: "X1-export",
		promise: "Export everything as a zip: prompts, apps with versions, references, disclosures, consents",
		mechanism: "Sealed archive in R2, one-time link",
		limits: "Can be imported again",
	},
	{
		id: "X2-delete",
		promise: "Delete your account: gone from the live service at once, from every backup within 30 days",
		mechanism: "Vacate, shred, restore fence",
		limits: "Not: providers' own logs, mails, forks and downloads of what you published",
	},
	{
		id: "A1-audit",
		promise: "You can see who read or changed what through the product, staff included",
		mechanism: "Append-only, tamper-evident log; no staff route to content",
		limits: "Whoever deploys can bypass the product",
	},
	{
		id: "G1-gdpr",
		promise:
			"Access, rectification, erasure, portability, objection; processor agreement, records of processing, impact-assessment pack, subprocessors, from live configuration",
		mechanism: "Data requests desk, generated documents",
		limits: "",
	},
	{
		id: "H2-selfhost",
		promise: "Run all of it yourself, air-gapped if you want, with your own gateway and keys",
		mechanism: "The same code on one machine",
		limits:
			"Today on one machine, for whoever sits at it: own domain and TLS are not built, and deploying to Cloudflare has not been tried",
	},
	{
		id: "Q2-answers",
		promise: "A privacy question gets an answer with evidence",
		mechanism: "Trust page, data requests desk",
		limits: "",
	},
];

/** `kept`: ids of those that have a test. */
export const promisesWith = (kept: readonly string[]): TrustPromise[] =>
	words.map((promise) => ({ ...promise, kept: kept.includes(promise.id) }));
