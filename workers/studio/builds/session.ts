// The Durable Object of an app's builds. It stores ids and counts only; what a build says lives in memory, and what it made is
// sealed. A build runs in the alarm, so it outlives the browser tab, and a crash is followed by another alarm.
import { DurableObject } from "cloudflare:workers";
import type { Scope } from "#db/open.ts";
import { getApp } from "#db/stores/apps.ts";
import { endBuild, getBuild, moveBuild, nextQueuedBuild, runningBuild } from "#db/stores/builds.ts";
import { systemClock } from "#lib/clock.ts";
import { log } from "#lib/log.ts";
import { makeAlarms } from "#lib/objects/alarms.ts";
import { hasTable, migrate } from "#lib/objects/migrate.ts";
import { BuildStep } from "#schema/build-events.ts";
import { describeFailure } from "#schema/failure-words.ts";
import { BuildId } from "#schema/ids.ts";
import { contentOf } from "../content.ts";
import { type StudioEnv, withResults } from "../env.ts";
import { repairApp, sweepObjects } from "../repair/repair.ts";
import { openRegionDirectory, openTenant } from "../tenants.ts";
import type { AppIds, BuildObject } from "../work/build-object.ts";
import { openWorkMarks, type WorkKind, type WorkMark } from "../work/work-marks.ts";
import { type EventLog, emptySnapshot, isTerminal, openEventLog } from "./event-log.ts";
import { buildObjectMigrations } from "./object-tables.ts";
import { runBuild } from "./run-build.ts";

/** How often one build may be taken up again after a crash. */
const maxAttempts = 3;
const keptLogs = 20;

export class BuildSession extends DurableObject<StudioEnv> implements BuildObject {
	constructor(state: DurableObjectState, env: StudioEnv) {
		super(state, withResults(env));
	}

	readonly #logs = new Map<BuildId, EventLog>();
	#current: { buildId: BuildId; abort: AbortController } | null = null;
	#repairing: Promise<unknown> = Promise.resolve();
	readonly #marks = openWorkMarks(this.ctx.storage);
	readonly #alarms = makeAlarms(
		this.ctx.storage,
		systemClock,
		{ builds: () => this.#takeUpBuild(), repair: () => this.#takeUpRepair() },
		(kind, count) => log("error", "build.alarm_failed", { region: this.env.REGION, kind, count }),
	);
	/** Work that is under way takes seconds; what is still marked after this time was cut off. */
	readonly #repairAfterMs = Number(this.env.REPAIR_AFTER_SECONDS ?? 60) * 1000;

	/** Says that a build was queued. The ids were verified by the route that calls. */
	async wake(ids: AppIds): Promise<void> {
		migrate(this.ctx.storage, buildObjectMigrations);
		await this.ctx.storage.put("ids", ids);
		await this.#alarms.set("builds", Date.now());
	}

	/** The build's event stream. */
	async watch(ids: AppIds, buildId: BuildId, lastEventId: string | null): Promise<ReadableStream<Uint8Array>> {
		return (await this.#logOf(ids, buildId)).watch(lastEventId);
	}

	/** Stops a build at any time; everything reserved goes back. False when it had ended. */
	async stop(ids: AppIds, buildId: BuildId): Promise<boolean> {
		const scope = await this.#open(ids);
		const events = await this.#logOf(ids, buildId, scope);
		const ended = await endBuild(scope, buildId, { state: "stopped" });
		if (this.#current?.buildId === buildId) this.#current.abort.abort();
		else await this.#forgetCheckpoint(ids, buildId, scope);
		if (ended) events.emit({ type: "end", state: "stopped" });
		return ended;
	}

	async beginWork(ids: AppIds, workId: string, kind: WorkKind): Promise<boolean> {
		// a repair compares what the stores say, so nothing may change under it
		if (kind !== "erase") await this.#repairing;
		migrate(this.ctx.storage, buildObjectMigrations);
		await this.ctx.storage.put("ids", ids);
		const now = Date.now();
		if (
			kind === "publish" &&
			(await this.#marks.list()).some((mark) => mark.kind === kind && !this.#isCutOff(mark, now))
		)
			return false;
		await this.#marks.begin(workId, kind, now);
		await this.#alarms.setIfSooner("repair", Date.now() + this.#repairAfterMs);
		return true;
	}

	async endWork(workId: string): Promise<void> {
		await this.#marks.end(workId);
	}

	async endBuilds(): Promise<void> {
		this.#current?.abort.abort();
		for (const events of this.#logs.values()) events.close();
		this.#logs.clear();
	}

	async forget(): Promise<void> {
		await this.ctx.storage.deleteAlarm();
		await this.ctx.storage.deleteAll();
	}

	override async alarm(): Promise<void> {
		if (!hasTable(this.ctx.storage, "alarms")) {
			// from before there was a table, when one alarm was for everything; or of an app that is gone
			if (!(await this.ctx.storage.get<AppIds>("ids"))) return;
			migrate(this.ctx.storage, buildObjectMigrations);
			await this.#alarms.set("builds", Date.now());
		}
		await this.#alarms.run();
	}

	/** Runs the next build, once nothing is left that was cut off: it would go on from what a repair takes back. */
	async #takeUpBuild(): Promise<void> {
		const repaired = await this.#repairFirst();
		if (!repaired) return;
		const build = await this.#nextBuild(repaired);
		if (!build) return;
		await this.#run(repaired.ids, build.id);
		// there may be another
		await this.#alarms.set("builds", Date.now());
	}

	/** One that was left running, else the oldest that waits. */
	async #nextBuild({ ids, scope }: { ids: AppIds; scope: Scope }) {
		const left = await runningBuild(scope, ids.appId);
		return left?.state === "running" ? left : nextQueuedBuild(scope, ids.appId);
	}

	async #takeUpRepair(): Promise<void> {
		const repaired = await this.#repairFirst();
		if (!repaired) return;
		// whoever queued a build may have been cut off before saying so here
		if (await this.#nextBuild(repaired)) await this.#alarms.set("builds", Date.now());
	}

	/** Null when the app is gone. */
	async #repairFirst(): Promise<{ ids: AppIds; scope: Scope } | null> {
		const ids = await this.ctx.storage.get<AppIds>("ids");
		if (!ids) return null;
		const scope = await this.#open(ids);
		const repair = this.#repair(ids, scope);
		this.#repairing = repair.catch(() => undefined);
		return (await repair) ? { ids, scope } : null;
	}

	async #run(ids: AppIds, buildId: BuildId): Promise<void> {
		const scope = await this.#open(ids);
		const attempts = ((await this.ctx.storage.get<number>(`attempts/${buildId}`)) ?? 0) + 1;
		await this.ctx.storage.put(`attempts/${buildId}`, attempts);
		const events = await this.#logOf(ids, buildId, scope);
		if (attempts > maxAttempts) {
			await endBuild(scope, buildId, { state: "failed", failure: "crashed" });
			const hasVersion = Boolean((await getApp(scope, ids.appId))?.currentVersionId);
			events.emit({ type: "failed", failure: "crashed", message: describeFailure("crashed", { hasVersion }) });
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
					beforeCommit: () => this.#marks.begin(buildId, "change", Date.now()),
					afterDeploy: async () => {
						await this.#marks.end(buildId);
					},
				});
			} finally {
				this.#current = null;
			}
		}
		await this.#forgetCheckpoint(ids, buildId, scope);
		await this.ctx.storage.delete(`attempts/${buildId}`);
	}

	/** Nobody goes on with a build that has ended, or whose app is gone: what it would have gone on from is deleted. */
	async #forgetCheckpoint(ids: AppIds, buildId: BuildId, scope: Scope): Promise<void> {
		const build = await getBuild(scope, ids.appId, buildId);
		if (build && (!isTerminal(build.state) || build.state === "asking")) return;
		await contentOf(this.env, scope, ids.appId).delete("checkpoint", buildId);
	}

	/**
	 * Takes up what was cut off, while nothing else is under way. False when the app is gone. Objects without a row are swept
	 * later, when nothing that slow can be.
	 */
	async #repair(ids: AppIds, scope: Scope): Promise<boolean> {
		const now = Date.now();
		const marks = await this.#marks.list();
		// somebody is at work: what was cut off before waits, since the two could deploy one over the other
		const isBusy = marks.some((mark) => !mark.isRepaired && !this.#isCutOff(mark, now));
		for (const mark of isBusy ? [] : marks) {
			if (!mark.isRepaired) {
				const directory = await openRegionDirectory(this.env);
				const isThere = await repairApp({ env: this.env, directory, scope, appId: ids.appId }, mark.kind);
				log("info", "app.repaired", { kind: mark.kind, region: this.env.REGION });
				if (!isThere) return false;
				await this.#marks.noteRepaired(mark);
			}
			if (now - mark.at >= this.#sweepAfterMs) {
				await sweepObjects({ env: this.env, scope, appId: ids.appId }, this.#sweepAfterMs);
				await this.#marks.end(mark.id);
			}
		}
		await this.#planRepair();
		return true;
	}

	/** Builds run only in this object's alarm, so a build's own mark that an alarm finds was cut off, however young it is. */
	#isCutOff(mark: WorkMark, now: number): boolean {
		return BuildId.safeParse(mark.id).success || now - mark.at >= this.#repairAfterMs;
	}

	/** The next repair is for the next mark that is due. */
	async #planRepair(): Promise<void> {
		const due = (await this.#marks.list()).map(
			({ at, isRepaired }) => at + (isRepaired ? this.#sweepAfterMs : this.#repairAfterMs),
		);
		if (due.length > 0) await this.#alarms.set("repair", Math.max(Math.min(...due), Date.now() + 100));
	}

	get #sweepAfterMs(): number {
		return 15 * this.#repairAfterMs;
	}

	async #open(ids: AppIds) {
		const directory = await openRegionDirectory(this.env);
		return openTenant(this.env, directory, { ownerId: ids.ownerId, mayWrite: true });
	}

	async #logOf(ids: AppIds, buildId: BuildId, scope?: Scope): Promise<EventLog> {
		const known = this.#logs.get(buildId);
		if (known && !isTerminal(known.snapshot.state)) return known;
		const build = await getBuild(scope ?? (await this.#open(ids)), ids.appId, buildId);
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
