// Every removal, by theme.
import { accountRemovals } from "./accounts.ts";
import { appOriginRemovals } from "./app-origin.ts";
import { contentRemovals } from "./contents.ts";
import { databaseRemovals } from "./database.ts";
import { deletionRemovals } from "./deletions.ts";
import { entrypointRemovals } from "./entrypoints.ts";
import { gateRemovals } from "./gate.ts";
import { hostRemovals } from "./host.ts";
import { keyRemovals } from "./keys.ts";
import { placeRemovals } from "./places.ts";
import type { Removal } from "./removal.ts";
import { routeRemovals } from "./routes.ts";
import { sharingRemovals } from "./sharing.ts";
import { streamRemovals } from "./streams.ts";
import { tokenRemovals } from "./tokens.ts";

export const removals: readonly Removal[] = [
	...gateRemovals,
	...databaseRemovals,
	...routeRemovals,
	...streamRemovals,
	...sharingRemovals,
	...accountRemovals,
	...tokenRemovals,
	...keyRemovals,
	...placeRemovals,
	...entrypointRemovals,
	...contentRemovals,
	...deletionRemovals,
	...appOriginRemovals,
	...hostRemovals,
];
