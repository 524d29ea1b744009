// The page of a new app: say what it shall do, and watch it being built.
import { useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { Models } from "#schema/api/workspace.ts";
import { ideas, newApp } from "../copy.ts";
import { promptBox } from "../words/builder.ts";
import { post } from "./lib/api.ts";
import { mountIsland } from "./lib/mount.tsx";
import { PromptBox } from "./lib/prompt-box.tsx";
import { useLoad } from "./lib/use-load.ts";

const NewAppPage = () => {
	const { data } = useLoad<Models>("/api/models");
	const asked = new URLSearchParams(location.search).get("idea");
	const [suggestion, setSuggestion] = useState<{ text: string } | null>(() => {
		const idea = ideas[Number(asked)];
		return asked !== null && idea ? { text: idea.prompt } : null;
	});
	return (
		<div class="new-app">
			<PromptBox
				draftKey="freehold_new_app"
				placeholder={promptBox.newPlaceholder}
				submitLabel={promptBox.build}
				models={data.state === "ready" ? data.value : null}
				isLarge
				isAutofocused
				suggestion={suggestion}
				onSubmit={async (submission) => {
					const answer = await post<{ appId: string; buildId: string }>("/api/apps", submission);
					if (!answer.ok) return answer;
					location.assign(`/apps/${answer.value.appId}`);
					return null;
				}}
			/>
			<section class="ideas" aria-label={newApp.ideas}>
				{ideas.map((idea) => (
					<button type="button" class="idea" onClick={() => setSuggestion({ text: idea.prompt })}>
						<strong>{idea.title}</strong>
						<span>{idea.prompt}</span>
						<Icon name="arrowUp" />
					</button>
				))}
			</section>
		</div>
	);
};

mountIsland(NewAppPage);
