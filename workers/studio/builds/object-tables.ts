// The tables of the object of an app's builds, beside its keys (work-marks.ts).
import { alarmsTable } from "#lib/objects/alarms.ts";
import type { Migration } from "#lib/objects/migrate.ts";

export const buildObjectMigrations: readonly Migration[] = [[alarmsTable]];
