// Tenants in one shard. Where two strangers' rows lie in two databases, a statement that lost its owner finds nothing of the other
// and a test of it passes by chance; so whoever attacks is put beside whom he attacks.
import { createHash } from "node:crypto";
import { type Client, signUpPerson } from "./client.ts";
import type { TestHost } from "./host.ts";

async function shardOf(host: TestHost, person: Client): Promise<string> {
	const directory = await host.runtime.getD1Database("DIRECTORY", `freehold-studio-${person.region}`);
	const token = person.cookie?.split("=")[1] ?? "";
	const row = await directory
		.prepare("SELECT p.shard FROM sessions s JOIN placements p ON p.owner_id = s.owner_id WHERE s.token_hash = ?")
		.bind(createHash("sha256").update(token).digest("base64url"))
		.first<{ shard: string }>();
	if (!row) throw new Error("this person has no tenant");
	return row.shard;
}

/** Signs up people of this name until one is in the same shard as the other. */
export async function signUpNeighbour(
	host: TestHost,
	other: Client,
	name: string,
): Promise<Client & { email: string }> {
	const shard = await shardOf(host, other);
	for (let tries = 0; tries < 40; tries++) {
		const person = await signUpPerson(host, other.region, name);
		if ((await shardOf(host, person)) === shard) return person;
	}
	throw new Error("nobody came to the same shard");
}
