// Sealing as the data layer sees it. The keys live in workers/lib/crypto; the AAD of each value names region, owner, table,
// column and row, so that a value that was moved, or a row that did leak, does not open.
export type { Sealed, Sealer, SealPlace as Place } from "#lib/crypto/sealer.ts";
