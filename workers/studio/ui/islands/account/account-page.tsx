// Loads the account and shows its parts; each part is its own small form with its own failure.

import type { Child } from "hono/jsx";
import { useRef, useState } from "hono/jsx/dom";
import { shownEmail } from "#lib/shown-email.ts";
import { Icon } from "#lib/ui/icons.tsx";
import type { Account } from "#schema/api/account.ts";
import { type Region, regions } from "#schema/region.ts";
import { SectionsSkeleton } from "../../components/skeletons.tsx";
import { shell, signUp, account as words } from "../../copy.ts";
import { type ApiFailure, type ApiResult, patch, post } from "../lib/api.ts";
import { BusyButton, FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";
import { PasskeysSection } from "./passkeys-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";

export const AccountPage = () => {
	const { data, reload } = useLoad<Account>("/api/account");
	if (data.state === "loading") return <SectionsSkeleton sections={4} />;
	if (data.state === "failed") return <FailureNote failure={data.failure} onRetry={() => void reload()} />;
	const account = data.value;
	const signOut = async () => {
		await post("/api/account/sign-out");
		location.assign("/sign-in");
	};
	return (
		<div class="stack-l">
			<AccountForm
				title={words.profile}
				lead={words.regionHint(regions[account.region as Region].place)}
				submit={words.save}
				send={(value) => patch("/api/account", { name: value("name").trim() })}
				onDone={() => {
					toast(shell.saved);
					void reload();
				}}
			>
				<Field name="name" label={words.name} value={account.name} autocomplete="name" maxlength={80} />
			</AccountForm>
			<AccountForm
				title={words.emailTitle}
				lead={words.emailNow(shownEmail(account.email))}
				submit={words.changeEmail}
				send={(value) => post("/api/account/email", { email: value("email").trim(), password: value("emailPassword") })}
				onDone={() => toast(words.emailSent)}
			>
				<Field name="email" label={words.newEmail} type="email" autocomplete="email" maxlength={254} />
				<Field name="emailPassword" label={words.password} type="password" autocomplete="current-password" />
			</AccountForm>
			<AccountForm
				title={words.passwordTitle}
				submit={words.changePassword}
				send={(value) =>
					post("/api/account/password", {
						current: value("current"),
						next: value("next"),
						removePasskeys: value("removePasskeys") === "on",
					})
				}
				onDone={() => toast(words.passwordChanged)}
			>
				<Field name="current" label={words.current} type="password" autocomplete="current-password" />
				<Field
					name="next"
					label={words.next}
					type="password"
					autocomplete="new-password"
					hint={signUp.passwordHint}
					maxlength={200}
				/>
				<div class="field">
					<label class="check">
						<input type="checkbox" name="removePasskeys" checked aria-describedby="a-removePasskeys-hint" />
						<span>{words.removePasskeys}</span>
					</label>
					<p class="hint" id="a-removePasskeys-hint">
						{words.removePasskeysHint}
					</p>
				</div>
			</AccountForm>
			<PasskeysSection />
			<SessionsSection />
			<div>
				<button type="button" class="btn" onClick={() => void signOut()}>
					<Icon name="out" />
					{shell.signOut}
				</button>
			</div>
		</div>
	);
};

interface AccountFormProps {
	title: string;
	lead?: string;
	submit: string;
	send(value: (name: string) => string): Promise<ApiResult<unknown>>;
	onDone(): void;
	children: Child;
}

const AccountForm = ({ title, lead, submit, send, onDone, children }: AccountFormProps) => {
	const form = useRef<HTMLFormElement>(null);
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const value = (name: string) => {
		const field = form.current?.elements.namedItem(name);
		if (!(field instanceof HTMLInputElement) || (field.type === "checkbox" && !field.checked)) return "";
		return field.value;
	};
	const run = async () => {
		setIsBusy(true);
		const answer = await send(value);
		setIsBusy(false);
		setFailure(answer.ok ? null : answer);
		if (!answer.ok) return;
		for (const field of form.current?.querySelectorAll<HTMLInputElement>("input[type=password], input[type=email]") ??
			[]) {
			field.value = "";
		}
		onDone();
	};
	return (
		<section class="section">
			<header>
				<h2>{title}</h2>
				{lead && <p>{lead}</p>}
			</header>
			<form
				ref={form}
				class="card pad stack form-narrow"
				onSubmit={(event: Event) => {
					event.preventDefault();
					void run();
				}}
			>
				{failure && <FailureNote failure={failure} />}
				{children}
				<div>
					<BusyButton type="submit" isBusy={isBusy}>
						{submit}
					</BusyButton>
				</div>
			</form>
		</section>
	);
};

interface FieldProps {
	name: string;
	label: string;
	type?: string;
	value?: string;
	hint?: string;
	autocomplete: string;
	maxlength?: number;
}

const Field = ({ name, label, type = "text", value = "", hint, autocomplete, maxlength }: FieldProps) => (
	<div class="field">
		<label for={`a-${name}`}>{label}</label>
		<input
			class="input"
			id={`a-${name}`}
			name={name}
			type={type}
			value={value}
			required
			autocomplete={autocomplete as "on"}
			maxLength={maxlength}
			aria-describedby={hint ? `a-${name}-hint` : undefined}
		/>
		{hint && (
			<p class="hint" id={`a-${name}-hint`}>
				{hint}
			</p>
		)}
	</div>
);
