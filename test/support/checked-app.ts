// An app as it goes from files through the gate onto an app origin.
import type { AppFile } from "#schema/files.ts";
import { makeId } from "#schema/ids.ts";
import type { Checked } from "#studio/files/check.ts";
import type { AppHost } from "./app-host.ts";

export const fileMap = (contents: Record<string, string>, images: Record<string, string> = {}): Map<string, AppFile> =>
	new Map([
		...Object.entries(contents).map(([path, content]): [string, AppFile] => [
			path,
			{ path, encoding: "utf8", content },
		]),
		...Object.entries(images).map(([path, content]): [string, AppFile] => [
			path,
			{ path, encoding: "base64", content },
		]),
	]);

/** Serves what the gate let through. Answers the label; throws when the app host does not take it. */
export async function deployChecked(
	host: AppHost,
	{ compiled, entry }: Checked,
	audience: "public" | "private",
): Promise<string> {
	const label = await host.makeApp({ files: { "app.js": "", "index.html": "" }, audience, entry });
	const bundle = {
		title: "Gate",
		versionId: makeId("version"),
		entry,
		files: compiled.map((file) => ({ ...file, body: { $bytes: Buffer.from(file.body).toString("base64") } })),
	};
	const deployed = await host.rpc<{ ok: boolean }>("DEPLOY", "deploy", label, bundle);
	if (!deployed.ok) throw new Error(`the app host did not take it: ${JSON.stringify(deployed)}`);
	return label;
}
