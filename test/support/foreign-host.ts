// A host that no app may reach. It answers everything, allows every origin, and remembers who came: HTTP, WebSocket and the
// UDP that WebRTC would send.
import { createSocket } from "node:dgram";
import { createServer } from "node:http";

export interface ForeignHost {
	/** `http://foreign.localhost:port` */
	origin: string;
	port: number;
	udpPort: number;
	/** What has arrived so far: the path with its query, or `udp`. */
	seen(): string[];
	forget(): void;
	stop(): Promise<void>;
}

export async function startForeignHost(): Promise<ForeignHost> {
	let seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(request.url ?? "");
		response.writeHead(200, {
			"Content-Type": contentTypeOf(request.url ?? ""),
			"Access-Control-Allow-Origin": request.headers.origin ?? "*",
			"Access-Control-Allow-Credentials": "true",
			"Cross-Origin-Resource-Policy": "cross-origin",
		});
		response.end("/* here */");
	});
	server.on("upgrade", (request, socket) => {
		seen.push(request.url ?? "");
		socket.destroy();
	});
	const udp = createSocket("udp4");
	udp.on("message", () => seen.push("udp"));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
	const address = server.address();
	const port = address && typeof address === "object" ? address.port : 0;
	return {
		origin: `http://foreign.localhost:${port}`,
		port,
		udpPort: udp.address().port,
		seen: () => [...seen],
		forget: () => {
			seen = [];
		},
		async stop() {
			udp.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const contentTypeOf = (url: string): string =>
	url.includes(".css") ? "text/css" : url.includes(".js") ? "text/javascript" : "text/html";
