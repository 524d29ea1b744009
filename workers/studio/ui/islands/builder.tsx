// The builder: conversation on the left; preview, code, versions and console on the right.

import { BuilderPage } from "./builder/builder-page.tsx";
import { mountIsland } from "./lib/mount.tsx";

mountIsland(BuilderPage);
