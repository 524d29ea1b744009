// The `freehold` module: what an app imports for its data, storage, dialogs and downloads.
import { useBridge } from "./bridge-api.ts";
import type { Collection, PersonStorage } from "./data-api.ts";
import { makeRemoteData, makeRemoteStorage } from "./remote-data.ts";
import { makeVisitorData, makeVisitorStorage } from "./visitor-data.ts";

export { FreeholdError } from "./data-api.ts";

const bridge = useBridge();
const { facts } = bridge;
/** Visitors never reach what the app keeps for its owner: theirs stays in their own browser. */
const isVisitor = !facts.hasSession || facts.role === "visitor";
const openCollection = isVisitor ? makeVisitorData(bridge) : makeRemoteData(bridge);

/** Records that the people of the app share. */
export const data = {
	collection: (name: string): Collection => {
		if (!/^[a-z][a-z0-9_-]{0,63}$/.test(name)) {
			throw new TypeError("The name of a collection is lower-case letters, digits, - and _, and begins with a letter.");
		}
		return openCollection(name);
	},
};

/** A small store for this person in this app. */
export const storage: PersonStorage = isVisitor ? makeVisitorStorage() : makeRemoteStorage(bridge);

/** Dialogs that can wait for an answer. */
export const dialog = Object.freeze({ ...bridge.dialogs });

/** Offers a file to the person, for example a CSV export. */
export const download = (name: string, content: string | Blob, mediaType = "text/plain"): Promise<void> =>
	bridge.download(name, content, mediaType);

/** Who looks at the app. `canEdit`: whether changes to collections are kept (a visitor's are, in his own browser). */
export const viewer = Object.freeze({
	role: facts.role,
	name: facts.name,
	canEdit: facts.role !== "viewer",
	isVisitor,
});
