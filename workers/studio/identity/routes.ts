// Everything under /api/account.
import type { StudioApp } from "../http.ts";
import { registerAccount } from "./routes/account.ts";
import { registerEmail } from "./routes/email.ts";
import { registerPasskeys } from "./routes/passkeys.ts";
import { registerPassword } from "./routes/password.ts";
import { registerSessions } from "./routes/sessions.ts";
import { registerSignIn } from "./routes/sign-in.ts";
import { registerSignUp } from "./routes/sign-up.ts";

export function registerIdentityRoutes(app: StudioApp): void {
	registerSignUp(app);
	registerSignIn(app);
	registerPassword(app);
	registerEmail(app);
	registerAccount(app);
	registerSessions(app);
	registerPasskeys(app);
}
