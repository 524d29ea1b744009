// The local host's edge, what each Worker may hold and call, and mistakes of an operator.
import { inFile, type Removal } from "./removal.ts";

const front = inFile("scripts/local-host/front-listener.ts");
const studio = inFile("wrangler.toml");
const vault = inFile("workers/vault/wrangler.toml");
const frontDoor = inFile("workers/front-door/wrangler.toml");
const gateway = inFile("workers/ai-gateway/wrangler.toml");
const sandbox = inFile("sandbox-host/wrangler.toml");
const listener = (name: string) => ({ file: "test/system/walls/front-listener.test.ts", name });
const bindings = (name: string) => ({ file: "test/system/walls/bindings.test.ts", name });
const outbound = (name: string) => ({ file: "test/system/walls/outbound.test.ts", name });
const swapped = (name: string) => ({ file: "test/system/walls/region-swap.test.ts", name });
const edge = (name: string) => ({ file: "test/browser/edge.test.ts", name });

const choosing = "choosing the Worker by headers, the runtime's own endpoints, request smuggling (local host)";
const byApp = "choosing a Worker by forged headers, `/cdn-cgi/`, other hosts of the local host";
const idSwap = "id swap on every route by every actor (owner, collaborator, other tenant, anonymous, other region)";
const otherStore = "a store of the other region in a wrangler file";
const tooMany = "a binding too many, workers.dev, logs to a platform";

const anyHeader = front("!stripped.test(name) &&", "true &&");
const anyPath = front('if (mayBeEdgePath(path)) return end(answer, 404, "Not found.");', "");

export const hostRemovals: readonly Removal[] = [
	{
		attacks: [choosing],
		defence: "headers that only the edge may set are stripped",
		edits: [anyHeader],
		test: listener(
			"what is forwarded > is the request without headers that only the edge may set, in any case, and with the address of the socket",
		),
	},
	{
		attacks: [choosing],
		defence: "headers that choose a Worker are stripped, on the whole host",
		edits: [anyHeader],
		test: listener("the whole host > answers each host with its own Worker, whatever routing headers say"),
	},
	{
		attacks: [choosing],
		defence: "the runtime's own endpoints end at the listener",
		edits: [anyPath],
		test: listener("what is refused before any Worker > the path /cdn-cgi/"),
	},
	{
		attacks: [choosing],
		defence: "a path is read as any parser would",
		edits: [
			front(
				"path = path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));",
				"",
			),
		],
		test: listener("what is refused before any Worker > the path /%2563dn-cgi/x"),
	},
	{
		attacks: [choosing],
		defence: "one Host header",
		edits: [front('incoming.headersDistinct["host"]?.length === 1 ?', 'incoming.headersDistinct["host"] ?')],
		test: listener("what is refused before any Worker > two Host headers, in either order"),
	},
	{
		attacks: [choosing],
		defence: "unknown hosts end at the listener",
		edits: [front("if (!host || !options.isKnownHost(host))", "if (!host)")],
		test: listener("what is refused before any Worker > another host"),
	},
	{
		attacks: ["the outbox of the local host from another site"],
		defence: "Origin and Fetch Metadata of the outbox",
		edits: [front("if (!options.isStudioHost(host) || !isOwn || ", "if (!options.isStudioHost(host) || ")],
		test: listener("the outbox > is shown to the studio's host and to who types its address, and to no other site"),
	},
	{
		attacks: ["the outbox of the local host from another site"],
		defence: "the outbox is on the studio's host",
		edits: [front("if (!options.isStudioHost(host) || !isOwn || ", "if (!isOwn || ")],
		test: listener("the outbox > is shown to the studio's host and to who types its address, and to no other site"),
	},
	{
		attacks: [byApp],
		defence: "headers that choose a Worker are stripped, from an app's own page",
		edits: [anyHeader],
		test: edge("is what it was for an app that forges the headers which choose a Worker"),
	},
	{
		attacks: [idSwap, otherStore],
		defence: "a region's Worker is bound to its region's stores",
		edits: [
			studio(
				'{ binding = "DIRECTORY", database_name = "freehold-directory-eu-west", database_id = "freehold-directory-eu-west",',
				'{ binding = "DIRECTORY", database_name = "freehold-directory-us-east", database_id = "freehold-directory-us-east",',
			),
		],
		test: bindings(
			"studio in eu-west > keeps every store in the region: its jurisdiction, and a name that ends with the region",
		),
	},
	{
		attacks: [otherStore],
		defence: "a database's pin is looked at first",
		edits: [
			inFile("workers/studio/open-tenant.ts")(
				'if (!(await checkRegionPin(db, region))) throw new AppError("region_mismatch");\n\tpinned.add(db);',
				"pinned.add(db);",
			),
		],
		test: swapped(
			"a Worker that is bound to a store of the other region > DIRECTORY of us-east: 503 on every path, with nothing but the pin to read",
		),
	},
	{
		attacks: [otherStore],
		defence: "a bucket's marker is looked at first",
		edits: [inFile("workers/lib/region-marker.ts")("if ((await marker?.text()) !== region) return false;", "")],
		test: swapped("a Worker that is bound to a store of the other region > CONTENT: 503 on every path"),
	},
	{
		attacks: [otherStore],
		defence: "the vault mends nothing in a bucket that it does not know to be its region's",
		edits: [
			inFile("workers/vault/keyring.ts")(
				"const isReady = await ready();\n\t\t\t\t\t\tif (!isReady.ok) return isReady;",
				"",
			),
		],
		test: {
			file: "test/system/vault/keyring.test.ts",
			name: "keyring > restores nothing into a bucket that is not this region's",
		},
	},
	{
		attacks: [otherStore],
		defence: "the local host looks before it starts",
		edits: [
			inFile("scripts/local-host/host.ts")(
				"if (!(await pinRegion(db, region))) throw otherRegion(binding, region);",
				"await pinRegion(db, region);",
			),
		],
		test: swapped(
			"the local host on a state folder whose stores were exchanged > does not start, and says which store it is in one line",
		),
	},
	{
		attacks: ["a method, binding or route by which the studio can open a secret", "studio"],
		defence: "the studio calls its own region's vault, by one entrypoint",
		edits: [
			studio(
				'{ binding = "KEYRING", service = "freehold-vault-us-east", entrypoint = "Keyring" },',
				'{ binding = "KEYRING", service = "freehold-vault-us-east" },',
			),
		],
		test: bindings("studio in us-east > may call only the named entrypoints of its own region"),
	},
	{
		attacks: ["studio"],
		defence: "the studio calls no vault of the other region",
		edits: [
			studio(
				'{ binding = "KEYRING", service = "freehold-vault-eu-west", entrypoint = "Keyring" },',
				'{ binding = "KEYRING", service = "freehold-vault-us-east", entrypoint = "Keyring" },',
			),
		],
		test: bindings("studio in eu-west > may call only the named entrypoints of its own region"),
	},
	{
		attacks: ["studio"],
		defence: "nothing that the studio is made of opens connections",
		edits: [
			inFile("workers/studio/index.ts")(
				"// ",
				'import { connect } from "cloudflare:sockets";\n\nexport const dial = connect;\n// ',
			),
		],
		test: outbound(
			"what is deployed of a Worker that may not call out > studio imports no module that opens connections",
		),
	},
	{
		attacks: ["studio"],
		defence: "the studio calls nobody",
		edits: [
			inFile("workers/studio/app.ts")(
				'app.get("/healthz", (c) =>',
				'app.use(async (_, next) => {\n\t\tawait fetch("http://example.org/seen");\n\t\tawait next();\n\t});\n\tapp.get("/healthz", (c) =>',
			),
		],
		test: outbound(
			"the main journey > ends with calls of the ai-gateway to its provider and of nobody else to anything",
		),
	},
	{
		attacks: ["studio"],
		defence: "the wall where the network would be",
		edits: [
			inFile("scripts/local-host/outbound.ts")(
				'outboundService: { name, entrypoint: "Refusal", props: { worker } },',
				"",
			),
		],
		test: outbound("a Worker that may not call out > is refused by fetch"),
	},
	{
		attacks: ["studio"],
		defence: "the wall where the network would be, for sockets",
		edits: [
			inFile("scripts/local-host/outbound.ts")(
				'outboundService: { name, entrypoint: "Refusal", props: { worker } },',
				"",
			),
		],
		test: outbound("a Worker that may not call out > is refused by connect"),
	},
	...["us-east.studio.localhost", "a.eu-west.apps.localhost"].map(
		(name): Removal => ({
			attacks: [name.includes("studio") ? "studio" : "sandbox-host"],
			defence: `the host puts the wall around what answers at ${name}`,
			edits: [
				inFile("scripts/local-host/host.ts")("...(workerFacts[worker].mayCallOut ? {} : refuseOutbound(name)),", ""),
			],
			test: { file: "test/system/walls/host-outbound.test.ts", name: `holds what answers at ${name}` },
		}),
	),
	{
		attacks: ["front-door"],
		defence: "the front door holds no store",
		edits: [
			frontDoor(
				"[build]",
				'[[d1_databases]]\nbinding = "DIRECTORY"\ndatabase_name = "d"\ndatabase_id = "d"\n\n[build]',
			),
		],
		test: bindings("front-door in null > holds exactly the stores and variables it may hold"),
	},
	{
		attacks: ["sandbox-host"],
		defence: "the app origin holds no tenant's database",
		edits: [
			sandbox(
				"[env.eu-west]",
				'[[env.us-east.d1_databases]]\nbinding = "TENANTS_0"\ndatabase_name = "freehold-tenants-0-us-east"\ndatabase_id = "freehold-tenants-0-us-east"\n\n[env.eu-west]',
			),
		],
		test: bindings("sandbox-host in us-east > holds exactly the stores and variables it may hold"),
	},
	{
		attacks: ["sandbox-host"],
		defence: "the app origin calls no vault",
		edits: [
			sandbox(
				"[env.eu-west]",
				'[[env.us-east.services]]\nbinding = "KEYRING"\nservice = "freehold-vault-us-east"\nentrypoint = "Keyring"\n\n[env.eu-west]',
			),
		],
		test: bindings("sandbox-host in us-east > may call only the named entrypoints of its own region"),
	},
	{
		attacks: ["ai-gateway"],
		defence: "the gateway holds no store",
		edits: [
			gateway(
				"[env.eu-west]\nname",
				'[[env.us-east.r2_buckets]]\nbinding = "CONTENT"\nbucket_name = "freehold-content-us-east"\njurisdiction = "us"\n\n[env.eu-west]\nname',
			),
		],
		test: bindings("ai-gateway in us-east > holds exactly the stores and variables it may hold"),
	},
	{
		attacks: ["vault"],
		defence: "the vault holds no sealed data",
		edits: [
			vault(
				"[env.eu-west]",
				'[[env.us-east.r2_buckets]]\nbinding = "CONTENT"\nbucket_name = "freehold-content-us-east"\njurisdiction = "us"\n\n[env.eu-west]',
			),
		],
		test: bindings("vault in us-east > holds exactly the stores and variables it may hold"),
	},
	{
		attacks: [tooMany],
		defence: "a kind of binding that nobody looks at is refused",
		edits: [vault("[env.eu-west]", '[[env.us-east.kv_namespaces]]\nbinding = "KV"\nid = "0"\n\n[env.eu-west]')],
		test: bindings(
			"vault in us-east > has no other kind of binding: no KV, AI, Vectorize, AI Gateway, queue, analytics or loader",
		),
	},
	{
		attacks: [tooMany],
		defence: "no Worker is on workers.dev",
		edits: [gateway("workers_dev = false", "workers_dev = true")],
		test: bindings(
			"ai-gateway in us-east > is not on workers.dev or a preview address, and sends no logs, traces or events anywhere",
		),
	},
	{
		attacks: [tooMany],
		defence: "no platform keeps logs",
		edits: [vault("[env.eu-west]", "[env.us-east.observability]\nenabled = true\n\n[env.eu-west]")],
		test: bindings(
			"vault in us-east > is not on workers.dev or a preview address, and sends no logs, traces or events anywhere",
		),
	},
];
