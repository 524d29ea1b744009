// Pages before a session: sign in, sign up, the mails' links. Server-rendered forms; islands/access.ts sends them.
import type { Child } from "hono/jsx";
import { Icon } from "#lib/ui/icons.tsx";
import { type Region, regions } from "#schema/region.ts";
import { FormError, FormField } from "../components/form-field.tsx";
import * as copy from "../copy.ts";
import { Alone } from "../layout.tsx";

export interface AccessPageProps {
	region: Region;
	apexOrigin: string;
}

const Card = ({
	title,
	lead,
	isWide,
	children,
}: {
	title: string;
	lead?: string;
	isWide?: boolean;
	children: Child;
}) => (
	<section class={isWide ? "form-card wide" : "form-card"}>
		<header>
			<h1>{title}</h1>
			{lead && <p>{lead}</p>}
		</header>
		{children}
	</section>
);

/** What stands in place of a form after it was sent. */
const Sent = ({ title, text, hint }: { title: string; text: string; hint?: string }) => (
	<div class="stack" data-sent hidden tabindex={-1}>
		<span class="round-mark">
			<Icon name="mail" />
		</span>
		<h2>{title}</h2>
		<p class="muted">{text}</p>
		{hint && <p class="muted small">{hint}</p>}
	</div>
);

const Submit = ({ label }: { label: string }) => (
	<button type="submit" class="btn primary large wide">
		<span>{label}</span>
	</button>
);

export const SignInPage = (props: AccessPageProps) => (
	<Alone {...props} title={copy.signIn.title} script="access">
		<Card title={copy.signIn.title} lead={copy.signIn.lead(regions[props.region].name)}>
			<form data-form="sign-in" novalidate>
				<FormError />
				<FormField name="email" label={copy.signIn.email} type="email" autocomplete="username webauthn" isAutofocused />
				<FormField
					name="password"
					label={copy.signIn.password}
					type="password"
					autocomplete="current-password"
					aside={
						<a class="small" href="/forgot">
							{copy.signIn.forgot}
						</a>
					}
				/>
				<Submit label={copy.signIn.submit} />
				<button type="button" class="btn ghost small" data-action="resend" hidden>
					<span>{copy.signIn.resend}</span>
				</button>
			</form>
			<p class="or">{copy.signIn.or}</p>
			<button type="button" class="btn large wide" data-action="passkey">
				<Icon name="key" />
				<span>{copy.signIn.passkey}</span>
			</button>
			<p class="muted small center">
				{copy.signIn.none} <a href="/sign-up">{copy.signIn.signUp}</a>
			</p>
		</Card>
	</Alone>
);

/** `notYet`: the promises whose tests do not pass yet, in the words of the trust page. */
export const SignUpPage = ({ notYet, ...props }: AccessPageProps & { notYet: string[] }) => {
	const { name, place } = regions[props.region];
	return (
		<Alone {...props} title={copy.signUp.title} script="access">
			<Card title={copy.signUp.title} lead={copy.signUp.lead(name, place)} isWide>
				<form data-form="sign-up" novalidate>
					<FormError />
					<FormField
						name="name"
						label={copy.signUp.name}
						autocomplete="name"
						hint={copy.signUp.nameHint}
						maxlength={80}
						isAutofocused
					/>
					<FormField name="email" label={copy.signUp.email} type="email" autocomplete="username" maxlength={254} />
					<FormField
						name="password"
						label={copy.signUp.password}
						type="password"
						autocomplete="new-password"
						hint={copy.signUp.passwordHint}
						minlength={12}
						maxlength={200}
					/>
					{notYet.length > 0 ? (
						<details class="not-yet">
							<summary>{copy.signUp.notYet(notYet.length)}</summary>
							<ul tabindex={0}>
								{notYet.map((promise) => (
									<li>{promise}</li>
								))}
							</ul>
						</details>
					) : (
						<p class="notice good">{copy.signUp.allKept}</p>
					)}
					<div class="field">
						<label class="check">
							<input type="checkbox" name="sawNotYet" required aria-describedby="e-sawNotYet" />
							<span>{copy.signUp.sawNotYet}</span>
						</label>
						<p class="error" id="e-sawNotYet" data-error-for="sawNotYet" hidden />
					</div>
					<Submit label={copy.signUp.submit} />
				</form>
				<Sent title={copy.signUp.sentTitle} text={copy.signUp.sent} hint={copy.signUp.sentHint} />
				<p class="muted small center">
					{copy.signUp.have} <a href="/sign-in">{copy.signIn.title}</a>
				</p>
			</Card>
		</Alone>
	);
};

export const ForgotPage = (props: AccessPageProps) => (
	<Alone {...props} title={copy.forgot.title} script="access">
		<Card title={copy.forgot.title} lead={copy.forgot.lead}>
			<form data-form="forgot" novalidate>
				<FormError />
				<FormField name="email" label={copy.signIn.email} type="email" autocomplete="username" isAutofocused />
				<Submit label={copy.forgot.submit} />
			</form>
			<Sent title={copy.forgot.sentTitle} text={copy.forgot.sent} />
			<p class="muted small center">
				<a href="/sign-in">{copy.tokens.toSignIn}</a>
			</p>
		</Card>
	</Alone>
);

/** A page of a mail's link: the token rides in the fragment and is sent by POST when the person presses the button. */
const TokenPage = ({
	form,
	title,
	lead,
	submit,
	done,
	doneHref,
	doneLabel,
	children,
	...props
}: AccessPageProps & {
	form: string;
	title: string;
	lead: string;
	submit: string;
	done?: string;
	doneHref?: string;
	doneLabel?: string;
	children?: Child;
}) => (
	<Alone {...props} title={title} script="access">
		<Card title={title} lead={lead}>
			<form data-form={form} novalidate>
				<FormError />
				{children}
				<Submit label={submit} />
			</form>
			{done && (
				<div class="stack" data-sent hidden tabindex={-1}>
					<p class="notice good">{done}</p>
					<a class="btn primary large wide" href={doneHref}>
						{doneLabel}
					</a>
				</div>
			)}
			<p class="notice bad" data-token-missing role="alert" hidden>
				{copy.tokens.missing}
			</p>
		</Card>
	</Alone>
);

export const VerifyPage = (props: AccessPageProps) => (
	<TokenPage
		{...props}
		form="verify"
		title={copy.tokens.verifyTitle}
		lead={copy.tokens.verifyLead}
		submit={copy.tokens.verifySubmit}
	>
		<dl class="facts" data-pending hidden>
			<dt>{copy.tokens.verifyName}</dt>
			<dd>
				<bdi data-pending-name />
			</dd>
			<dt>{copy.signIn.email}</dt>
			<dd>
				<bdi data-pending-email />
			</dd>
		</dl>
		<FormField
			name="password"
			label={copy.tokens.verifyPassword}
			type="password"
			autocomplete="current-password"
			hint={copy.tokens.verifyNotMine}
			maxlength={200}
			isAutofocused
		/>
	</TokenPage>
);

/** For a sign-up whose link was asked for once more: nothing of any earlier sign-up for the address is taken over. */
export const FinishPage = (props: AccessPageProps) => (
	<TokenPage
		{...props}
		form="finish"
		title={copy.tokens.finishTitle}
		lead={copy.tokens.finishLead}
		submit={copy.tokens.finishSubmit}
		done={copy.tokens.finishDone}
		doneHref="/sign-in"
		doneLabel={copy.tokens.toSignIn}
	>
		<FormField
			name="name"
			label={copy.signUp.name}
			autocomplete="name"
			hint={copy.signUp.nameHint}
			maxlength={80}
			isAutofocused
		/>
		<FormField
			name="password"
			label={copy.account.next}
			type="password"
			autocomplete="new-password"
			hint={copy.signUp.passwordHint}
			minlength={12}
			maxlength={200}
		/>
	</TokenPage>
);

export const ResetPage = (props: AccessPageProps) => (
	<TokenPage
		{...props}
		form="reset"
		title={copy.tokens.resetTitle}
		lead={copy.tokens.resetLead}
		submit={copy.tokens.resetSubmit}
		done={copy.tokens.resetDone}
		doneHref="/sign-in"
		doneLabel={copy.tokens.toSignIn}
	>
		<FormField
			name="password"
			label={copy.account.next}
			type="password"
			autocomplete="new-password"
			hint={copy.signUp.passwordHint}
			minlength={12}
			maxlength={200}
			isAutofocused
		/>
	</TokenPage>
);

export const EmailPage = (props: AccessPageProps) => (
	<TokenPage
		{...props}
		form="email"
		title={copy.tokens.emailTitle}
		lead={copy.tokens.emailLead}
		submit={copy.tokens.emailSubmit}
		done={copy.tokens.emailDone}
		doneHref="/account"
		doneLabel={copy.tokens.toAccount}
	/>
);

/** The token of an invitation waits in sessionStorage while the person signs in. */
export const InvitationPage = ({ isSignedIn, ...props }: AccessPageProps & { isSignedIn: boolean }) => (
	<Alone {...props} title={copy.tokens.invitationTitle} script="access">
		<Card title={copy.tokens.invitationTitle} lead={copy.tokens.invitationLead}>
			<form data-form="invitation" data-signed-in={isSignedIn ? "yes" : "no"} novalidate>
				<FormError />
				{!isSignedIn && <p class="notice">{copy.tokens.invitationHint}</p>}
				<Submit label={isSignedIn ? copy.tokens.invitationSubmit : copy.tokens.invitationSignIn} />
			</form>
			<p class="notice bad" data-token-missing role="alert" hidden>
				{copy.tokens.missing}
			</p>
		</Card>
	</Alone>
);
