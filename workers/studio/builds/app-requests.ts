// What a model asked for with set_app beyond a name: hosts outside and secrets. Nothing of it is reachable yet, and nobody can
// approve it yet, so the person is told what the app would want, in the conversation where it is kept.
import type { FileOp } from "#schema/files.ts";

/** A paragraph for the person; empty when nothing was asked for. */
export function tellRequests(asked: readonly Extract<FileOp, { kind: "set_app" }>[]): string {
	const hosts = unique(asked.flatMap((op) => op.hosts ?? []));
	const secrets = unique(asked.flatMap((op) => op.secrets ?? []));
	if (hosts.length + secrets.length === 0) return "";
	const wants = [
		...(hosts.length > 0 ? [`to reach ${hosts.join(", ")}`] : []),
		...(secrets.length > 0 ? [`to use the ${secrets.length > 1 ? "secrets" : "secret"} ${secrets.join(", ")}`] : []),
	];
	return `The app would like ${wants.join(" and ")}. Apps cannot reach other hosts or use secrets yet, so what needs this does not work.`;
}

const unique = (texts: readonly string[]) => [
	...new Set(texts.map((text) => text.trim()).filter((text) => text !== "")),
];
