// The report page: anybody who has seen an app can say what is wrong with it, signed in or not.
import { useState } from "hono/jsx/dom";
import { report as words } from "../copy.ts";
import { mountIsland } from "./lib/mount.tsx";
import { ReportForm } from "./lib/report-form.tsx";

const ReportPage = ({ label }: { label: string }) => {
	const [isSent, setIsSent] = useState(false);
	return isSent ? (
		<p class="notice good" role="status">
			{words.sent}
		</p>
	) : (
		<ReportForm label={label} onSent={() => setIsSent(true)} />
	);
};

mountIsland(ReportPage);
