// The account: name, e-mail, password, passkeys, sessions.
import { AccountPage } from "./account/account-page.tsx";
import { mountIsland } from "./lib/mount.tsx";

mountIsland(AccountPage);
