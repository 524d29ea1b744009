// One object per label, with a SQLite of its own: who may open the app, and what the app keeps. Everything about a private
// app asks here, so that what the studio takes back counts on the next request. It is reached only by this Worker.
import { DurableObject } from "cloudflare:workers";
import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { makeAlarms } from "#lib/objects/alarms.ts";
import { migrate } from "#lib/objects/migrate.ts";
import type { DataCall } from "#schema/data.ts";
import type { ErrorCode } from "#schema/errors.ts";
import type { Label } from "#schema/ids.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { OperatorBlock, OperatorRpc, Viewer } from "#schema/rpc.ts";
import { makeAccessStore, type RevokedWho } from "./access-store.ts";
import {
	type AppAudience,
	type AppKind,
	type BundleIndex,
	isBlocked,
	type LiveManifest,
	manifestKey,
	notBlocked,
	packKey,
	packPrefix,
} from "./bundle.ts";
import { configVersion, type RuntimeConfig } from "./config-document.ts";
import { makeConfigStore } from "./config-store.ts";
import { type DataAnswer, makeDataStore } from "./data-store.ts";
import { makeEventStreams } from "./event-streams.ts";
import { runtimeMigrations } from "./runtime-tables.ts";

export interface Admission {
	kind: AppKind;
	audience: AppAudience;
	isBlocked: boolean;
	/** Null for somebody without a session. */
	viewer: Viewer | null;
	/** "known": the caller already has the index of this bundle. */
	bundle: BundleIndex | null | "known";
}

type Missing = "unknown_label" | "retired";

export class AppRuntime extends DurableObject<{ APPS: R2Bucket }> implements OperatorRpc {
	readonly #config = makeConfigStore(this.ctx.storage);
	readonly #access = makeAccessStore(this.ctx.storage, systemClock);
	readonly #data = makeDataStore(this.ctx.storage, systemClock);
	readonly #streams = makeEventStreams(systemClock);
	readonly #alarms = makeAlarms(
		this.ctx.storage,
		systemClock,
		{
			// what R2 says must follow what is decided here, also after a crash between the two writes
			publish: () => this.#inTurn(() => this.#publish()),
			expire: () => this.#expire(),
		},
		(kind, count) => log("error", "app_object.alarm_failed", { kind, count }),
	);
	/** Changes of what is served happen one after the other: R2 writes must not overtake each other. */
	#last: Promise<unknown> = Promise.resolve();

	constructor(state: DurableObjectState, env: { APPS: R2Bucket }) {
		super(state, env);
		if (!this.#config.isThere()) return;
		// before any call, and an object that this release can't read answers none
		void state.blockConcurrencyWhile(async () => {
			try {
				migrate(state.storage, runtimeMigrations);
				this.#config.read();
			} catch (error) {
				log("error", "app_object.not_opened", { worker: "sandbox-host" });
				throw error;
			}
			await this.#alarms.rearm();
		});
	}

	/** The same owner, app and kind again changes nothing; another is refused. */
	async provision(
		label: Label,
		owner: string,
		appId: string,
		kind: AppKind,
	): Promise<Result<null, "taken" | "retired">> {
		return this.#inTurn(async () => {
			const config = this.#config.read();
			if (config?.state === "retired") return fail("retired");
			if (config) {
				if (config.owner !== owner || config.appId !== appId || config.kind !== kind) return fail("taken");
				await this.#publish();
				return ok(null);
			}
			migrate(this.ctx.storage, runtimeMigrations);
			this.#data.begin();
			await this.#change({
				version: configVersion,
				state: "live",
				label,
				owner,
				appId,
				kind,
				audience: "private",
				blocked: notBlocked,
				bundle: null,
				previousId: null,
			});
			return ok(null);
		});
	}

	/** Serves this bundle from now on. The pack before it stays for one more version: an open page may still load from it. */
	async activate(bundle: BundleIndex): Promise<Result<null, Missing>> {
		return this.#inTurn(async () => {
			const config = this.#config.read();
			if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
			const previousId = config.bundle?.bundleId ?? null;
			await this.#change({ ...config, bundle, previousId });
			this.#streams.send({ type: "reload", versionId: bundle.versionId });
			if (config.previousId) await this.env.APPS.delete(packKey(config.label, config.previousId));
			return ok(null);
		});
	}

	async setAudience(audience: AppAudience): Promise<Result<null, Missing | "invalid">> {
		return this.#inTurn(async () => {
			const config = this.#config.read();
			if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
			// a draft runs unpublished code on draft data: never for everyone
			if (config.kind === "draft" && audience === "public") return fail("invalid");
			await this.#change({ ...config, audience });
			return ok(null);
		});
	}

	/** The operator's kill switch. No entrypoint has it, so nothing that the studio or an owner does can set or lift it. */
	async setBlocked(blocked: OperatorBlock): Promise<Result<null, Missing>> {
		return this.#inTurn(async () => {
			const config = this.#config.read();
			if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
			if (isBlocked(blocked)) {
				this.#access.revoke({ everyone: true });
				this.#streams.endAll("revoked");
			}
			await this.#change({ ...config, blocked });
			return ok(null);
		});
	}

	/** Deletes data, sessions and files. Only the tombstone stays, here and in R2. */
	async retire(): Promise<Result<null, Missing>> {
		return this.#inTurn(async () => {
			const config = this.#config.read();
			if (!config) return fail("unknown_label");
			this.#streams.endAll("revoked");
			const { label } = config;
			await this.ctx.storage.deleteAll();
			migrate(this.ctx.storage, runtimeMigrations);
			await this.#change({ version: configVersion, state: "retired", label });
			await this.#deletePacks(label);
			return ok(null);
		});
	}

	async issueCode(viewer: Viewer, challenge: string): Promise<Result<{ code: string }, Missing>> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
		const issued = this.#access.issueCode(viewer, challenge);
		await this.#forgetLater();
		return ok(issued);
	}

	async exchangeCode(
		code: string,
		secret: string,
	): Promise<Result<{ token: string; ttlSeconds: number }, "not_found" | "expired">> {
		const config = this.#config.read();
		if (config?.state !== "live" || isBlocked(config.blocked)) return fail("not_found");
		const exchanged = this.#access.exchangeCode(code, secret);
		await this.#forgetLater();
		return exchanged;
	}

	async revoke(who: RevokedWho): Promise<Result<null, Missing>> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
		this.#access.revoke(who);
		this.#streams.endWhere((viewer) => this.#access.isMeant(viewer, who), "revoked");
		return ok(null);
	}

	inventory(): Result<{ collections: { name: string; records: number }[]; sizeBytes: number }, Missing> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
		return ok(this.#data.inventory());
	}

	/** Deletes all data of the app at this label, and tells the pages that are open. */
	async resetData(): Promise<Result<null, Missing>> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
		this.#data.reset();
		this.#streams.send({ type: "data", collection: "" });
		return ok(null);
	}

	/** Who asks, and what is served: for every request of a private app. */
	admit(token: string | null, knownBundleId: string | null): Result<Admission, Missing> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "retired" : "unknown_label");
		return ok({
			kind: config.kind,
			audience: config.audience,
			isBlocked: isBlocked(config.blocked),
			viewer: this.#viewerOf(config, token)?.viewer ?? null,
			bundle: config.bundle && config.bundle.bundleId === knownBundleId ? "known" : config.bundle,
		});
	}

	/** One data call of an app's page. */
	call(token: string | null, call: DataCall): Result<DataAnswer, ErrorCode> {
		const config = this.#config.read();
		if (config?.state !== "live") return fail(config ? "gone" : "not_found");
		if (isBlocked(config.blocked)) return fail("app_blocked");
		const session = this.#viewerOf(config, token);
		if (!session) return fail(config.audience === "public" && token === null ? "visitor_data" : "session_ended");
		if (!this.#access.countCall(session)) return fail("rate_limited");
		const answer = this.#data.answer(session.viewer, call);
		if (answer.ok && answer.value.changed !== null) {
			this.#streams.send({ type: "data", collection: answer.value.changed });
		}
		return answer;
	}

	/** The event stream of one page. The Worker has checked that the page's own origin asks. */
	override async fetch(request: Request): Promise<Response> {
		const config = this.#config.read();
		const session = config?.state === "live" ? this.#viewerOf(config, request.headers.get("X-Session-Token")) : null;
		if (!session || session.viewer.role === "visitor") return new Response(null, { status: 401 });
		const stream = this.#streams.open(session.id, session.viewer, session.expiresAt);
		if (!stream) return new Response(null, { status: 429 });
		return new Response(stream, { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
	}

	override alarm(): Promise<void> {
		return this.#alarms.run();
	}

	/** Codes and sessions go when their time is over, also when nobody opens the app again. */
	async #expire(): Promise<void> {
		this.#access.forgetExpired();
		await this.#forgetLater();
	}

	async #forgetLater(): Promise<void> {
		const due = this.#access.nextExpiry();
		if (due !== null) await this.#alarms.set("expire", due);
	}

	#viewerOf(config: RuntimeConfig & { state: "live" }, token: string | null) {
		return token === null || isBlocked(config.blocked) ? null : this.#access.findSession(token);
	}

	#inTurn<T>(work: () => Promise<T>): Promise<T> {
		const turn = this.#last.then(work);
		this.#last = turn.catch(() => undefined);
		return turn;
	}

	async #change(config: RuntimeConfig): Promise<void> {
		this.#config.write(config);
		await this.#alarms.set("publish", systemClock() + 5000);
		await this.#publish();
	}

	async #publish(): Promise<void> {
		const config = this.#config.read();
		if (!config || this.#config.isPublished()) return;
		const manifest =
			config.state === "retired"
				? { v: 1, state: "retired" }
				: ({
						v: 2,
						state: "live",
						kind: config.kind,
						audience: config.audience,
						isBlocked: isBlocked(config.blocked),
						bundle: config.bundle,
					} satisfies LiveManifest);
		await this.env.APPS.put(manifestKey(config.label), JSON.stringify(manifest));
		this.#config.markPublished();
		await this.#alarms.clear("publish");
	}

	/** All of them, also what a deployment that never finished left behind. */
	async #deletePacks(label: string): Promise<void> {
		for (;;) {
			const page = await this.env.APPS.list({ prefix: packPrefix(label) });
			if (page.objects.length > 0) await this.env.APPS.delete(page.objects.map((object) => object.key));
			if (!page.truncated) return;
		}
	}
}
