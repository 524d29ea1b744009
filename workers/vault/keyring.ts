// The keyring: tenants' keys, each wrapped under the region's key-encryption key (KEK) and written once to two buckets.
// It is the only regional store without history: destroying both copies destroys what they sealed, backups included.
import type { R2Bucket } from "@cloudflare/workers-types";
import { concatBytes, fromBase64, utf8 } from "#lib/bytes.ts";
import { type EnvelopeKey, importEnvelopeKey, keyIdOf, openEnvelope, sealEnvelope } from "#lib/crypto/envelope.ts";
import { Secret } from "#lib/crypto/secret.ts";
import { bucketIsInRegion } from "#lib/region-marker.ts";
import { OwnerId } from "#schema/ids.ts";
import type { Region } from "#schema/region.ts";
import { keyPurposes } from "#schema/register/keys.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { KeyringReason } from "#schema/rpc.ts";

/** The names of a holder's keys: what is made, re-wrapped and shredded. */
export interface Purposes {
	tenant: readonly string[];
	directory: readonly string[];
}

const declared: Purposes = { tenant: Object.keys(keyPurposes.tenant), directory: Object.keys(keyPurposes.directory) };

type Bucket = Pick<R2Bucket, "get" | "put" | "delete">;

export interface KeyringConfig {
	region: Region;
	/** 32 bytes in base64; missing or malformed stops the region, it is never defaulted. */
	kek: string | undefined;
	/** The KEK before the last rotation, while keys are being re-wrapped. */
	previousKek?: string | undefined;
	keys: Bucket;
	copy: Bucket;
	/** Those of the register, unless a test has more. */
	purposes?: Purposes;
}

const version = "1";
const objectKey = (holder: string, purpose: string) => `keys/${holder}/${purpose}/${version}`;
/** Which KEK wraps it, as metadata: a rotation finds what is left by listing. */
const under = (wrapped: Uint8Array) => ({ customMetadata: { kek: keyIdOf(wrapped) } });
const tombstoneKey = (holder: string) => `shredded/${holder}`;
const keyName = (region: Region, holder: string, purpose: string) => `${region}/${holder}/${purpose}/${version}`;

export function makeKeyring(config: KeyringConfig) {
	const { region, keys, copy, purposes = declared } = config;
	const buckets = [keys, copy];

	async function importKeks(): Promise<Result<EnvelopeKey[], KeyringReason>> {
		const found: EnvelopeKey[] = [];
		for (const text of [config.kek, config.previousKek]) {
			if (!text) continue;
			const raw = fromBase64(text);
			if (raw?.length !== 32) return fail("kek_wrong");
			// the id of a KEK comes from its bytes (through SHA-256), so a rotated KEK is told from the one before
			const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", concatBytes([utf8("freehold/kek/"), raw])));
			found.push(await importEnvelopeKey(`kek/${region}/${digest.slice(0, 16).toString()}`, Secret.take(raw)));
		}
		return config.kek && found.length > 0 ? ok(found) : fail("kek_missing");
	}

	async function ready(): Promise<Result<EnvelopeKey[], KeyringReason>> {
		const keks = await importKeks();
		if (!keks.ok) return keks;
		const here = await Promise.all(buckets.map((bucket) => bucketIsInRegion(bucket, region)));
		return here.every(Boolean) ? keks : fail("region_mismatch");
	}

	/** The keys of these purposes, if the buckets are this region's. Both are asked at once; of another region nothing is answered. */
	async function openAll(holder: string, names: readonly string[]): Promise<Result<Secret[], KeyringReason>> {
		const keks = await importKeks();
		if (!keks.ok) return keks;
		const [isReady, ...found] = await Promise.all([ready(), ...names.map((name) => unwrap(keks.value, holder, name))]);
		if (!isReady.ok) return isReady;
		const secrets: Secret[] = [];
		for (const one of found) {
			if (!one.ok) return one;
			secrets.push(one.value);
		}
		return ok(secrets);
	}

	const place = (holder: string, purpose: string) => ["freehold/wrapped-key", region, holder, purpose, version];

	async function unwrap(keks: EnvelopeKey[], holder: string, purpose: string): Promise<Result<Secret, KeyringReason>> {
		let isPresent = false;
		for (const bucket of buckets) {
			const object = await bucket.get(objectKey(holder, purpose));
			if (!object) continue;
			isPresent = true;
			const wrapped = new Uint8Array(await object.arrayBuffer());
			for (const kek of keks) {
				const opened = await openEnvelope(kek, place(holder, purpose), wrapped);
				if (opened.ok) {
					if (bucket === copy) {
						// nothing is written before both buckets are known to be this region's
						const isReady = await ready();
						if (!isReady.ok) return isReady;
						await writeOnce(keys, holder, purpose, wrapped);
						if (await undoIfShredded(holder, purpose)) return fail("shredded");
					}
					return ok(Secret.take(opened.value));
				}
			}
		}
		// a wrapping that does not open in one bucket (damaged, or put back from before a rotation) may open in the other
		if (isPresent) return fail("kek_wrong");
		return fail((await keys.get(tombstoneKey(holder))) ? "shredded" : "not_found");
	}

	/**
	 * A key that was written while its tenant was being shredded goes again. The tombstone comes before the deletions, so a
	 * write either precedes them, or its author finds the tombstone here.
	 */
	async function undoIfShredded(holder: string, purpose: string): Promise<boolean> {
		if (!(await keys.get(tombstoneKey(holder)))) return false;
		for (const bucket of [copy, keys]) await bucket.delete(objectKey(holder, purpose));
		return true;
	}

	/** Write-once: a second writer loses the race and reads the first one's key. */
	async function writeOnce(bucket: Bucket, holder: string, purpose: string, wrapped: Uint8Array): Promise<void> {
		await bucket.put(objectKey(holder, purpose), wrapped, { ...under(wrapped), onlyIf: { etagDoesNotMatch: "*" } });
	}

	async function make(keks: EnvelopeKey[], holder: string, purpose: string): Promise<Result<Secret, KeyringReason>> {
		const present = await unwrap(keks, holder, purpose);
		const [kek] = keks;
		if (present.ok || present.reason !== "not_found" || !kek) return present;
		const wrapped = await sealEnvelope(kek, place(holder, purpose), crypto.getRandomValues(new Uint8Array(32)));
		await writeOnce(keys, holder, purpose, wrapped);
		const winner = await keys.get(objectKey(holder, purpose));
		if (winner) await writeOnce(copy, holder, purpose, new Uint8Array(await winner.arrayBuffer()));
		if (await undoIfShredded(holder, purpose)) return fail("shredded");
		return unwrap(keks, holder, purpose);
	}

	return {
		async ensure(owner: OwnerId): Promise<Result<{ keyId: string }, KeyringReason>> {
			if (!OwnerId.safeParse(owner).success) return fail("invalid");
			const keks = await ready();
			if (!keks.ok) return keks;
			for (const purpose of purposes.tenant) {
				const made = await make(keks.value, owner, purpose);
				if (!made.ok) return made;
			}
			return ok({ keyId: keyName(region, owner, "content") });
		},

		async open(owner: OwnerId): Promise<Result<{ keyId: string; key: Uint8Array }, KeyringReason>> {
			if (!OwnerId.safeParse(owner).success) return fail("invalid");
			const opened = await openAll(owner, ["content"]);
			if (!opened.ok) return opened;
			const [key] = opened.value;
			return key ? ok({ keyId: keyName(region, owner, "content"), key: key.reveal() }) : fail("not_found");
		},

		async openDirectory(): Promise<Result<{ keyId: string; index: Uint8Array; seal: Uint8Array }, KeyringReason>> {
			let opened = await openAll("directory", ["index", "seal"]);
			if (!opened.ok && opened.reason === "not_found") {
				// the first time in this region
				const keks = await ready();
				if (!keks.ok) return keks;
				for (const purpose of ["index", "seal"]) {
					const made = await make(keks.value, "directory", purpose);
					if (!made.ok) return made;
				}
				opened = await openAll("directory", ["index", "seal"]);
			}
			if (!opened.ok) return opened;
			const [index, seal] = opened.value;
			if (!index || !seal) return fail("not_found");
			return ok({ keyId: keyName(region, "directory", "seal"), index: index.reveal(), seal: seal.reveal() });
		},

		/** The mark of what is wrapped under the current KEK: the metadata `kek` of an object. */
		async currentKek(): Promise<Result<string, KeyringReason>> {
			const keks = await ready();
			if (!keks.ok) return keks;
			const wrapped = keks.value[0] && (await sealEnvelope(keks.value[0], [], new Uint8Array(0)));
			return wrapped ? ok(keyIdOf(wrapped)) : fail("kek_missing");
		},

		/** Re-wraps the tenant's key under the current KEK; data is not touched. Idempotent. */
		async rewrap(holder: OwnerId | "directory"): Promise<Result<{ rewrapped: number }, KeyringReason>> {
			if (holder !== "directory" && !OwnerId.safeParse(holder).success) return fail("invalid");
			const keks = await ready();
			if (!keks.ok) return keks;
			const [kek] = keks.value;
			if (!kek) return fail("kek_missing");
			let rewrapped = 0;
			for (const purpose of holder === "directory" ? purposes.directory : purposes.tenant) {
				const key = await unwrap(keks.value, holder, purpose);
				if (!key.ok) return key;
				const wrapped = await sealEnvelope(kek, place(holder, purpose), key.value.reveal());
				// the copy first: at every moment at least one bucket holds a wrapping that opens
				for (const bucket of [copy, keys]) await bucket.put(objectKey(holder, purpose), wrapped, under(wrapped));
				if (await undoIfShredded(holder, purpose)) return fail("shredded");
				rewrapped++;
			}
			return ok({ rewrapped });
		},

		async shred(owner: OwnerId): Promise<Result<{ destroyed: boolean }, KeyringReason>> {
			if (!OwnerId.safeParse(owner).success) return fail("invalid");
			const keks = await ready();
			if (!keks.ok) return keks;
			// the tombstone first, so that no `ensure` makes a new key between the two deletions
			await keys.put(tombstoneKey(owner), "");
			const names = purposes.tenant.map((purpose) => objectKey(owner, purpose));
			for (const bucket of [copy, keys]) await bucket.delete(names);
			return ok({ destroyed: true });
		},
	};
}
