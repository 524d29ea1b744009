// The app that a link opened, for someone who may have no account. The token is taken from this tab's storage.
import { render } from "hono/jsx/dom";
import { z } from "zod";
import type { OpenedLink } from "#schema/api/sharing.ts";
import { Named } from "../components/named.tsx";
import { view as words } from "../copy.ts";
import { post } from "./lib/api.ts";
import { AppFrame } from "./lib/app-frame.tsx";
import { mountIsland } from "./lib/mount.tsx";

const Waiting = z.object({ token: z.string(), name: z.string(), by: z.string(), label: z.string() });

function readWaiting(label: string) {
	try {
		const waiting = Waiting.safeParse(JSON.parse(sessionStorage.getItem("freehold_link") ?? ""));
		return waiting.success && waiting.data.label === label ? waiting.data : null;
	} catch {
		return null;
	}
}

const LinkAppPage = ({ origin, label }: { origin: string; label: string }) => {
	const waiting = readWaiting(label);
	if (!waiting) {
		return (
			<div class="empty">
				<h1>{words.linkEnded}</h1>
				<p>{words.linkEndedLead}</p>
			</div>
		);
	}
	const name = document.getElementById("app-name");
	if (name) name.textContent = waiting.name;
	const by = document.getElementById("app-by");
	if (by) render(<Named words={words.by} name={waiting.by} />, by);
	return (
		<AppFrame
			origin={origin}
			title={words.frame(waiting.name)}
			openCode={(challenge) => post<typeof OpenedLink._output>("/api/links/open", { token: waiting.token, challenge })}
		/>
	);
};

mountIsland(LinkAppPage);
