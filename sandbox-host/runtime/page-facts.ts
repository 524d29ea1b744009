// What the page was told about itself (sandbox-host/documents.ts writes it into the head). The bridge reads it before the
// app's code runs, so that a later change of the document changes nothing.

export type Sources = ReadonlyMap<string, string>;

export interface Facts {
	studioOrigin: string;
	kind: "draft" | "live";
	role: "owner" | "editor" | "viewer" | "visitor";
	name: string;
	hasSession: boolean;
	/** Served path → the file it was compiled from. */
	sources: Sources;
}

const contentOf = (name: string): string =>
	document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "{}";

export function readFacts(): Facts {
	const page = JSON.parse(contentOf("freehold")) as Omit<Facts, "sources">;
	const sources = new Map(
		(JSON.parse(contentOf("freehold-sources")) as { path: string; source: string }[]).map((one) => [
			one.path,
			one.source,
		]),
	);
	return Object.freeze({ ...page, sources });
}
