// The front-door Worker.
import { type FrontDoorEnv, makeFrontDoor } from "./app.tsx";

const app = makeFrontDoor();

export default {
	fetch: (request: Request, env: FrontDoorEnv) => app.fetch(request, env),
};
