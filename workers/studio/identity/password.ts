// Passwords as scrypt hashes (RFC 7914). The parameters stand in each hash, so raising them later needs no migration.
// A hash takes 32 MB and most of a core: a queue bounds how many run at once, and how many may wait.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { fromBase64, toBase64Url } from "#lib/bytes.ts";
import { AppError } from "#lib/http/errors.ts";

interface Cost {
	logN: number;
	r: number;
	p: number;
}

// OWASP password storage: N = 2^15, r = 8, p = 3 and N = 2^17, r = 8, p = 1 are equal against GPUs; a Worker has 128 MB,
// so memory is kept at 32 MB and the time is spent in p.
const cost: Cost = { logN: 15, r: 8, p: 3 };
const hashBytes = 32;
const maxRunning = 2;
const maxWaiting = 40;

/** A new hash: `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`, base64url. Throws AppError `unavailable` when too many wait. */
export async function hashPassword(password: string): Promise<string> {
	const salt = randomBytes(16);
	const hash = await derive(password, salt, cost);
	return ["scrypt", cost.logN, cost.r, cost.p, toBase64Url(salt), toBase64Url(hash)].join("$");
}

/** False for a wrong password and for a hash that is not ours. Compares in constant time. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
	const parsed = parseHash(stored);
	// the same work for a hash that cannot be read, so that it is not told apart
	const actual = await derive(password, parsed?.salt ?? new Uint8Array(16), parsed?.cost ?? cost);
	return parsed !== null && timingSafeEqual(actual, parsed.hash);
}

function parseHash(stored: string): { cost: Cost; salt: Uint8Array; hash: Uint8Array } | null {
	const match = stored.match(/^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/);
	const [logN, r, p] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])];
	const salt = fromBase64(match?.[4] ?? "");
	const hash = fromBase64(match?.[5] ?? "");
	// a hash from elsewhere must not make us spend without bound
	if (!(logN >= 14 && logN <= 16 && r === 8 && p >= 1 && p <= 5) || salt?.length !== 16 || hash?.length !== hashBytes) {
		return null;
	}
	return { cost: { logN, r, p }, salt, hash };
}

let running = 0;
const waiting: (() => void)[] = [];

/** True when a new password would have to be refused: for routes that answer before they hash. */
export const passwordQueueIsFull = (): boolean => waiting.length >= maxWaiting;

async function derive(password: string, salt: Uint8Array, { logN, r, p }: Cost): Promise<Uint8Array> {
	if (passwordQueueIsFull()) throw new AppError("unavailable");
	if (running >= maxRunning) await new Promise<void>((start) => waiting.push(start));
	else running++;
	try {
		const options: ScryptOptions = { N: 2 ** logN, r, p, maxmem: 2 ** logN * 128 * r + 2 ** 20 };
		// the same password typed on another keyboard may come in other code points (NIST SP 800-63B §5.1.1.2)
		return await new Promise((done, refuse) =>
			scrypt(password.normalize("NFKC"), salt, hashBytes, options, (error, key) => (error ? refuse(error) : done(key))),
		);
	} finally {
		// the place is handed over, not freed, so a newcomer cannot slip in between
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}
