// Bytes to the listener, exactly as written: what no HTTP client would send.
import { connect } from "node:net";

/** Sends raw bytes on one connection and answers everything that came back until it closed or was quiet. */
export function sendRaw(port: number, bytes: string | Buffer, quietMs = 400): Promise<string> {
	return new Promise((done, refuse) => {
		let text = "";
		const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
		socket.setTimeout(quietMs, () => socket.destroy());
		socket.on("data", (chunk) => {
			text += chunk.toString("latin1");
		});
		socket.on("error", (error: NodeJS.ErrnoException) => (error.code === "ECONNRESET" ? done(text) : refuse(error)));
		socket.on("close", () => done(text));
	});
}

/** A request of lines; a blank line and the body follow. */
export const lines = (head: readonly string[], body = ""): string => `${head.join("\r\n")}\r\n\r\n${body}`;

/** Status lines of all answers in a stream. */
export const statuses = (text: string): number[] =>
	[...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));
