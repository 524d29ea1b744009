// The port behind which apps are made: by a model, by the composer, or by whatever comes next. A maker reads its inputs, says on
// the way how far it is, and hands a whole set of files back; committing and charging are not its business.
import type { Scope } from "#db/open.ts";
import type { Build } from "#db/stores/builds.ts";
import type { BuildEvent, BuildFailure, BuildStep } from "#schema/build-events.ts";
import type { AppFile, FileOp } from "#schema/files.ts";
import type { AppId, BuildId } from "#schema/ids.ts";
import type { StudioEnv } from "../env.ts";
import type { BuildInputs } from "./inputs.ts";

export interface BuildRun {
	env: StudioEnv;
	/** The tenant's own width: it settles credits. */
	scope: Scope;
	appId: AppId;
	buildId: BuildId;
	signal: AbortSignal;
	emit(event: Exclude<BuildEvent, { type: "snapshot" }>): void;
	/** Around the steps from the first sealed file of a version to its preview: cut off in between, they are taken up again. */
	beforeCommit(): Promise<void>;
	afterDeploy(): Promise<void>;
}

/** What a maker hands back: a whole set of files, a question, or why there is neither. */
export type Made =
	| {
			kind: "files";
			files: Map<string, AppFile>;
			names: Extract<FileOp, { kind: "set_app" }>[];
			summary: string;
			/** What is said in the conversation, when that is more than the summary. */
			said?: string;
			usage: { inputTokens: number; outputTokens: number };
	  }
	| { kind: "question"; text: string; choices: string[] }
	| { kind: "failed"; failure: BuildFailure; message?: string }
	| { kind: "stopped" };

export interface Pace {
	/** Notes where the build stands, for whoever watches. */
	step(name: BuildStep): Promise<void>;
	/** Milliseconds since 1970. */
	deadline: number;
}

export type Maker = (run: BuildRun, build: Build, inputs: BuildInputs, pace: Pace) => Promise<Made>;
