// What a played model says, without the words of any one API.

export type Step =
	| { do: "text"; text: string }
	/** A tool call; `raw` is JSON text that need not be valid, `input` a value that is written as JSON. */
	| { do: "tool"; name: string; input: unknown }
	| { do: "tool"; name: string; raw: string }
	/** A tool call whose input stands whole where the call begins, as some gateways send it. */
	| { do: "whole"; name: string; input: object }
	/** The model wants its own words back and goes on. */
	| { do: "pause" }
	| { do: "thinking"; text: string }
	| { do: "refuse"; text: string }
	/** The token limit: the last tool call or text is left unfinished. */
	| { do: "truncate"; name: string; raw: string }
	/** The connection breaks in the middle of a tool call. */
	| { do: "cut" }
	/** No byte any more; the connection stays open until the client ends it. */
	| { do: "stall" }
	/** An error event inside a stream that began well. */
	| { do: "error"; type: string }
	| { do: "wait"; ms: number };

export type Transcript =
	| { status: number; headers?: Record<string, string>; errorType: string }
	| { steps: readonly Step[] };

export const tool = (name: string, input: unknown): Step => ({ do: "tool", name, input });
export const write = (path: string, content: string): Step => tool("write_file", { path, content });
export const edit = (path: string, find: string, replace: string): Step => tool("edit_file", { path, find, replace });
export const finish = (summary: string): Step => tool("finish", { summary });
