// TLS on every public host of a deployment: what comes without it is sent to https or refused, and browsers remember (RFC 6797).
// Only the local host has http addresses: loopback is its wall.

const remember = "max-age=63072000; includeSubDomains";

/** Answers over TLS only, where `publicUrl` is https; otherwise as it is. */
export async function answerOverTls(
	request: Request,
	publicUrl: string,
	answer: () => Response | Promise<Response>,
): Promise<Response> {
	if (!publicUrl.startsWith("https:")) return answer();
	if (!request.url.startsWith("https:")) return answerWithoutTls(request);
	const answered = await answer();
	const response = new Response(answered.body, answered);
	response.headers.set("Strict-Transport-Security", remember);
	return response;
}

function answerWithoutTls(request: Request): Response {
	const headers = { "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8" };
	if (request.method === "GET" || request.method === "HEAD") {
		const location = request.url.replace(/^http:/, "https:");
		return new Response(null, { status: 308, headers: { ...headers, Location: location } });
	}
	// a redirect would have the body sent once more, and nobody would learn that it had travelled in the clear
	const text =
		"This address answers over https only. If what you sent is secret, change it: it travelled unprotected.\n";
	return new Response(text, { status: 403, headers });
}
