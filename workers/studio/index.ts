// The studio Worker, once per region.
import { answerOverTls } from "#lib/http/tls.ts";
import { makeStudio } from "./app.ts";
import { type StudioEnv, withResults } from "./env.ts";

export { BuildSession } from "./builds/session.ts";

const studio = makeStudio();

export default {
	fetch: (request: Request, env: StudioEnv, context: ExecutionContext) =>
		answerOverTls(request, env.PUBLIC_URL, () => studio.fetch(request, withResults(env), context)),
};
