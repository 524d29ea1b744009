// The picture of a running build that the builder draws from the event stream, and the reports it keeps of the preview.
import { describe, expect, test } from "vitest";
import type { AppMessage } from "#schema/bridge.ts";
import type { BuildEvent } from "#schema/build-events.ts";
import { addReport, noReports, runtimeErrors } from "../../../workers/studio/ui/islands/builder/reports.ts";
import { applyBuildEvent, type BuildPicture } from "../../../workers/studio/ui/islands/builder/watch-build.ts";

const snapshot: BuildEvent = {
	type: "snapshot",
	buildId: "bld_1",
	state: "running",
	step: "thinking",
	text: "",
	files: [],
	question: null,
	failure: null,
	failureMessage: null,
	versionId: null,
	summary: "",
};
const play = (events: BuildEvent[]) =>
	events.reduce<BuildPicture>(applyBuildEvent, applyBuildEvent({} as BuildPicture, snapshot));

describe("the picture of a build", () => {
	test("shows each file once, in the order of its first appearance, with its latest state", () => {
		const { files } = play([
			{ type: "file", path: "app.tsx", chars: 10, state: "writing" },
			{ type: "file", path: "styles.css", chars: 5, state: "writing" },
			{ type: "file", path: "app.tsx", chars: 90, state: "written" },
		]);
		expect(files).toEqual([
			{ path: "app.tsx", chars: 90, state: "written" },
			{ path: "styles.css", chars: 5, state: "writing" },
		]);
	});

	test("keeps a question until the build goes on", () => {
		const asking = play([{ type: "question", text: "Which currency?", choices: ["EUR", "USD"] }]);
		expect(asking).toMatchObject({ state: "asking", question: { text: "Which currency?" } });
		expect(applyBuildEvent(asking, { type: "end", state: "asking" }).question).not.toBeNull();
		expect(applyBuildEvent(asking, { type: "state", state: "running", step: "reading" }).question).toBeNull();
	});

	test("is replaced whole by a snapshot after a reconnect", () => {
		const before = play([{ type: "text", text: "old" }]);
		expect(applyBuildEvent(before, snapshot)).toMatchObject({ text: "", files: [] });
	});

	test("does not grow without end when a model does not stop talking", () => {
		const talk = Array.from({ length: 100 }, (): BuildEvent => ({ type: "text", text: "x".repeat(1000) }));
		expect(play(talk).text).toHaveLength(40_000);
	});

	test("ends as the build ended", () => {
		const failed = play([
			{ type: "failed", failure: "model_cut", message: "" },
			{ type: "end", state: "failed" },
		]);
		expect(failed).toMatchObject({ state: "failed", failure: "model_cut" });
	});
});

const error = (message: string): AppMessage => ({
	source: "freehold-app",
	v: 1,
	type: "report",
	kind: "error",
	message,
	stack: "at app.tsx",
	place: { file: "app.tsx", line: 3, column: 1 },
});

describe("reports of the preview", () => {
	test("count a repeat instead of listing it again", () => {
		const reports = [1, 2, 3].reduce((all) => addReport(all, error("same"), "", 0), noReports);
		expect(reports.list).toHaveLength(1);
		expect(reports.list[0]).toMatchObject({ count: 3, place: "app.tsx:3" });
	});

	test("keep the newest 200 and count what was left out", () => {
		let reports = noReports;
		for (let n = 0; n < 250; n++) reports = addReport(reports, error(`no ${n}`), "", 0);
		expect(reports.list).toHaveLength(200);
		expect(reports.dropped).toBe(50);
		expect(reports.list.at(-1)?.message).toBe("no 249");
	});

	test("go to the builder as the API takes them: errors only, at most ten, each at most 2,000 characters", () => {
		let reports = addReport(
			noReports,
			{ source: "freehold-app", v: 1, type: "report", kind: "console_log", message: "chatter", stack: "", place: null },
			"",
			0,
		);
		for (let n = 0; n < 12; n++) reports = addReport(reports, error(`no ${n} ${"y".repeat(1990)}`), "", 0);
		const sent = runtimeErrors(reports);
		expect(sent).toHaveLength(10);
		expect(sent.every((text) => text.length <= 2000)).toBe(true);
		expect(sent.join()).not.toContain("chatter");
	});
});
