// All nine Workers in one workerd behind the front listener. `npm start` and the system and browser tests run this same host.
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare, Response, type V4WorkerOptions } from "miniflare";
import { applyMigrations } from "#db/migrations/apply.ts";
import { pinRegion } from "#db/region-pin.ts";
import { regionMarkerKey } from "#lib/region-marker.ts";
import { Region } from "#schema/region.ts";
import { buildAssets } from "../build-assets.ts";
import { endWithHost, findRuntimes } from "./end-with-host.ts";
import { createFrontListener } from "./front-listener.ts";
import { moveObjects } from "./move-objects.ts";
import { listenForOperator, type OperatorAnswer, type OperatorCommand, runOperatorCommand } from "./operator.ts";
import { refuseOutbound, refusingWorker } from "./outbound.ts";
import { Mail, outboxWorker, writeMail } from "./outbox.ts";
import { completeRotation } from "./rotation.ts";
import { openState, StartError } from "./state.ts";
import {
	anyRegionOf,
	bundleWorker,
	placements,
	readWorker,
	type WorkerName,
	workerFacts,
	workerNames,
} from "./workers.ts";

export interface HostOptions {
	stateFolder: string;
	/** 0 takes a free port. */
	port: number;
	/** Provider keys and base URLs; they go to the ai-gateway and nowhere else. */
	providers?: Record<string, string>;
	/** For tests of what a crash leaves: how soon work that was cut off is taken up again. */
	repairAfterSeconds?: number;
	/** Each line a Worker writes, for tests that search them. */
	onLog?: (line: string) => void;
	/** The Workers' code by entry point, for tests that bundle it once, or with a module in front; made afresh otherwise. */
	bundles?: () => Promise<ReadonlyMap<string, string>>;
	/** Called when a Worker that may not call out tried to; the call is refused in any case. */
	onRefusedOutbound?: (worker: string, url: string) => void;
}

export interface Host {
	port: number;
	/** For example `http://us-east.studio.localhost:8787`. */
	url(host: string): string;
	outbox: string;
	runtime: Miniflare;
	/** What `npm run operator` does. */
	operate(command: OperatorCommand): Promise<OperatorAnswer>;
	close(): Promise<void>;
}

/** Runtimes of this process that end with it. A test has several hosts in one process. */
const watched = new Set<number>();

const studioDomain = "studio.localhost";
const appsDomain = "apps.localhost";

/** Starts everything; resolves when each Worker answers. Throws StartError with one line that names the remedy. */
export async function startHost(options: HostOptions): Promise<Host> {
	const state = openState(options.stateFolder);
	const closers: (() => Promise<unknown> | unknown)[] = [() => state.release()];
	const close = async () => {
		for (const closer of closers.splice(0).reverse()) await closer();
	};
	try {
		const listenerPort = await reservePort(options.port);
		const sources = await (options.bundles ?? bundleAll)();
		const runtime = new Miniflare(
			convertV4MiniflareOptions({
				host: "127.0.0.1",
				port: 0,
				cf: false,
				log: new Log(LogLevel.NONE),
				handleStructuredLogs: ({ message }) => options.onLog?.(message),
				resourcePersistencePath: join(state.folder, "stores"),
				telemetry: { enabled: false },
				workers: [
					...describeWorkers(options, state, sources, listenerPort),
					outboxOptions(state.outbox),
					refusingWorker((worker, url) => options.onRefusedOutbound?.(worker, url)),
				],
			}),
		);
		closers.push(() => runtime.dispose());
		const upstream = await runtime.ready;
		for (const id of findRuntimes()) {
			if (watched.has(id)) continue;
			watched.add(id);
			state.noteRuntime(id);
			const watcher = endWithHost(id);
			closers.push(() => {
				watched.delete(id);
				watcher.stop();
			});
		}
		await prepareStores(runtime);
		for (const region of Region.options) await completeRotation(runtime, state, region);
		const operate = runOperatorCommand(runtime, state);
		const operator = listenForOperator(operate, state);
		closers.push(() => new Promise((done) => operator.close(done)));
		const listener = createFrontListener({
			upstreamPort: Number(upstream.port),
			outbox: state.outbox,
			isKnownHost: (host) =>
				host === "localhost" || host === studioDomain || isRegional(host, studioDomain) || isApp(host),
			isStudioHost: (host) => host === studioDomain || isRegional(host, studioDomain),
		});
		await listen(listener, listenerPort, "127.0.0.1");
		closers.push(() => {
			listener.closeAllConnections();
			return new Promise((done) => listener.close(done));
		});
		return {
			port: listenerPort,
			url: (host) => `http://${host}:${listenerPort}`,
			outbox: state.outbox,
			runtime,
			operate,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

const isRegional = (host: string, domain: string) => Region.options.some((region) => host === `${region}.${domain}`);
const isApp = (host: string) => Region.options.some((region) => host.endsWith(`.${region}.${appsDomain}`));

/** Every Worker's code, by its entry point. `entryFor` may answer a module that stands in front of one. */
export async function bundleAll(
	entryFor: (main: string) => string | undefined = () => undefined,
): Promise<Map<string, string>> {
	await buildAssets();
	const mains = workerNames.map((worker) => readWorker(worker, anyRegionOf(worker)).main);
	return new Map(
		await Promise.all(mains.map(async (main) => [main, await bundleWorker(main, entryFor(main))] as const)),
	);
}

function describeWorkers(
	options: HostOptions,
	state: ReturnType<typeof openState>,
	sources: ReadonlyMap<string, string>,
	port: number,
) {
	// the front door first: what no route takes goes to the first
	return [...placements].reverse().map(({ worker, region }): V4WorkerOptions => {
		const { name, main, options: declared } = readWorker(worker, region);
		const bindings: Record<string, unknown> = { ...declared.bindings, PUBLIC_URL: `http://{host}:${port}` };
		if (worker === "vault" && region) {
			bindings["KEK"] = state.kek(region);
			const previous = state.previousKek(region);
			if (previous !== undefined) bindings["KEK_PREVIOUS"] = previous;
		}
		if (worker === "studio" && options.repairAfterSeconds !== undefined)
			bindings["REPAIR_AFTER_SECONDS"] = String(options.repairAfterSeconds);
		if (worker === "ai-gateway") Object.assign(bindings, options.providers);
		const { email, serviceBindings, ...rest } = declared as typeof declared & {
			email?: { send_email?: { name: string }[] };
			serviceBindings?: Record<string, unknown>;
		};
		const mail = (email?.send_email ?? []).map(({ name: binding }) => [
			binding,
			{ name: "outbox", entrypoint: "Mail" },
		]);
		return {
			...rest,
			name,
			modules: [{ type: "ESModule", path: "index.js", contents: sources.get(main) ?? "" }],
			bindings: bindings as Record<string, string>,
			serviceBindings: { ...serviceBindings, ...Object.fromEntries(mail) },
			routes: routesOf(worker, region),
			...(workerFacts[worker].mayCallOut ? {} : refuseOutbound(name)),
		} as V4WorkerOptions;
	});
}

function routesOf(worker: WorkerName, region: Region | null): string[] {
	const hosts = workerFacts[worker].hosts(region, { studio: studioDomain, apps: appsDomain });
	// the front door also answers at plain localhost
	return [...hosts, ...(worker === "front-door" ? ["localhost"] : [])].map((host) => `${host}/*`);
}

function outboxOptions(folder: string): V4WorkerOptions {
	return {
		name: "outbox",
		compatibilityDate: "2026-11-01",
		modules: [{ type: "ESModule", path: "index.js", contents: outboxWorker }],
		serviceBindings: {
			FILES: async (request: { json(): Promise<unknown> }) => {
				const mail = Mail.safeParse(await request.json());
				if (!mail.success) return new Response("not a mail", { status: 400 });
				return new Response(writeMail(folder, mail.data, new Date()));
			},
		},
	} as V4WorkerOptions;
}

interface Store {
	binding: string;
	migrations_dir?: string | undefined;
}

/** Migrations, region pins and bucket markers. A store that belongs to the other region stops the start. */
async function prepareStores(runtime: Miniflare): Promise<void> {
	const stores = placements.flatMap(({ worker, region }) => {
		if (!region) return [];
		const { name, config } = readWorker(worker, region);
		return [
			...config.d1_databases.map((store: Store) => prepareDatabase(runtime, name, region, store)),
			...config.r2_buckets.map((store: Store) => prepareBucket(runtime, name, region, store)),
		];
	});
	// all are looked at before one is named, and always the first in order: nothing runs on behind a start that was refused
	const refused = (await Promise.allSettled(stores)).find((store) => store.status === "rejected");
	if (refused) throw refused.reason;
	for (const region of Region.options) {
		const studio = `freehold-studio-${region}`;
		const { config } = readWorker("studio", region);
		const bindings: string[] = config.d1_databases.map(({ binding }: Store) => binding);
		const names = bindings.filter((name) => name.startsWith("TENANTS_"));
		const shards = await Promise.all(names.map((name) => runtime.getD1Database(name, studio)));
		await moveObjects((await runtime.getR2Bucket("CONTENT", studio)) as never, shards as never);
	}
}

async function prepareDatabase(
	runtime: Miniflare,
	worker: string,
	region: Region,
	{ binding, migrations_dir }: Store,
): Promise<void> {
	const db = (await runtime.getD1Database(binding, worker)) as never;
	await applyMigrations(db, migrations_dir?.endsWith("directory") ? "directory" : "tenants");
	if (!(await pinRegion(db, region))) throw otherRegion(binding, region);
}

async function prepareBucket(runtime: Miniflare, worker: string, region: Region, { binding }: Store): Promise<void> {
	const bucket = await runtime.getR2Bucket(binding, worker);
	await bucket.put(regionMarkerKey, region, { onlyIf: { etagDoesNotMatch: "*" } });
	if ((await (await bucket.get(regionMarkerKey))?.text()) !== region) throw otherRegion(binding, region);
}

function otherRegion(binding: string, region: Region): StartError {
	return new StartError(
		`The store ${binding} of ${region} belongs to the other region. Put the right state folder in place, or start afresh with npm run reset.`,
	);
}

async function reservePort(port: number): Promise<number> {
	const { createServer } = await import("node:http");
	const probe = createServer();
	await listen(probe, port, "127.0.0.1");
	const taken = (probe.address() as AddressInfo).port;
	await new Promise((done) => probe.close(done));
	return taken;
}

function listen(server: import("node:http").Server, port: number, host: string): Promise<void> {
	return new Promise((done, refuse) => {
		server.once("error", (error: NodeJS.ErrnoException) =>
			refuse(
				error.code === "EADDRINUSE"
					? new StartError(`Port ${port} is taken. Stop what uses it, or choose another: PORT=8790 npm start`)
					: new StartError(
							`Cannot listen on 127.0.0.1:${port} (${error.code ?? "unknown"}). Choose another port: PORT=8790 npm start`,
						),
			),
		);
		server.listen(port, host, done);
	});
}
