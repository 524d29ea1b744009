// A person's browser as far as HTTP goes: keeps the session cookie, sends the headers a page of the studio would send.
// Node's fetch forbids Host and Origin, so requests go over node:http to the listener.
import { type IncomingMessage, request } from "node:http";
import type { Region } from "#schema/region.ts";
import { studioHost, type TestHost, tokenMailedTo } from "./host.ts";

export interface Answer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
	json: any;
}

export interface Call {
	method?: string;
	body?: unknown;
	headers?: Record<string, string>;
	/** Sent as it is instead of `body`. */
	raw?: string | Uint8Array;
}

export interface Client {
	region: Region;
	cookie: string | null;
	call(path: string, call?: Call): Promise<Answer>;
	/** Opens a stream and hands over the response; the caller ends it. */
	open(path: string, headers?: Record<string, string>): Promise<IncomingMessage>;
}

export function makeClient(host: Pick<TestHost, "port">, region: Region, cookie: string | null = null): Client {
	const name = studioHost(region);
	const origin = `http://${name}:${host.port}`;
	const send = (path: string, { method = "GET", body, raw, headers = {} }: Call, client: Client) =>
		new Promise<IncomingMessage>((resolve, reject) => {
			const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
			const outgoing = request(
				{
					host: "127.0.0.1",
					port: host.port,
					method,
					path,
					headers: {
						Host: `${name}:${host.port}`,
						...(method === "GET" || method === "HEAD" ? {} : { Origin: origin, "Sec-Fetch-Site": "same-origin" }),
						...(payload === undefined
							? {}
							: { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(payload)) }),
						...(client.cookie ? { Cookie: client.cookie } : {}),
						...headers,
					},
				},
				resolve,
			);
			outgoing.on("error", reject);
			outgoing.end(payload);
		});
	const client: Client = {
		region,
		cookie,
		async call(path, call = {}) {
			const incoming = await send(path, call, client);
			const chunks: Buffer[] = [];
			for await (const chunk of incoming) chunks.push(chunk as Buffer);
			const text = Buffer.concat(chunks).toString("utf8");
			for (const set of incoming.headers["set-cookie"] ?? []) {
				const pair = set.split(";")[0] ?? "";
				if (pair.startsWith("__Host-freehold_session=")) client.cookie = pair.endsWith("=") ? null : pair;
			}
			let json: unknown = null;
			try {
				json = JSON.parse(text);
			} catch {
				// not JSON
			}
			return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json };
		},
		open: (path, headers = {}) => send(path, { headers }, client),
	};
	return client;
}

export const password = "correct horse battery staple";
let people = 0;

/** Signs up, reads the mail, verifies: a client with a session and a tenant. */
export async function signUpPerson(host: TestHost, region: Region, name = "Ada"): Promise<Client & { email: string }> {
	const client = makeClient(host, region);
	const email = `person${++people}.${region}@example.org`;
	const signedUp = await client.call("/api/account/sign-up", {
		method: "POST",
		body: { name, email, password, sawNotYet: true },
	});
	if (signedUp.status !== 202) throw new Error(`sign-up answered ${signedUp.status} ${signedUp.text}`);
	const token = await tokenMailedTo(host, email, "/verify");
	const verified = await client.call("/api/account/verify", { method: "POST", body: { token, password } });
	if (verified.status !== 200) throw new Error(`verify answered ${verified.status} ${verified.text}`);
	// the page that follows is the first request with a verified session: it makes the tenant
	const account = await client.call("/api/account");
	if (account.status !== 200) throw new Error(`account answered ${account.status} ${account.text}`);
	return Object.assign(client, { email });
}

/** Waits until a build is over; answers its summary. */
export async function waitForBuild(
	client: Client,
	appId: string,
	buildId: string,
	seconds = 30,
): Promise<Answer["json"]> {
	for (let tries = 0; tries < seconds * 10; tries++) {
		const answer = await client.call(`/api/apps/${appId}/builds/${buildId}`);
		if (["done", "failed", "stopped", "asking"].includes(answer.json?.state)) return answer.json;
		await new Promise((resume) => setTimeout(resume, 100));
	}
	throw new Error("the build did not end");
}

/** The label of a published app: the first part of its live address. */
export async function liveLabelOf(person: Client, appId: string): Promise<string> {
	const { liveOrigin } = (await person.call(`/api/apps/${appId}`)).json;
	return new URL(liveOrigin).hostname.split(".")[0] ?? "";
}
