// A person at a studio, over plain HTTP: keeps cookies as a browser does, sends what a page's fetch sends, reads the outbox.
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { Region } from "#schema/region.ts";

export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	body: unknown;
	setCookies: string[];
}

export interface Place {
	port: number;
	outbox: string;
}

export class Person {
	readonly cookies = new Map<string, string>();
	readonly #place: Place;
	readonly #host: string;
	readonly #headers: Record<string, string>;

	constructor(place: Place, region: Region, headers: Record<string, string> = {}) {
		this.#place = place;
		this.#host = `${region}.studio.localhost:${place.port}`;
		this.#headers = headers;
	}

	get origin(): string {
		return `http://${this.#host}`;
	}

	send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
		const payload = body === undefined ? undefined : JSON.stringify(body);
		return new Promise((done, refuse) => {
			const outgoing = request(
				{
					host: "127.0.0.1",
					port: this.#place.port,
					method,
					path,
					headers: {
						Host: this.#host,
						...(method === "GET" ? {} : { Origin: this.origin, "Sec-Fetch-Site": "same-origin" }),
						...(payload === undefined
							? {}
							: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(payload) }),
						...(this.cookies.size > 0
							? { Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") }
							: {}),
						...this.#headers,
						...headers,
					},
				},
				(reply) => {
					const chunks: Buffer[] = [];
					reply.on("data", (chunk: Buffer) => chunks.push(chunk));
					reply.on("error", refuse);
					reply.on("end", () => {
						const text = Buffer.concat(chunks).toString();
						const setCookies = reply.headers["set-cookie"] ?? [];
						for (const cookie of setCookies) this.#keep(cookie);
						done({ status: reply.statusCode ?? 0, headers: reply.headers, text, body: parse(text), setCookies });
					});
				},
			);
			outgoing.on("error", refuse);
			outgoing.end(payload);
		});
	}

	get(path: string) {
		return this.send("GET", path);
	}

	post(path: string, body?: unknown) {
		return this.send("POST", path, body);
	}

	#keep(cookie: string): void {
		const [pair = "", ...attributes] = cookie.split("; ");
		const at = pair.indexOf("=");
		const isGone = attributes.some((attribute) => /^max-age=0$/i.test(attribute));
		if (isGone) this.cookies.delete(pair.slice(0, at));
		else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
	}
}

const parse = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
};

export interface Mail {
	to: string;
	subject: string;
	text: string;
	token: string | null;
}

/** Every mail to an address, oldest first. */
export function mailsTo(place: Place, address: string): Mail[] {
	return readdirSync(place.outbox)
		.filter((name) => name.endsWith(".eml"))
		.sort()
		.map((name) => readFileSync(join(place.outbox, name), "utf8"))
		.map((raw) => {
			const field = (key: string) => raw.match(new RegExp(`^${key}: (.*)\r$`, "m"))?.[1] ?? "";
			const text = raw.slice(raw.indexOf("\r\n\r\n") + 4);
			return { to: field("To"), subject: field("Subject"), text, token: text.match(/#token=([\w-]+)/)?.[1] ?? null };
		})
		.filter((mail) => mail.to === address);
}

/** Waits for the `count`th mail to an address: mails go out after the answer. */
export async function waitForMail(place: Place, address: string, count = 1): Promise<Mail> {
	for (let tries = 0; tries < 200; tries++) {
		const mail = mailsTo(place, address)[count - 1];
		if (mail) return mail;
		await new Promise((next) => setTimeout(next, 50));
	}
	throw new Error(`no mail number ${count} came`);
}

export const password = "correct horse battery staple";

/** Signs up, reads the mail, opens its link. */
export async function signUpAndVerify(place: Place, region: Region, email: string, name = "Ada"): Promise<Person> {
	const person = new Person(place, region);
	const before = mailsTo(place, email).length;
	const signUp = await person.post("/api/account/sign-up", { name, email, password, sawNotYet: true });
	if (signUp.status !== 202) throw new Error(`sign-up: ${signUp.status} ${signUp.text}`);
	const { token } = await waitForMail(place, email, before + 1);
	const verified = await person.post("/api/account/verify", { token, password });
	if (verified.status !== 200) throw new Error(`verify: ${verified.status} ${verified.text}`);
	return person;
}
