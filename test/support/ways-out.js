// Ways by which a page can carry data to another host, as an app's own code would use them. Plain browser code, served as a
// file of the page under test: `ways` run side by side, `leavings` each replace the page and are tried one at a time.
window.startWays = (foreign, udpPort) => {
	const to = (name) => `${foreign}/${name}`;
	const add = (tag, attributes, parent = document.body) => {
		const element = document.createElement(tag);
		for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
		parent.append(element);
		return element;
	};
	const style = (text) => {
		const element = document.createElement("style");
		element.textContent = text;
		document.head.append(element);
	};
	const worker = (text) => new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
	const ways = {
		fetch: () => fetch(to("fetch")),
		fetchNoCors: () => fetch(to("fetchNoCors"), { mode: "no-cors", method: "POST", body: "data" }),
		fetchKeepalive: () => fetch(to("fetchKeepalive"), { mode: "no-cors", keepalive: true }),
		xhr: () => {
			const request = new XMLHttpRequest();
			request.open("GET", to("xhr"));
			request.send();
		},
		beacon: () => navigator.sendBeacon(to("beacon"), "data"),
		webSocket: () => new WebSocket(to("webSocket").replace("http", "ws")),
		eventSource: () => new EventSource(to("eventSource")),
		image: () => {
			new Image().src = to("image");
		},
		imageSrcset: () => add("img", { srcset: `${to("imageSrcset")} 2x` }),
		picture: () => {
			const picture = add("picture", {});
			add("source", { srcset: to("picture") }, picture);
			add("img", {}, picture);
		},
		inputImage: () => add("input", { type: "image", src: to("inputImage") }),
		script: () => add("script", { src: to("script.js") }),
		moduleScript: () => add("script", { src: to("moduleScript.js"), type: "module" }),
		dynamicImport: () => import(to("dynamicImport.js")),
		stylesheet: () => add("link", { rel: "stylesheet", href: to("stylesheet.css") }),
		cssImport: () => style(`@import url("${to("cssImport.css")}");`),
		cssImage: () => {
			document.body.style.backgroundImage = `url("${to("cssImage")}")`;
		},
		cssFont: () => {
			style(`@font-face{font-family:x;src:url("${to("cssFont")}")}`);
			add("p", { style: "font-family:x" }).textContent = "x";
		},
		fontFace: () => new FontFace("y", `url("${to("fontFace")}")`).load(),
		cssCursor: () => style(`body{cursor:url("${to("cssCursor")}"),auto;list-style-image:url("${to("cssList")}")}`),
		iframe: () => add("iframe", { src: to("iframe") }),
		iframeInside: () => {
			const frame = add("iframe", {});
			frame.contentDocument?.body.append(
				Object.assign(frame.contentDocument.createElement("img"), { src: to("iframeInside") }),
			);
		},
		iframeInsideFetch: () => add("iframe", {}).contentWindow?.fetch(to("iframeInsideFetch"), { mode: "no-cors" }),
		srcdoc: () => add("iframe", { srcdoc: `<img src="${to("srcdoc")}">` }),
		object: () => add("object", { data: to("object") }),
		embed: () => add("embed", { src: to("embed") }),
		video: () => add("video", { src: to("video"), preload: "auto" }),
		poster: () => add("video", { poster: to("poster") }),
		audio: () => new Audio(to("audio")).load(),
		track: () =>
			add(
				"track",
				{ src: to("track"), default: "" },
				add("video", { crossorigin: "anonymous", src: to("trackVideo") }),
			),
		prefetch: () => add("link", { rel: "prefetch", href: to("prefetch") }, document.head),
		preload: () => add("link", { rel: "preload", as: "image", href: to("preload") }, document.head),
		modulepreload: () => add("link", { rel: "modulepreload", href: to("modulepreload.js") }, document.head),
		icon: () => add("link", { rel: "icon", href: to("icon") }, document.head),
		manifest: () =>
			add("link", { rel: "manifest", href: to("manifest"), crossorigin: "use-credentials" }, document.head),
		speculation: () => {
			const rules = document.createElement("script");
			rules.type = "speculationrules";
			rules.textContent = JSON.stringify({
				prefetch: [{ source: "list", urls: [to("speculation")], eagerness: "immediate" }],
			});
			document.head.append(rules);
		},
		svgImage: () => {
			document.body.insertAdjacentHTML(
				"beforeend",
				`<svg><image href="${to("svgImage")}" width="9" height="9"/></svg>`,
			);
		},
		svgUse: () => document.body.insertAdjacentHTML("beforeend", `<svg><use href="${to("svgUse")}#a"/></svg>`),
		blobWorker: () => worker(`fetch(${JSON.stringify(to("blobWorker"))},{mode:"no-cors"})`),
		blobWorkerImport: () => worker(`importScripts(${JSON.stringify(to("blobWorkerImport.js"))})`),
		formFrame: () => {
			add("iframe", { name: "sink" });
			const form = add("form", { action: to("formFrame"), target: "sink" });
			form.submit();
		},
		pingLink: () => {
			const link = add("a", { href: "#stay", ping: to("pingLink") });
			link.textContent = "ping";
			link.dispatchEvent(new MouseEvent("click", { bubbles: true }));
		},
		webRtc: async () => {
			const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
			connection.createDataChannel("x");
			await connection.setLocalDescription(await connection.createOffer());
		},
		webRtcOfFrame: async () => {
			const frame = document.createElement("iframe");
			document.body.append(frame);
			const inner = window[window.length - 1];
			const connection = new inner.RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udpPort}` }] });
			connection.createDataChannel("x");
			await connection.setLocalDescription(await connection.createOffer());
		},
		popup: () => window.open(to("popup")),
		webTransport: () => new WebTransport(to("webTransport").replace("http:", "https:")),
	};
	for (const way of Object.values(ways)) {
		try {
			Promise.resolve(way()).catch(() => undefined);
		} catch {
			// refused at once
		}
	}
	return Object.keys(ways);
};

window.leave = (name, foreign) => {
	const to = `${foreign}/leave-${name}`;
	const link = (target) => {
		const anchor = Object.assign(document.createElement("a"), { href: to, target, textContent: "go" });
		document.body.append(anchor);
		anchor.click();
	};
	const form = (method, target) => {
		const element = Object.assign(document.createElement("form"), { action: to, method, target });
		element.append(Object.assign(document.createElement("input"), { name: "data", value: "x" }));
		document.body.append(element);
		element.submit();
	};
	const leavings = {
		location: () => {
			location.href = to;
		},
		replace: () => location.replace(to),
		metaRefresh: () =>
			document.head.insertAdjacentHTML("beforeend", `<meta http-equiv="refresh" content="0;url=${to}">`),
		link: () => link(""),
		linkBlank: () => link("_blank"),
		linkTop: () => link("_top"),
		detachedLink: () => Object.assign(document.createElement("a"), { href: to }).click(),
		formGet: () => form("get", ""),
		formPost: () => form("post", ""),
		formTop: () => form("get", "_top"),
		topLocation: () => {
			top.location.href = to;
		},
		openSelf: () => window.open(to, "_self"),
		navigation: () => window.navigation.navigate(to),
	};
	if (!name) return Object.keys(leavings);
	leavings[name]();
	return [];
};
