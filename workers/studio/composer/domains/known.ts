// All kinds of records the composer knows. What each may lend to a prompt is in lend.ts.
import type { Domain } from "./domain.ts";
import { home } from "./home.ts";
import { money } from "./money.ts";
import { things } from "./things.ts";
import { work } from "./work.ts";

export const domains: readonly Domain[] = [...money, ...home, ...work, ...things];
