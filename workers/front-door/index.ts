// The front-door Worker.
import { answerOverTls } from "#lib/http/tls.ts";
import { type FrontDoorEnv, makeFrontDoor } from "./app.tsx";

const app = makeFrontDoor();

export default {
	fetch: (request: Request, env: FrontDoorEnv) => answerOverTls(request, env.PUBLIC_URL, () => app.fetch(request, env)),
};
