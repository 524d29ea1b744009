// A link's first page: the token is in the fragment, never sent by a GET. Learns which app it opens, then moves to the page
// whose policy lets exactly that app into a frame; the token waits in this tab's storage for the hop.
import type { z } from "zod";
import type { PeekedLink } from "#schema/api/sharing.ts";
import { Label } from "#schema/ids.ts";
import { post } from "./lib/api.ts";

const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? location.hash.slice(1);
history.replaceState(null, "", location.pathname);

function showEnded(): void {
	for (const element of document.querySelectorAll<HTMLElement>("[data-opening]")) element.hidden = true;
	for (const element of document.querySelectorAll<HTMLElement>("[data-ended]")) element.hidden = false;
}

async function open(): Promise<void> {
	if (token.length < 20) return showEnded();
	const answer = await post<z.infer<typeof PeekedLink>>("/api/links/peek", { token });
	const label =
		answer.ok && URL.canParse(answer.value.origin) ? new URL(answer.value.origin).hostname.split(".")[0] : null;
	if (!answer.ok || !Label.safeParse(label).success) return showEnded();
	sessionStorage.setItem(
		"freehold_link",
		JSON.stringify({ token, name: answer.value.name, by: answer.value.by, label }),
	);
	location.replace(`/s/${label}`);
}

void open();
