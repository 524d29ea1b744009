// Mail on the local host: each message becomes an .eml file (RFC 5322) in the outbox, listed by the front listener.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { EmailAddress } from "#schema/email-address.ts";

export const Mail = z.strictObject({
	from: z.string().max(300),
	to: EmailAddress,
	subject: z.string().max(200),
	text: z.string().max(20_000),
});
export type Mail = z.infer<typeof Mail>;

/** A Worker that stands where Cloudflare's `send_email` binding stands in production, with the same `send`. */
export const outboxWorker = `
import { WorkerEntrypoint } from "cloudflare:workers";
export class Mail extends WorkerEntrypoint {
	async send(mail) {
		const answer = await this.env.FILES.fetch("http://outbox/", { method: "POST", body: JSON.stringify(mail) });
		if (!answer.ok) throw new Error("mail refused");
		return { messageId: await answer.text() };
	}
}
export default { fetch: () => new Response(null, { status: 404 }) };
`;

const oneLine = (text: string) => text.replace(/[\r\n]+/g, " ");

/** Writes one mail; the file's name sorts by time. Returns its name. */
export function writeMail(folder: string, mail: Mail, at: Date): string {
	const name = `${at.toISOString().replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}.eml`;
	const head = [
		`From: ${oneLine(mail.from)}`,
		`To: ${oneLine(mail.to)}`,
		`Subject: ${oneLine(mail.subject)}`,
		`Date: ${at.toUTCString()}`,
		"MIME-Version: 1.0",
		"Content-Type: text/plain; charset=utf-8",
		"Content-Transfer-Encoding: 8bit",
	];
	writeFileSync(join(folder, name), `${head.join("\r\n")}\r\n\r\n${mail.text.replaceAll("\n", "\r\n")}\r\n`, {
		mode: 0o600,
	});
	return name;
}

interface StoredMail {
	name: string;
	to: string;
	subject: string;
	date: string;
	text: string;
}

/** The mails in the outbox, newest first. */
export function readOutbox(folder: string): StoredMail[] {
	const names = readdirSync(folder).filter((name) => name.endsWith(".eml"));
	return names
		.sort()
		.reverse()
		.slice(0, 200)
		.map((name) => {
			const [head = "", ...body] = readFileSync(join(folder, name), "utf8").split("\r\n\r\n");
			const field = (key: string) => head.match(new RegExp(`^${key}: (.*)$`, "m"))?.[1]?.trim() ?? "";
			return {
				name,
				to: field("To"),
				subject: field("Subject"),
				date: field("Date"),
				text: body.join("\n\n").replaceAll("\r\n", "\n").trim(),
			};
		});
}

const escapeHtml = (text: string) =>
	text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c);

/** The outbox as a page; links in mails can be followed. */
export function outboxPage(folder: string): string {
	const mails = readOutbox(folder).map((mail) => {
		const text = escapeHtml(mail.text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
		return `<article><h2>${escapeHtml(mail.subject)}</h2><p class="meta">to ${escapeHtml(mail.to)}, ${escapeHtml(mail.date)}</p><pre>${text}</pre></article>`;
	});
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Outbox</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}article{border:1px solid #8886;border-radius:12px;padding:1rem 1.25rem;margin:1rem 0}h2{margin:0;font-size:1.05rem}.meta{margin:.25rem 0;opacity:.7}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:.5rem 0 0}</style>
<h1>Outbox</h1><p>Mail that this local Freehold would have sent. It stays on this machine.</p>${mails.join("") || "<p>No mail yet.</p>"}</html>`;
}
