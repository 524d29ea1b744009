// Teams and who is in them: row-level security asks it, pages for it come later. Who may change either is for the caller to decide: any
// scope that may write to the workspace can.
import { and, asc, eq } from "drizzle-orm";
import { type AccountId, type Id, makeId } from "#schema/ids.ts";
import { cleanName } from "#schema/names.ts";
import { DbError } from "../errors.ts";
import type { Scope } from "../rls/scope.ts";
import type { Sealed } from "../sealer.ts";
import { teamMembers } from "../tables/team-members.ts";
import { teams } from "../tables/teams.ts";

type TeamId = Id<"team">;

export interface Team {
	id: TeamId;
	name: string;
	createdAt: number;
}

const { relation } = teams;
const seal = (scope: Scope, id: TeamId, name: string): Promise<Sealed> =>
	scope.sealer.seal({ table: "teams", column: "name", row: id }, cleanName(name));

export async function createTeam(scope: Scope, name: string): Promise<Team> {
	const team = { id: makeId("team"), name: cleanName(name), createdAt: scope.now() };
	const sealed = await seal(scope, team.id, name);
	await scope.write((rows) => [rows.insert(teams.table).values({ ...team, name: sealed })]);
	return team;
}

export async function renameTeam(scope: Scope, id: TeamId, name: string): Promise<boolean> {
	const sealed = await seal(scope, id, name);
	const [renamed] = await scope.write((rows) => [
		rows.update(teams.table).set({ name: sealed }).where(eq(teams.table.id, id)).returning({ id: teams.table.id }),
	]);
	return renamed.length > 0;
}

/** False when there is none. Throws DbError `conflict` while anything belongs to the team: it would be nobody's. */
export async function deleteTeam(scope: Scope, id: TeamId): Promise<boolean> {
	const [, deleted] = await scope.write((rows) => [
		rows.delete(teamMembers.table).where(eq(teamMembers.table.teamId, id)),
		rows.delete(teams.table).where(eq(teams.table.id, id)).returning({ id: teams.table.id }),
	]);
	return deleted.length > 0;
}

/** In the order they were made. */
export async function listTeams(scope: Scope): Promise<Team[]> {
	const found = await scope.read((rows) =>
		rows.select().from(relation).orderBy(asc(relation.createdAt), asc(relation.id)),
	);
	return Promise.all(
		found.map(async ({ id, name, createdAt }) => ({
			...{ id, createdAt },
			name: await scope.sealer.open({ table: "teams", column: "name", row: id }, name),
		})),
	);
}

/** False when there is no such team. A second time changes nothing. */
export async function joinTeam(scope: Scope, teamId: TeamId, accountId: AccountId): Promise<boolean> {
	try {
		await scope.write((rows) => [
			rows.insert(teamMembers.table).values({ teamId, accountId, at: scope.now() }).onConflictDoNothing(),
		]);
		return true;
	} catch (error) {
		if (error instanceof DbError && error.reason === "conflict") return false;
		throw error;
	}
}

/** What they could see of the team alone is gone with the next statement. */
export async function leaveTeam(scope: Scope, teamId: TeamId, accountId: AccountId): Promise<boolean> {
	const { table } = teamMembers;
	const [left] = await scope.write((rows) => [
		rows
			.delete(table)
			.where(and(eq(table.teamId, teamId), eq(table.accountId, accountId)))
			.returning({ teamId: table.teamId }),
	]);
	return left.length > 0;
}

/** For somebody who leaves the workspace: were they let in again, they would be in no team. */
export async function leaveAllTeams(scope: Scope, accountId: AccountId): Promise<void> {
	await scope.write((rows) => [rows.delete(teamMembers.table).where(eq(teamMembers.table.accountId, accountId))]);
}

export async function listTeamMembers(scope: Scope, teamId: TeamId): Promise<AccountId[]> {
	const members = teamMembers.relation;
	const found = await scope.read((rows) =>
		rows
			.select({ accountId: members.accountId })
			.from(members)
			.where(eq(members.teamId, teamId))
			.orderBy(asc(members.at), asc(members.accountId)),
	);
	return found.map(({ accountId }) => accountId);
}

export async function listTeamsOf(scope: Scope, accountId: AccountId): Promise<TeamId[]> {
	const members = teamMembers.relation;
	const found = await scope.read((rows) =>
		rows.select({ teamId: members.teamId }).from(members).where(eq(members.accountId, accountId)),
	);
	return found.map(({ teamId }) => teamId);
}
