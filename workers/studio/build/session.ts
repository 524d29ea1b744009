// The Durable Object of an app's builds. It stores ids and counts only; what a build says lives in memory, and what it made is
// sealed. A build runs in the alarm, so it outlives the browser tab, and a crash is followed by another alarm.
import { DurableObject } from "cloudflare:workers";
import type { DurableObjectNamespace, DurableObjectStub } from "@cloudflare/workers-types";
import { endBuild, getBuild, moveBuild, nextQueuedBuild, runningBuild } from "#db/stores/builds.ts";
import { placeInRegion, readJurisdictions } from "#lib/jurisdictions.ts";
import { log } from "#lib/log.ts";
import { BuildStep } from "#schema/build-events.ts";
import type { AppId, BuildId, OwnerId } from "#schema/ids.ts";
import { contentOf } from "../apps/content.ts";
import { deployDraft } from "../apps/deploy.ts";
import type { StudioEnv } from "../env.ts";
import { openRegionDirectory, openTenant, regionOf } from "../tenants.ts";
import { type EventLog, emptySnapshot, isTerminal, openEventLog } from "./event-log.ts";
import { describeFailure } from "./failure-words.ts";
import { runBuild } from "./run-build.ts";

interface Ids {
	ownerId: OwnerId;
	appId: AppId;
}

/** How often one build may be taken up again after a crash. */
const maxAttempts = 3;
/** When the next alarm looks whether a build was left behind. Alarms of one object never overlap, so it waits for this one. */
const watchdogMs = 5_000;
const keptLogs = 20;

export class BuildSession extends DurableObject<StudioEnv> {
	readonly #logs = new Map<BuildId, EventLog>();
	#current: { buildId: BuildId; abort: AbortController } | null = null;

	/** Says that a build was queued. The ids were verified by the route that calls. */
	async wake(ids: Ids): Promise<void> {
		await this.ctx.storage.put("ids", ids);
		// an alarm that is running looks at the queue again when it ends
		await this.ctx.storage.setAlarm(Date.now());
	}

	/** The build's event stream. */
	async watch(ids: Ids, buildId: BuildId, lastEventId: string | null): Promise<ReadableStream<Uint8Array>> {
		return (await this.#logOf(ids, buildId)).watch(lastEventId);
	}

	/** Stops a build at any time; everything reserved goes back. False when it had ended. */
	async stop(ids: Ids, buildId: BuildId): Promise<boolean> {
		const events = await this.#logOf(ids, buildId);
		const ended = await endBuild(await this.#open(ids), buildId, { state: "stopped" });
		if (this.#current?.buildId === buildId) this.#current.abort.abort();
		else await this.#forgetCheckpoint(ids, buildId);
		if (ended) events.emit({ type: "end", state: "stopped" });
		return ended;
	}

	/** The app is gone: nothing runs on, and nothing is kept. */
	async erase(): Promise<void> {
		this.#current?.abort.abort();
		for (const events of this.#logs.values()) events.close();
		this.#logs.clear();
		await this.ctx.storage.deleteAlarm();
		await this.ctx.storage.deleteAll();
	}

	override async alarm(): Promise<void> {
		const ids = await this.ctx.storage.get<Ids>("ids");
		if (!ids) return;
		await this.ctx.storage.setAlarm(Date.now() + watchdogMs);
		try {
			const scope = await this.#open(ids);
			await this.#finishDeployment(ids);
			const left = await runningBuild(scope, ids.appId);
			const build = left?.state === "running" ? left : await nextQueuedBuild(scope, ids.appId);
			if (!build) {
				await this.ctx.storage.deleteAlarm();
				return;
			}
			await this.#run(ids, build.id);
			await this.ctx.storage.setAlarm(Date.now());
		} catch {
			// the watchdog alarm tries again; the reason may hold content, so only the fact is logged
			log("error", "build.alarm_failed", { region: this.env.REGION });
		}
	}

	async #run(ids: Ids, buildId: BuildId): Promise<void> {
		const scope = await this.#open(ids);
		const attempts = ((await this.ctx.storage.get<number>(`attempts/${buildId}`)) ?? 0) + 1;
		await this.ctx.storage.put(`attempts/${buildId}`, attempts);
		const events = await this.#logOf(ids, buildId);
		if (attempts > maxAttempts) {
			await endBuild(scope, buildId, { state: "failed", failure: "crashed" });
			events.emit({ type: "failed", failure: "crashed", message: describeFailure("crashed") });
			events.emit({ type: "end", state: "failed" });
		} else if (await moveBuild(scope, buildId, ["queued", "running"], "running", "reading")) {
			const abort = new AbortController();
			this.#current = { buildId, abort };
			try {
				await runBuild({
					env: this.env,
					scope,
					appId: ids.appId,
					buildId,
					signal: abort.signal,
					emit: (event) => events.emit(event),
					beforeDeploy: () => this.ctx.storage.put("undeployed", true),
					afterDeploy: async () => {
						await this.ctx.storage.delete("undeployed");
					},
				});
			} finally {
				this.#current = null;
			}
		}
		await this.#forgetCheckpoint(ids, buildId);
		await this.ctx.storage.delete(`attempts/${buildId}`);
	}

	/** Nobody goes on with a build that has ended, or whose app is gone: what it would have gone on from is deleted. */
	async #forgetCheckpoint(ids: Ids, buildId: BuildId): Promise<void> {
		const scope = await this.#open(ids);
		const build = await getBuild(scope, ids.appId, buildId);
		if (build && (!isTerminal(build.state) || build.state === "asking")) return;
		await contentOf(this.env, scope).delete("checkpoint", buildId);
	}

	/** A version that was written but not deployed when the process died is deployed now. */
	async #finishDeployment(ids: Ids): Promise<void> {
		if (!(await this.ctx.storage.get<boolean>("undeployed"))) return;
		await deployDraft(this.env, await this.#open(ids), ids.appId);
		await this.ctx.storage.delete("undeployed");
	}

	async #open(ids: Ids) {
		const directory = await openRegionDirectory(this.env);
		return openTenant(this.env, directory, { ownerId: ids.ownerId, mayWrite: true });
	}

	async #logOf(ids: Ids, buildId: BuildId): Promise<EventLog> {
		const known = this.#logs.get(buildId);
		if (known && !isTerminal(known.snapshot.state)) return known;
		const build = await getBuild(await this.#open(ids), ids.appId, buildId);
		const state = build?.state ?? "failed";
		// two callers may look at the same time, and the build may have run in between: the log that exists is the right one,
		// or a watcher would wait on a second one that nobody writes to
		const current = this.#logs.get(buildId);
		if (current && (current !== known || current.snapshot.state === state)) return current;
		const picture = {
			...emptySnapshot(buildId, state),
			failure: build?.failure ?? null,
			versionId: build?.versionId ?? null,
		};
		const step = BuildStep.safeParse(build?.step);
		const initial = step.success ? { ...picture, step: step.data } : picture;
		const events = openEventLog(initial, crypto.randomUUID().slice(0, 8));
		if (this.#logs.size >= keptLogs) {
			const [oldest] = this.#logs.keys();
			if (oldest && oldest !== this.#current?.buildId) this.#logs.delete(oldest);
		}
		this.#logs.set(buildId, events);
		return events;
	}
}

export type BuildSessionStub = Pick<BuildSession, "wake" | "watch" | "stop" | "erase">;

/** The object of one app's builds, in the region's jurisdiction. */
export function buildSessionOf(env: StudioEnv, ids: Ids): BuildSessionStub {
	const namespace = env.BUILD_SESSION as unknown as DurableObjectNamespace;
	const placed = placeInRegion(namespace, regionOf(env), readJurisdictions(env) !== false);
	const stub: DurableObjectStub = placed.get(placed.idFromName(`${ids.ownerId}/${ids.appId}`));
	return stub as unknown as BuildSessionStub;
}
