// The state of the builder and how its parts meet: one app, its conversation, the build that runs, and the preview's reports.
import { useCallback, useEffect, useState } from "hono/jsx/dom";
import type { AppDetail, BuildSummary, Message, VersionSummary } from "#schema/api/apps.ts";
import type { Models } from "#schema/api/workspace.ts";
import type { AppMessage } from "#schema/bridge.ts";
import { builder as words } from "../../words/builder.ts";
import { type ApiFailure, get, post } from "../lib/api.ts";
import type { PromptSubmission } from "../lib/prompt-box.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";
import { usePages } from "../lib/use-pages.ts";
import { CodePanel } from "./code-panel.tsx";
import { ConsolePanel } from "./console-panel.tsx";
import { Conversation } from "./conversation.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { addReport, isError, noReports, runtimeErrors } from "./reports.ts";
import { type Panel, TopBar } from "./top-bar.tsx";
import { VersionsPanel } from "./versions-panel.tsx";
import { useBuild } from "./watch-build.ts";

/** `app` comes with the page, so that the first frame needs no other request. */
export const BuilderPage = (props: { app: AppDetail }) => {
	const appId = props.app.id;
	const [app, setApp] = useState(props.app);
	const [panel, setPanel] = useState<Panel>(() => (location.hash === "#code" ? "code" : "preview"));
	const [isTalking, setIsTalking] = useState(!props.app.currentVersionId || props.app.activeBuildId !== null);
	const [generation, setGeneration] = useState(0);
	const [buildId, setBuildId] = useState<string | null>(props.app.activeBuildId);
	const [round, setRound] = useState(0);
	const [reports, setReports] = useState(noReports);
	const [isStopping, setIsStopping] = useState(false);
	const [isFixing, setIsFixing] = useState(false);
	const [isDirty, setIsDirty] = useState(false);
	const models = useLoad<Models>("/api/models");
	const messages = usePages<Message>({ path: `/api/apps/${appId}/messages`, list: "messages", isBackward: true });
	const versions = usePages<VersionSummary>({ path: `/api/apps/${appId}/versions`, list: "versions" });
	const builds = usePages<BuildSummary>({ path: buildId ? null : `/api/apps/${appId}/builds`, list: "builds" });

	const refreshApp = useCallback(async () => {
		const answer = await get<AppDetail>(`/api/apps/${appId}`);
		if (answer.ok) setApp(answer.value);
		return answer.ok ? answer.value : null;
	}, [appId]);
	const reloadPreview = useCallback(() => {
		setReports(noReports);
		setGeneration((now) => now + 1);
	}, []);
	const showVersion = useCallback(
		(versionId: string) => {
			setApp((now) => ({ ...now, currentVersionId: versionId }));
			reloadPreview();
			void versions.reload();
		},
		[versions.reload, reloadPreview],
	);
	const watched = useBuild({
		appId,
		buildId,
		round,
		onVersion: showVersion,
		onEnd: () => {
			setIsStopping(false);
			void messages.reload();
			// a build that was queued behind this one runs next
			void refreshApp().then((fresh) => {
				if (fresh?.activeBuildId && fresh.activeBuildId !== buildId) setBuildId(fresh.activeBuildId);
			});
		},
	});

	useEffect(() => {
		if (!isDirty) return;
		const warn = (event: BeforeUnloadEvent) => event.preventDefault();
		window.addEventListener("beforeunload", warn);
		return () => window.removeEventListener("beforeunload", warn);
	}, [isDirty]);

	const start = async (submission: PromptSubmission, errors: string[] = []): Promise<ApiFailure | null> => {
		const answer = await post<{ buildId: string }>(`/api/apps/${appId}/builds`, {
			...submission,
			runtimeErrors: errors,
		});
		if (!answer.ok) return answer;
		const isFree = !watched.picture || ["done", "failed", "stopped"].includes(watched.picture.state);
		if (isFree) setBuildId(answer.value.buildId);
		await messages.reload();
		return null;
	};
	const fix = async () => {
		setIsFixing(true);
		const offerId = builds.items?.[0]?.offerId;
		const standard = models.data.state === "ready" ? models.data.value.defaultOfferId : "composer";
		const refused = await start(
			{ prompt: words.fixPrompt, references: [], offerId: offerId ?? standard },
			runtimeErrors(reports),
		);
		setIsFixing(false);
		if (refused) toast(refused.message, "bad");
		else setIsTalking(true);
	};
	const stop = async () => {
		setIsStopping(true);
		const answer = await post(`/api/apps/${appId}/builds/${buildId}/stop`);
		if (!answer.ok) {
			setIsStopping(false);
			toast(answer.message, "bad");
		}
	};
	const answerQuestion = async (text: string): Promise<ApiFailure | null> => {
		const answer = await post(`/api/apps/${appId}/builds/${buildId}/answer`, { text });
		if (!answer.ok) return answer;
		setRound((now) => now + 1);
		void messages.reload();
		return null;
	};
	/** While a build waits for an answer, what is typed in the box is that answer. */
	const send = (submission: PromptSubmission) =>
		watched.picture?.state === "asking" && submission.references.length === 0
			? answerQuestion(submission.prompt)
			: start(submission);

	const errorCount = reports.list.filter(isError).length;
	const isBuilding = watched.picture?.state === "running" || watched.picture?.state === "queued";
	return (
		<div class={isTalking ? "builder is-talking" : "builder"} data-panel={panel}>
			<TopBar
				app={app}
				panel={panel}
				isTalking={isTalking}
				errorCount={errorCount}
				isBuilding={isBuilding}
				onPanel={(next) => {
					setPanel(next);
					setIsTalking(false);
				}}
				onTalk={() => setIsTalking(true)}
				onRenamed={setApp}
			/>
			<Conversation
				appId={appId}
				pages={messages}
				watched={watched}
				models={models.data.state === "ready" ? models.data.value : null}
				errorCount={isBuilding ? 0 : errorCount}
				isBusy={isFixing}
				isStopping={isStopping}
				onSend={send}
				onFix={() => void fix()}
				onStop={() => void stop()}
				onAnswer={async (text) => {
					const refused = await answerQuestion(text);
					if (refused) toast(refused.message, "bad");
				}}
			/>
			<section class="work" aria-label={words.panels}>
				{/* behind the others and not gone: an app without a size has nothing to show, and would be reported as blank */}
				<div class={panel === "preview" ? "work-panel" : "work-panel is-behind"} inert={panel !== "preview"}>
					<PreviewPanel
						app={app}
						generation={generation}
						isBuilding={isBuilding}
						onReload={reloadPreview}
						onMessage={(message: AppMessage) => {
							if (message.type === "reloading") setReports(noReports);
							else setReports((now) => addReport(now, message, words.blank));
						}}
						onDropped={(count) => setReports((now) => ({ ...now, dropped: now.dropped + count }))}
					/>
				</div>
				<div class="work-panel" hidden={panel !== "code"}>
					{(panel === "code" || isDirty) && (
						<CodePanel
							appId={appId}
							versionId={app.currentVersionId}
							onDirty={setIsDirty}
							onSaved={(version) => showVersion(version.id)}
						/>
					)}
				</div>
				<div class="work-panel" hidden={panel !== "versions"}>
					{panel === "versions" && (
						<VersionsPanel
							appId={appId}
							currentVersionId={app.currentVersionId}
							versions={versions}
							onRestored={() => {
								void versions.reload();
								void refreshApp().then(reloadPreview);
							}}
						/>
					)}
				</div>
				<div class="work-panel" hidden={panel !== "console"}>
					{panel === "console" && <ConsolePanel reports={reports} onClear={() => setReports(noReports)} />}
				</div>
			</section>
		</div>
	);
};
