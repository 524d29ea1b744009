// Every directory table. SQL generation and the lint know no other.
import { accounts } from "./accounts.ts";
import { credentials } from "./credentials.ts";
import { grants } from "./grants.ts";
import { invitations } from "./invitations.ts";
import { labels } from "./labels.ts";
import { links } from "./links.ts";
import { listings } from "./listings.ts";
import { operatorLog } from "./operator-log.ts";
import { passkeys } from "./passkeys.ts";
import { placements } from "./placements.ts";
import { rateLimits } from "./rate-limits.ts";
import { reports } from "./reports.ts";
import { sessions } from "./sessions.ts";
import { suspensions } from "./suspensions.ts";
import { verifications } from "./verifications.ts";

export const directoryTables = [
	accounts,
	sessions,
	credentials,
	passkeys,
	verifications,
	rateLimits,
	placements,
	grants,
	invitations,
	links,
	labels,
	listings,
	reports,
	operatorLog,
	suspensions,
] as const;
