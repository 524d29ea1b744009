// A Worker that runs the gate on the files it is sent; for workerd.test.ts.
import type { AppFile } from "#schema/files.ts";
import { checkFiles } from "#studio/files/check.ts";
import { packFiles, unpackFiles } from "#studio/files/pack.ts";

// biome-ignore lint/style/noDefaultExport: a Worker's entry
export default {
	async fetch(request: Request): Promise<Response> {
		const list = (await request.json()) as AppFile[];
		const files = new Map(list.map((file) => [file.path, file]));
		const { problems, compiled } = await checkFiles(files);
		return Response.json({
			problems: problems.map(({ path, line, code }) => `${path}:${line} ${code}`),
			served: compiled.map(({ path }) => path),
			unpacked: [...unpackFiles(packFiles(files)).keys()],
		});
	},
};
