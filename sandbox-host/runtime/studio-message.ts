// Checks a message of the studio page (StudioMessage in schema/bridge.ts) without carrying zod into every app page.
import type { StudioMessage } from "#schema/bridge.ts";

export function readStudioMessage(data: unknown): StudioMessage | null {
	if (typeof data !== "object" || data === null || !Object.hasOwn(data, "type")) return null;
	const { type, code } = data as { type: unknown; code?: unknown };
	if (type === "freehold:refused") return { type };
	if (type !== "freehold:code" || !Object.hasOwn(data, "code") || typeof code !== "string") return null;
	return /^[A-Za-z0-9_-]{43}$/.test(code) ? { type, code } : null;
}
