// An address of the apex that does not exist.
import { LostArt } from "#lib/ui/illustrations.tsx";
import { missing as words } from "../copy.ts";
import { Document } from "../layout.tsx";

export const MissingPage = () => (
	<Document title={words.title} signIn="/#regions">
		<div class="empty">
			<LostArt />
			<h1>{words.title}</h1>
			<p>{words.lead}</p>
			<a class="btn primary" href="/">
				{words.back}
			</a>
		</div>
	</Document>
);
