// What the app reported over the bridge. All of it is a stranger's text and is shown as text.

import { Icon } from "#lib/ui/icons.tsx";
import { builder as words } from "../../words/builder.ts";
import { isError, type Report, type Reports } from "./reports.ts";

const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium" });

export const ConsolePanel = ({ reports, onClear }: { reports: Reports; onClear(): void }) => (
	<div class="panel-fill">
		<div class="panel-bar">
			<h2 class="panel-title">{words.console}</h2>
			<button type="button" class="btn small ghost" disabled={reports.list.length === 0} onClick={onClear}>
				{words.consoleClear}
			</button>
		</div>
		<div class="panel-scroll" tabindex={0} role="log" aria-label={words.console}>
			{reports.list.length === 0 && <p class="muted panel-none">{words.consoleEmpty}</p>}
			<ol class="reports">
				{reports.list.map((report) => (
					<ReportLine key={report.key} report={report} />
				))}
			</ol>
			{reports.dropped > 0 && <p class="muted small panel-none">{words.dropped(reports.dropped)}</p>}
		</div>
	</div>
);

const ReportLine = ({ report }: { key?: number; report: Report }) => (
	<li class={isError(report) ? "report bad" : report.kind === "console_warn" ? "report warn" : "report"}>
		<Icon name={isError(report) || report.kind === "console_warn" ? "alert" : "terminal"} />
		<div class="mono">
			<p>{report.message}</p>
			{report.stack && (
				<details>
					<summary>{report.place || "…"}</summary>
					<pre>{report.stack}</pre>
				</details>
			)}
			{!report.stack && report.place && <p class="muted">{report.place}</p>}
		</div>
		<span class="small muted tabular">
			{report.count > 1 && <span class="chip">{report.count}×</span>} {clock.format(report.at)}
		</span>
	</li>
);
