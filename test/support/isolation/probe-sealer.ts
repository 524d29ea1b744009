// Moves one sealed value to every place it was not sealed for. All owners share one key here, on purpose: what refuses is the
// AAD alone. Answers the moves that opened.
import { makeSealer, type SealPlace } from "#lib/crypto/sealer.ts";
import { Secret } from "#lib/crypto/secret.ts";
import type { OwnerId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";

export async function probeSealer(): Promise<{ opensInPlace: boolean; opened: string[] }> {
	const key = new Secret(new Uint8Array(32).fill(7));
	const at = (region: Region, owner: string) => makeSealer(region, owner as OwnerId, "key", key);
	const place: SealPlace = { table: "apps", column: "name", row: "app_1" };
	const home = await at("us-east", "own_a");
	const sealed = await home.seal(place, "Plants");
	const moves: [string, Promise<{ open(place: SealPlace, sealed: string): Promise<string> }>, SealPlace][] = [
		["to another owner", at("us-east", "own_b"), place],
		["to another region", at("eu-west", "own_a"), place],
		["to another table", Promise.resolve(home), { ...place, table: "builds" }],
		["to another column", Promise.resolve(home), { ...place, column: "description" }],
		["to another row", Promise.resolve(home), { ...place, row: "app_2" }],
	];
	const opened: string[] = [];
	for (const [what, sealer, there] of moves) {
		await (await sealer).open(there, sealed).then(
			() => opened.push(what),
			() => undefined,
		);
	}
	return { opensInPlace: (await home.open(place, sealed)) === "Plants", opened };
}
