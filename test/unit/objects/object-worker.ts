// A Durable Object that does what it is told with the pieces every object has: its tables and its alarms. For the tests beside it.
import { DurableObject } from "cloudflare:workers";
import { makeAlarms } from "#lib/objects/alarms.ts";
import { type Migration, migrate } from "#lib/objects/migrate.ts";

export type Order =
	| { do: "migrate"; steps: Migration[] }
	| { do: "sql"; statements: string[] }
	| { do: "set" | "setIfSooner"; name: "a" | "b"; due: number }
	| { do: "clear"; name: "a" | "b" }
	/** Runs what is due at this moment. What `fails` throws, what `crashes` ends the object, what `sets` sets its next time. */
	| { do: "run"; now: number; fails?: string[]; crashes?: string[]; sets?: Record<string, number> }
	| { do: "rearm" }
	| { do: "dropAlarm" };

export interface Answer {
	error: string | null;
	rows: Record<string, unknown>[];
	/** What the platform was told. */
	alarm: number | null;
	/** What ran, in order, and what was reported to have failed. */
	ran: string[];
	failures: [string, number][];
}

export class Probe extends DurableObject {
	#now = 0;
	#order: Extract<Order, { do: "run" }> = { do: "run", now: 0 };
	#ran: string[] = [];
	#failures: [string, number][] = [];
	readonly #alarms = makeAlarms(
		this.ctx.storage,
		() => this.#now,
		{ a: () => this.#work("a"), b: () => this.#work("b") },
		(name, tries) => {
			this.#failures.push([name, tries]);
		},
	);

	async #work(name: "a" | "b"): Promise<void> {
		this.#ran.push(name);
		const next = this.#order.sets?.[name];
		if (next !== undefined) await this.#alarms.set(name, next);
		if (this.#order.crashes?.includes(name)) {
			await this.ctx.storage.sync();
			this.ctx.abort("on purpose");
		}
		if (this.#order.fails?.includes(name)) throw new Error("on purpose");
	}

	// the tests decide when it runs
	override async alarm(): Promise<void> {}

	override async fetch(request: Request): Promise<Response> {
		const order = (await request.json()) as Order;
		this.#ran = [];
		this.#failures = [];
		let rows: Answer["rows"] = [];
		let error: string | null = null;
		try {
			rows = (await this.#obey(order)) ?? [];
		} catch (thrown) {
			error = thrown instanceof Error ? thrown.message : String(thrown);
		}
		const alarm = await this.ctx.storage.getAlarm();
		return Response.json({ error, rows, alarm, ran: this.#ran, failures: this.#failures } satisfies Answer);
	}

	async #obey(order: Order): Promise<Answer["rows"] | undefined> {
		const { storage } = this.ctx;
		switch (order.do) {
			case "migrate":
				migrate(storage, order.steps);
				return undefined;
			case "sql":
				return order.statements.flatMap((statement) => storage.sql.exec(statement).toArray());
			case "run":
				this.#order = order;
				this.#now = order.now;
				await this.#alarms.run();
				return undefined;
			case "rearm":
				await this.#alarms.rearm();
				return undefined;
			case "dropAlarm":
				await storage.deleteAlarm();
				return undefined;
			case "clear":
				await this.#alarms.clear(order.name);
				return undefined;
			default:
				await this.#alarms[order.do](order.name, order.due);
				return undefined;
		}
	}
}

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	fetch(request: Request, env: { PROBE: DurableObjectNamespace<Probe> }): Promise<Response> {
		return env.PROBE.get(env.PROBE.idFromName(new URL(request.url).pathname)).fetch(request);
	},
};
