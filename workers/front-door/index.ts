// The front-door Worker.
import { answerOverTls } from "#lib/http/tls.ts";
import { makeFrontDoor } from "./app.tsx";
import type { FrontDoorEnv } from "./env.ts";

const app = makeFrontDoor();

export default {
	fetch: (request: Request, env: FrontDoorEnv) => answerOverTls(request, env.PUBLIC_URL, () => app.fetch(request, env)),
};
