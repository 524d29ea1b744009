// How a model's loop is noticed: by the studio, which knows the files, and by the gateway, which sees equal calls and tokens.
import { describe, expect, test } from "vitest";
import { describeFailure, failureNotes, failureSentences } from "#schema/failure-words.ts";
import type { FileOp } from "#schema/files.ts";
import { buildBudget, weighTokens } from "#schema/generation.ts";
import { tellRequests } from "#studio/builds/app-requests.ts";
import { Progress } from "#studio/builds/progress.ts";
import { questionInWords, readQuestion, writeQuestion } from "#studio/builds/question.ts";
import { composeProblems } from "#studio/composer/compose.ts";
import { checkFiles } from "#studio/files/check.ts";
import { Budget } from "../../../workers/ai-gateway/budget.ts";
import { fileMap } from "../../support/checked-app.ts";

/** How many answers a model gets that says these things one after the other, over and over. */
function answersUntilStuck(opsOf: (answer: number) => FileOp[], most = 60): number {
	const progress = new Progress(fileMap({ "app.tsx": "one\ntwo\n" }));
	for (let answer = 0; answer < most; answer++) {
		progress.nextAnswer();
		if (progress.isStuck) return answer;
		for (const op of opsOf(answer)) progress.take(op);
	}
	return most;
}

describe("progress", () => {
	test.each<[string, (answer: number) => FileOp[], number]>([
		["nothing", () => [], 3],
		["edits that match nothing", (n) => [{ kind: "edit", path: "app.tsx", find: `no ${n}`, replace: "x" }], 3],
		["edits that change nothing", () => [{ kind: "edit", path: "app.tsx", find: "one", replace: "one" }], 3],
		["the same content", () => [{ kind: "write", path: "app.tsx", content: "one\ntwo\n" }], 3],
		["two contents in turn", (n) => [{ kind: "write", path: "app.tsx", content: n % 2 ? "a" : "b" }], 5],
		["ever new contents of one file", (n) => [{ kind: "write", path: "app.tsx", content: `${n}` }], 7],
		["new names of the app", (n) => [{ kind: "set_app", name: `n${n}` }], 4],
		[
			"a file made and deleted",
			(n) => [n % 2 ? { kind: "delete", path: "x.ts" } : { kind: "write", path: "x.ts", content: "1" }],
			5,
		],
	])("%s ends soon", (_, opsOf, answers) => {
		expect(answersUntilStuck(opsOf)).toBe(answers);
	});

	test("a file an answer goes on", () => {
		expect(answersUntilStuck((n) => [{ kind: "write", path: `f${n}.ts`, content: "1" }], 40)).toBe(40);
	});
});

describe("the gateway's budget", () => {
	const budget = (requests: number, tokens: number, maxOutputTokens = 64_000) =>
		new Budget({ budget: { requests, tokens }, maxOutputTokens });
	const none = { sent: 0, received: 0 };

	test("requests end at their number, however new each call is", () => {
		const one = budget(5, buildBudget.tokens);
		let count = 0;
		for (; one.next().goOn; count++) {
			one.note(`call ${count}`);
			one.answered({ inputTokens: 10, outputTokens: 10 }, none);
		}
		expect(count).toBe(5);
	});

	test("tokens are never used beyond what is left, the next answer counted in", () => {
		const one = budget(40, 100_000);
		let used = 0;
		let inputTokens = 1000;
		for (let count = 0; ; count++) {
			const next = one.next();
			if (!next.goOn) {
				expect(next.reason).toBe("spent");
				break;
			}
			one.note(`call ${count}`);
			// a model that always writes as much as it may, on top of all that it wrote before
			const answer = { inputTokens, outputTokens: Math.min(next.maxTokens, 6000) };
			used += weighTokens(answer);
			inputTokens += answer.outputTokens;
			one.answered(answer, none);
		}
		expect(used).toBeGreaterThan(20_000);
		expect(used).toBeLessThanOrEqual(100_000);
	});

	test("a provider that counts no tokens is counted by its bytes", () => {
		const one = budget(40, 100_000);
		let answers = 0;
		for (; one.next().goOn; answers++) {
			one.note(`call ${answers}`);
			one.answered(null, { sent: 30_000, received: 30_000 });
		}
		expect(answers).toBeLessThanOrEqual(2);
	});
});

describe("words", () => {
	test("each failure has one sentence, which is the stored one and the shown one", () => {
		for (const failure of Object.keys(failureSentences) as (keyof typeof failureSentences)[]) {
			expect(describeFailure(failure, { hasVersion: true }, "app.tsx, line 3: what was found.").split("\n")).toEqual([
				failureSentences[failure],
				"app.tsx, line 3: what was found.",
				failureNotes.withVersion,
			]);
			expect(failureSentences[failure]).not.toMatch(/tool|write_file|set_app|[a-z]_[a-z]/);
		}
	});

	test("an app without a version is not told of its last one, and no advice contradicts the reason", () => {
		const said = describeFailure("nothing_made", { hasVersion: false }, composeProblems.not_composed);
		expect(said).not.toMatch(/last version|more exactly/);
		expect(said).toContain("Choose a model for this one");
		expect(describeFailure("nothing_made", { hasVersion: false })).toContain("Say more exactly");
	});

	test("no sentence of the gate that a person meets in the editor names a tool of a model", async () => {
		const page = "export default () => <p>x</p>;";
		const key = `export const key = "sk-ant-api03-${"a1B2c3D4".repeat(10)}";`;
		const files = new Map(
			[
				["app.tsx", `import { key } from "./key.ts"; console.log(key); ${page}`],
				["key.ts", key],
			].map(([path = "", content = ""]) => [path, { path, encoding: "utf8" as const, content }]),
		);
		const { problems } = await checkFiles(files);
		expect(problems.map(({ code }) => code)).toContain("credential");
		for (const { message } of problems) expect(message).not.toMatch(/set_app|write_file|edit_file|tool/);
	});

	test("choices are data: a list inside a question stays in it", () => {
		const asked = { question: "Which of these?\n- red\n- blue\nSay why.", choices: ["- both", "none"] };
		expect(readQuestion(writeQuestion(asked))).toEqual(asked);
		expect(readQuestion("Who may sign?\n- Everyone\n- My team")).toEqual({
			question: "Who may sign?",
			choices: ["Everyone", "My team"],
		});
		expect(readQuestion('{"question":')).toEqual({ question: '{"question":', choices: [] });
		expect(questionInWords(writeQuestion({ question: "Which?", choices: ["a", "b"] }))).toBe("Which?\n(a / b)");
	});

	test("what an app asks to reach is told, once each", () => {
		expect(tellRequests([{ kind: "set_app", name: "x" }])).toBe("");
		const asked = [
			{ kind: "set_app" as const, hosts: ["api.example.org", "api.example.org"] },
			{ kind: "set_app" as const, secrets: ["MAIL_KEY"] },
		];
		expect(tellRequests(asked)).toBe(
			"The app would like to reach api.example.org and to use the secret MAIL_KEY. Apps cannot reach other hosts or use secrets yet, so what needs this does not work.",
		);
	});
});
