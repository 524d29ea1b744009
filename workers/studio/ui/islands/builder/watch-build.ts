// Follows one build by server-sent events. The browser reconnects by itself with Last-Event-ID; the server fills the gap.
import { useEffect, useState } from "hono/jsx/dom";
import type { BuildEvent } from "#schema/build-events.ts";

export type BuildPicture = Omit<Extract<BuildEvent, { type: "snapshot" }>, "type"> & {
	versionNumber: number | null;
};

const begin = (buildId: string): BuildPicture => ({
	buildId,
	state: "queued",
	step: "queued",
	text: "",
	files: [],
	question: null,
	failure: null,
	failureMessage: null,
	versionId: null,
	summary: "",
	versionNumber: null,
});

const maxTextChars = 40_000;

/** Applies one event. Pure, so that a reconnect or a repeat of an event can be reasoned about. */
export function applyBuildEvent(picture: BuildPicture, event: BuildEvent): BuildPicture {
	switch (event.type) {
		case "snapshot": {
			const { type: _, ...rest } = event;
			return { ...rest, versionNumber: null };
		}
		case "state":
			return {
				...picture,
				state: event.state,
				step: event.step,
				question: event.state === "asking" ? picture.question : null,
			};
		case "text":
			return { ...picture, text: (picture.text + event.text).slice(-maxTextChars) };
		case "file": {
			const { type: _, ...file } = event;
			const known = picture.files.some(({ path }) => path === file.path);
			const files = known
				? picture.files.map((one) => (one.path === file.path ? file : one))
				: [...picture.files, file];
			return { ...picture, files };
		}
		case "question":
			return { ...picture, state: "asking", question: { text: event.text, choices: event.choices } };
		case "version":
			return { ...picture, versionId: event.versionId, versionNumber: event.number, summary: event.summary };
		case "failed":
			return { ...picture, failure: event.failure, failureMessage: event.message };
		case "end":
			return { ...picture, state: event.state };
	}
}

const isEnd = (state: BuildPicture["state"]) => state === "done" || state === "failed" || state === "stopped";

interface WatchOptions {
	appId: string;
	/** Null: nothing to watch. */
	buildId: string | null;
	/** Another number follows the same build again, for example after its question was answered. */
	round: number;
	/** A new version exists: the preview can be reloaded. */
	onVersion(versionId: string): void;
	/** The build has ended, one way or another. */
	onEnd(): void;
}

export interface Watched {
	picture: BuildPicture | null;
	isConnected: boolean;
}

export function useBuild({ appId, buildId, round, onVersion, onEnd }: WatchOptions): Watched {
	const [picture, setPicture] = useState<BuildPicture | null>(null);
	const [isConnected, setIsConnected] = useState(true);
	useEffect(() => {
		if (!buildId) return setPicture(null);
		let now = begin(buildId);
		setPicture(now);
		setIsConnected(true);
		const stream = new EventSource(`/api/apps/${appId}/builds/${buildId}/events`);
		let announced: string | null = null;
		const finish = () => {
			stream.close();
			onEnd();
		};
		stream.onopen = () => setIsConnected(true);
		stream.onerror = () => {
			setIsConnected(false);
			// a closed source does not come back: the build is over or no longer ours, so the page asks the API
			if (stream.readyState === EventSource.CLOSED) finish();
		};
		stream.onmessage = (message) => {
			const event = JSON.parse(message.data) as BuildEvent;
			now = applyBuildEvent(now, event);
			setPicture(now);
			if (now.versionId && now.versionId !== announced) {
				announced = now.versionId;
				onVersion(now.versionId);
			}
			if (event.type === "end" || (event.type === "snapshot" && isEnd(event.state))) finish();
		};
		return () => stream.close();
	}, [appId, buildId, round]);
	return { picture, isConnected };
}
