// Where anything can lie. A deletion says what it does in each of these (workers/studio/repair/erase.ts), so a store that is added
// here does not compile until it does.

export const stores = {
	DIRECTORY: "D1, one a region: who is here, and what they made public",
	TENANTS: "D1, two shards a region: what workspaces own. Every row carries its owner, and row-level security holds it",
	CONTENT: "R2, one a region: sealed objects, at `<workspace>/<app>/<kind>/<id>`",
	APPS: "R2, one a region: what app origins serve. Encrypted by the platform only",
	KEYS: "R2, two buckets a region with the same objects: wrapped keys. The only store without history",
	AppRuntime:
		"Durable Object, one for each app origin: who may open it, and what the app keeps. Encrypted by the platform only",
	BuildSession: "Durable Object, one for each app: what is under way on it. Ids, counts and times only",
	mail: "Handed to the mail service",
	log: "Lines of JSON that the Workers write",
	folder: "The local host's state folder, beside the stores themselves",
} as const;

export type StoreName = keyof typeof stores;
