// Sharing of one app: publishing, people, links, copies. Each part says what it opens before it opens it.
import { mountIsland } from "./lib/mount.tsx";
import { SharePage } from "./share/share-page.tsx";

mountIsland(SharePage);
