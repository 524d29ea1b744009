// What Freehold promises, in the words of the trust page: what makes each true, and its limits beside it. A promise is kept when its
// test in test/promises/ passes; until then the page says "not yet".
export interface TrustPromise {
	id: string;
	promise: string;
	mechanism: string;
	/** Empty when there is none to name. */
	limits: string;
	kept: boolean;
}

export const promises: readonly TrustPromise[] = [
	{
		id: "T1-owner",
		promise: "Every account has its own tenant; each row carries an immutable owner",
		mechanism: "Row-level security in the database",
		limits: "The directory holds sealed e-mails and hashed tokens, reached by key only",
		kept: false,
	},
	{
		id: "T2-rls",
		promise:
			"A query for one tenant can never return another's rows, even with the WHERE forgotten; a guest of one app sees only that app",
		mechanism:
			"Context views, guard triggers, a gate in front of the database, sealed columns. A test removes each layer",
		limits: "",
		kept: false,
	},
	{
		id: "T3-workspace",
		promise: "Nothing is shared between workspaces; answers follow team membership",
		mechanism: "Scope and teams filter before a prompt is composed",
		limits: "",
		kept: false,
	},
	{
		id: "S1-origin",
		promise:
			"Each generated app runs on its own origin, without access to your session, other apps, prompts or credits",
		mechanism: "A host of its own per app, with headers that let nothing out",
		limits: "Nothing leaves a page: measured in Chromium 152+; other browsers leave WebRTC",
		kept: false,
	},
	{
		id: "S2-private",
		promise: "Only you see an app, until you invite, share a link, or publish",
		mechanism: "Grants, revocable hashed links, a review before publishing",
		limits: "Publishing is worldwide; downloads and forks you allowed can't be called back",
		kept: false,
	},
	{
		id: "S3-egress",
		promise: "An app reaches only hosts you approved",
		mechanism: "Every call of an app goes through the vault's allowlist",
		limits: "Functions always; pages as in S1",
		kept: false,
	},
	{
		id: "K1-secrets",
		promise:
			"Keys you attach are sealed with your tenant's key in your browser, never logged; the studio cannot read them; they are used only when your app calls what you bound them to",
		mechanism: "Sealed to the vault with HPKE (RFC 9180), filled in on the way out",
		limits: "Whoever deploys the vault can decrypt; whoever deploys the studio could capture a key being typed",
		kept: false,
	},
	{
		id: "K2-source-credentials",
		promise: "Data-source credentials never reach a model or the AI gateway",
		mechanism: "The same vault; queries run there",
		limits: "",
		kept: false,
	},
	{
		id: "R1-region",
		promise:
			"Prompts, references and apps are stored in the region you signed up in; US-East by default, EU-West by choice",
		mechanism: "Storage jurisdictions, region pins, no global directory",
		limits:
			"Jurisdiction, not city; requests are processed where they enter the network unless the operator has Regional Services; mail travels as mail does",
		kept: false,
	},
	{
		id: "R2-consent",
		promise: "No copy to another region, and no model outside it, without an administrator's recorded approval",
		mechanism: "Recorded approvals; an endpoint outside the region is refused without one",
		limits: "",
		kept: false,
	},
	{
		id: "E1-encrypted",
		promise: "TLS everywhere; AES-256 at rest, under your tenant's keys for prompts, references, source, history",
		mechanism: "The platform, and content sealed under your tenant's keys",
		limits: "Deployed bundles, an app's own data and public listings: platform keys",
		kept: false,
	},
	{
		id: "E2-backups",
		promise: "Backups are encrypted, access-logged and kept for a bounded time",
		mechanism: "Sealed archives, an append-only log, a fixed lifetime",
		limits: "",
		kept: false,
	},
	{
		id: "N1-no-training",
		promise: "We train nothing on your data and improve no default with it",
		mechanism: "No code path for it, no telemetry with content; providers are told not to store",
		limits: "Providers: their terms, dated and linked; your own gateway: your contract",
		kept: false,
	},
	{
		id: "N2-minimum",
		promise:
			"A model gets only what your policy admits: prompt, conversation, files, references, errors; schema only when you attach it; strictly limited samples, off by default",
		mechanism: "A typed gate: only classes your policy admits can be sent",
		limits: "Limits shown as numbers",
		kept: false,
	},
	{
		id: "N3-seen",
		promise: "You can read exactly what was sent, where, and how long it is kept",
		mechanism: "The bytes on the wire are kept for you, sealed",
		limits: "",
		kept: false,
	},
	{
		id: "N4-purpose",
		promise: "It is sent only for the request you made; Freehold calls no model for a published app",
		mechanism: "Each call names its purpose; others are refused",
		limits: "An app that you connect to a model does, and says so",
		kept: false,
	},
	{
		id: "N5-control",
		promise:
			"An administrator chooses provider and model, brings own keys or own gateway, switches schema reading or all AI off",
		mechanism: "Workspace policy; your own key goes straight to the provider",
		limits: "Air-gapped mode with the composer or a local model",
		kept: false,
	},
	{
		id: "N6-metadata",
		promise: "The assistant works on metadata only: names, owners, tags, descriptions, definitions, popularity",
		mechanism: "A strict list of fields",
		limits: "",
		kept: false,
	},
	{
		id: "H1-history",
		promise: "Your prompts are saved for you, searchable, deletable, from disclosures too",
		mechanism: "The prompt history page",
		limits: "",
		kept: false,
	},
	{
		id: "Q1-run",
		promise: "SQL runs only if an administrator enabled it and the person may query that source",
		mechanism: "Both are checked at each run; off by default",
		limits: "Results never go to a model",
		kept: false,
	},
	{
		id: "X1-export",
		promise: "Export everything as a zip: prompts, apps with versions, references, disclosures, consents",
		mechanism: "A sealed archive, a one-time link",
		limits: "Can be imported again",
		kept: false,
	},
	{
		id: "X2-delete",
		promise: "Delete your account: gone from the live service at once, from every backup within 30 days",
		mechanism: "Keys are shredded; a restore is fenced",
		limits: "Not: providers' own logs, mails, forks and downloads of what you published",
		kept: false,
	},
	{
		id: "A1-audit",
		promise: "You can see who read or changed what through the product, staff included",
		mechanism: "An append-only, tamper-evident log; no staff route to content",
		limits: "Whoever deploys can bypass the product",
		kept: false,
	},
	{
		id: "G1-gdpr",
		promise:
			"Access, rectification, erasure, portability, objection; processor agreement, records of processing, impact-assessment pack, subprocessors, from live configuration",
		mechanism: "A desk for data requests; documents made from the live configuration",
		limits: "",
		kept: false,
	},
	{
		id: "H2-selfhost",
		promise: "Run all of it yourself, air-gapped if you want, with your own gateway and keys",
		mechanism: "The same code on one machine",
		limits: "",
		kept: false,
	},
	{
		id: "Q2-answers",
		promise: "A privacy question gets an answer with evidence",
		mechanism: "This page, and the desk for data requests",
		limits: "",
		kept: false,
	},
];
