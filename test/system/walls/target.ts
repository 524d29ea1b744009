// Where code that must not get out tries to go: it answers like a web server and counts who came.
import { type AddressInfo, createServer } from "node:net";

export interface Target {
	port: number;
	url: string;
	/** Connections since it was last asked. */
	takeCount(): number;
	close(): void;
}

export async function startTarget(): Promise<Target> {
	let connections = 0;
	const server = createServer((socket) => {
		connections++;
		socket.on("error", () => undefined);
		socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
	});
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `http://127.0.0.1:${port}/`,
		takeCount() {
			const count = connections;
			connections = 0;
			return count;
		},
		close: () => void server.close(),
	};
}
