// Finds out what is served at a label. R2 knows every label there is; only a label that R2 knows is ever asked for its object,
// so a stranger who tries names creates nothing.
import type { Clock } from "#lib/clock.ts";
import { fail, ok, type Result } from "#schema/result.ts";
import type { Viewer } from "#schema/rpc.ts";
import { type BundleIndex, type LiveManifest, type Manifest, manifestKey, parseManifest } from "./bundle.ts";
import { type HostConfig, type HostEnv, runtimeOf } from "./env.ts";

const publicCacheMs = 30_000;
const maxRemembered = 2000;

export interface Opened {
	manifest: LiveManifest;
	viewer: Viewer | null;
}

interface Remembered {
	manifest: LiveManifest;
	at: number;
}

// Per isolate, bounded. A public manifest counts for 30 s; of a private one only the bundle is believed, after the app's
// object has said that it is the current one.
const remembered = new Map<string, Remembered>();

function remember(label: string, manifest: LiveManifest, at: number): void {
	remembered.delete(label);
	remembered.set(label, { manifest, at });
	if (remembered.size > maxRemembered) {
		const oldest = remembered.keys().next();
		if (!oldest.done) remembered.delete(oldest.value);
	}
}

const isOpenToAll = (manifest: LiveManifest): boolean => manifest.audience === "public" && !manifest.isBlocked;

/** What R2 says of a label; null when it was never provisioned. */
export async function readManifest(env: HostEnv, label: string): Promise<Manifest | null> {
	const object = await env.APPS.get(manifestKey(label));
	return object ? parseManifest(await object.json()) : null;
}

/** Whether a label may be asked at all. Once it is known, its object answers for itself. */
export async function findLabel(
	env: HostEnv,
	label: string,
	clock: Clock,
): Promise<Result<null, "not_found" | "gone">> {
	if (remembered.has(label)) return ok(null);
	const manifest = await readManifest(env, label);
	if (!manifest) return fail("not_found");
	if (manifest.state === "retired") return fail("gone");
	remember(label, manifest, clock());
	return ok(null);
}

/**
 * What is served, and to whom. Without a token a public app is answered from memory or R2 alone; everything else asks the
 * app's object, every time.
 */
export async function openLabel(
	env: HostEnv,
	config: HostConfig,
	label: string,
	token: string | null,
	clock: Clock,
): Promise<Result<Opened, "not_found" | "gone">> {
	const now = clock();
	let known = remembered.get(label);
	const isFresh = known !== undefined && isOpenToAll(known.manifest) && now - known.at < publicCacheMs;
	if (known && isFresh && token === null) return ok({ manifest: known.manifest, viewer: null });

	if (!known || (token === null && isOpenToAll(known.manifest))) {
		const manifest = await readManifest(env, label);
		if (!manifest) return fail("not_found");
		if (manifest.state === "retired") return fail("gone");
		known = { manifest, at: now };
		remember(label, manifest, now);
		if (token === null && isOpenToAll(manifest)) return ok({ manifest, viewer: null });
	}

	const admission = await runtimeOf(env, config, label).admit(token, known.manifest.bundle?.bundleId ?? null);
	if (!admission.ok) {
		remembered.delete(label);
		return fail(admission.reason === "retired" ? "gone" : "not_found");
	}
	const { kind, audience, isBlocked, viewer, bundle } = admission.value;
	const current: BundleIndex | null = bundle === "known" ? known.manifest.bundle : bundle;
	const manifest: LiveManifest = { v: 2, state: "live", kind, audience, isBlocked, bundle: current };
	remember(label, manifest, now);
	return ok({ manifest, viewer });
}
