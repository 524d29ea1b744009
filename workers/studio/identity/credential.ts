// The one password of an account, as Better Auth names it.
import { createCredential, findCredential, updatePassword } from "#db/directory/credentials.ts";
import type { Directory } from "#db/directory/handle.ts";
import type { AccountId } from "#schema/ids.ts";
import { verifyPassword } from "./password.ts";

export const credentialProvider = "credential";

/** Sets the password's hash, also for an account whose sign-up was cut off before it had one. */
export async function setCredential(directory: Directory, accountId: AccountId, passwordHash: string): Promise<void> {
	if (await updatePassword(directory, accountId, credentialProvider, passwordHash)) return;
	await createCredential(directory, { id: accountId, accountId, provider: credentialProvider, passwordHash });
}

export async function passwordMatches(directory: Directory, accountId: AccountId, password: string): Promise<boolean> {
	const credential = await findCredential(directory, accountId, credentialProvider);
	return verifyPassword(credential?.passwordHash ?? "", password);
}
