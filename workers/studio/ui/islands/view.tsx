// The page around a shared, published app: a bar that says whose it is, and the app in its frame.
import type { AppDetail } from "#schema/api/apps.ts";
import { view as words } from "../copy.ts";
import { post } from "./lib/api.ts";
import { AppFrame } from "./lib/app-frame.tsx";
import { mountIsland } from "./lib/mount.tsx";

const ViewPage = ({ app }: { app: AppDetail }) => (
	<AppFrame
		origin={app.liveOrigin ?? ""}
		title={words.frame(app.name)}
		openCode={(challenge) => post(`/api/apps/${app.id}/open`, { kind: "live", challenge })}
	/>
);

mountIsland(ViewPage);
