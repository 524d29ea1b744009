// Whether the time of an answer tells if an address has an account: known, unconfirmed and unknown addresses in one run, in
// turns, as ratios of medians against unknown. `node bench/sign-in.ts [rounds]`. Aim: between 0.9 and 1.1.
import { startTestHost } from "../test/support/host.ts";
import { Person, signUpAndVerify, waitForMail } from "../test/system/identity-client.ts";

const rounds = Number(process.argv[2] ?? 60);
const host = await startTestHost({ isRecorded: false });
const address = () => `${crypto.randomUUID()}@example.org`;
const wrong = "a wrong password";
const signUp = (email: string) => ({ name: "Ada", email, password: "a long enough password", sawNotYet: true });

// an address may be tried ten times in a quarter of an hour, and written to five times an hour
async function pool(kind: "known" | "unconfirmed" | "unknown", size: number): Promise<string[]> {
	const addresses = Array.from({ length: size }, address);
	for (const email of addresses) {
		if (kind === "known") await signUpAndVerify(host, "eu-west", email);
		if (kind === "unconfirmed") {
			await new Person(host, "eu-west").post("/api/account/sign-up", signUp(email));
			await waitForMail(host, email);
		}
		// its count of mails exists, as a sign-up's does
		if (kind === "unknown") await new Person(host, "eu-west").post("/api/account/forgot", { email });
	}
	return addresses;
}

const kinds = ["known", "unconfirmed", "unknown"] as const;
const calls = [
	["sign-in", (email: string) => ({ email, password: wrong }), 9],
	["forgot", (email: string) => ({ email }), 3],
] as const;

const shuffled = <T>(list: readonly T[]): T[] =>
	list
		.map((item) => ({ item, at: Math.random() }))
		.sort((a, b) => a.at - b.at)
		.map(({ item }) => item);
const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
try {
	const region = "eu-west";
	for (const [path, body, each] of calls) {
		const size = Math.ceil(Math.min(rounds, 90) / each);
		const pools = {
			known: await pool("known", size),
			unconfirmed: await pool("unconfirmed", size),
			unknown: await pool("unknown", size),
		};
		const times: Record<string, number[]> = { known: [], unconfirmed: [], unknown: [] };
		// a network may try a hundred times in a quarter of an hour
		const perKind = Math.min(rounds, size * each, path === "sign-in" ? 32 : 60);
		for (let round = 0; round < perKind; round++) {
			for (const kind of shuffled(kinds)) {
				const email = pools[kind][round % size] ?? "";
				// what goes on after the last answer must be over
				await new Promise((next) => setTimeout(next, 600));
				const begun = performance.now();
				const answer = await new Person(host, region).post(`/api/account/${path}`, body(email));
				times[kind]?.push(performance.now() - begun);
				if (answer.status === 429) throw new Error("the bench ran into a limit");
			}
		}
		const base = median(times["unknown"] ?? []);
		for (const kind of kinds) {
			const own = median(times[kind] ?? []);
			process.stdout.write(`${path}, ${kind}: ${own.toFixed(1)} ms, ${(own / base).toFixed(2)} of unknown\n`);
		}
	}
} finally {
	await host.close();
}
