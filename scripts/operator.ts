// `npm run operator -- …`: what an operator may do to a running local host. Prints what was done, or how to ask for it.

import { request } from "node:http";
import { resolve } from "node:path";
import { cleanOutput } from "#schema/names.ts";
import { type OperatorAnswer, OperatorCommand, socketOf } from "./local-host/operator.ts";
import { root } from "./local-host/workers.ts";

const usage = `npm run operator -- grant-credits <region> <email or own_id> <credits> [note]
npm run operator -- set-plan <region> <email or own_id> <free|pro|studio>
npm run operator -- block|unblock <region> <app_id>
npm run operator -- suspend|unsuspend <region> <email or own_id>
npm run operator -- reports <region>
npm run operator -- rotate-kek <region>
npm run operator -- close-report <region> <rpt_id>`;

function parse([command, region, subject, ...rest]: string[]): unknown {
	switch (command) {
		case "grant-credits":
			return {
				command,
				region,
				who: subject,
				credits: Number(rest[0]),
				note: rest[1] ?? `operator-${new Date().toISOString().slice(0, 10)}`,
			};
		case "set-plan":
			return { command, region, who: subject, plan: rest[0] };
		case "block":
		case "unblock":
			return { command, region, appId: subject };
		case "suspend":
		case "unsuspend":
			return { command, region, who: subject };
		case "close-report":
			return { command, region, reportId: subject };
		default:
			return { command, region };
	}
}

function send(folder: string, command: OperatorCommand): Promise<OperatorAnswer> {
	return new Promise((done, refuse) => {
		const outgoing = request({ socketPath: socketOf(folder), method: "POST" }, async (answer) => {
			const chunks: Buffer[] = [];
			for await (const chunk of answer) chunks.push(chunk as Buffer);
			done(JSON.parse(Buffer.concat(chunks).toString()) as OperatorAnswer);
		});
		outgoing.on("error", refuse);
		outgoing.end(JSON.stringify(command));
	});
}

const command = OperatorCommand.safeParse(parse(process.argv.slice(2)));
if (!command.success) {
	process.stderr.write(`${usage}\n`);
	process.exitCode = 2;
} else {
	const folder = resolve(root, process.env["FREEHOLD_STATE"] ?? ".freehold");
	const answer = await send(folder, command.data).catch(
		(): OperatorAnswer => ({ ok: false, text: "Freehold is not running on this state. Start it first: npm start" }),
	);
	(answer.ok ? process.stdout : process.stderr).write(`${cleanOutput(answer.text)}\n`);
	process.exitCode = answer.ok ? 0 : 1;
}
