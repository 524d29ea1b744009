// The condition of the third width, as SQL: a row is everyone's, or of a team that the account is in. It asks the membership
// itself each time it is asked, so it is always current, and no list of ids is carried anywhere.
import type { TeamPolicy } from "./tenant-table.ts";

/** `row` is the row's team; `owner` and `account` are of the context. An account of NULL is in no team. */
export const inTeams = ({ members }: TeamPolicy, row: string, owner: string, account: string): string =>
	`(${row} IS NULL OR ${row} IN (SELECT m.team_id FROM ${members} m WHERE m.owner_id = ${owner} AND m.account_id = ${account}))`;
