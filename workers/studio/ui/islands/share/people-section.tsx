// People: who may open the app, who was asked, and the form to ask somebody.
import { useEffect, useRef, useState } from "hono/jsx/dom";
import { shownEmail } from "#lib/shown-email.ts";
import { Icon } from "#lib/ui/icons.tsx";
import { KeyArt } from "#lib/ui/illustrations.tsx";
import type { Person } from "#schema/api/sharing.ts";
import { initialOf } from "../../components/named.tsx";
import { share as words } from "../../copy.ts";
import { type ApiFailure, get, post, remove } from "../lib/api.ts";
import { dayOf } from "../lib/format.ts";
import { BusyButton, Empty, FailureNote, ShowMore } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import type { SharePartProps } from "./publish-section.tsx";

export const PeopleSection = ({ appId, sharing, onChanged }: SharePartProps) => {
	const { invitations } = sharing;
	const [later, setLater] = useState<Person[]>([]);
	const [next, setNext] = useState(sharing.morePeople);
	const [isLoading, setIsLoading] = useState(false);
	useEffect(() => {
		setLater([]);
		setNext(sharing.morePeople);
	}, [sharing]);
	const more = async () => {
		setIsLoading(true);
		const answer = await get<{ people: Person[]; next: string | null }>(
			`/api/apps/${appId}/people?after=${encodeURIComponent(next ?? "")}`,
		);
		setIsLoading(false);
		if (!answer.ok) return toast(answer.message, "bad");
		setLater((before) => [...before, ...answer.value.people]);
		setNext(answer.value.next);
	};
	const people = [...sharing.people, ...later];
	const take = async (path: string) => {
		const answer = await remove(path);
		if (!answer.ok) toast(answer.message, "bad");
		await onChanged();
	};
	return (
		<section class="section">
			<header>
				<h2>{words.peopleTitle}</h2>
				<p>{words.peopleLead}</p>
			</header>
			<div class="card">
				{sharing.mayInvite ? (
					<InviteForm appId={appId} onChanged={onChanged} />
				) : (
					<p class="notice in-card">
						<Icon name="lock" />
						<span>{words.planNeeded}</span>
					</p>
				)}
				{people.length + invitations.length === 0 && sharing.mayInvite && (
					<Empty art={<KeyArt />} title={words.peopleEmpty} lead={words.peopleLead} />
				)}
				<ul class="rows top-line">
					{people.map((person) => (
						<li key={person.grantId}>
							<span class="avatar" aria-hidden="true">
								{initialOf(person.name || person.email)}
							</span>
							<span class="grow">
								<strong>
									<bdi>{person.name}</bdi>
								</strong>
								<br />
								<bdi class="muted small">{shownEmail(person.email)}</bdi>
							</span>
							<span class="chip">
								{words.roleNames[person.role]}, {words.scopeNames[person.scope]}
							</span>
							<button
								type="button"
								class="btn ghost small danger"
								onClick={() => void take(`/api/apps/${appId}/people/${person.grantId}`)}
							>
								{words.removePerson}
							</button>
						</li>
					))}
					{next !== null && (
						<li>
							<ShowMore pages={{ hasMore: true, isLoading, more: () => void more() }} />
						</li>
					)}
					{invitations.map((invitation) => (
						<li key={invitation.id}>
							<span class="avatar" aria-hidden="true">
								<Icon name="mail" />
							</span>
							<span class="grow">
								<bdi>{shownEmail(invitation.email)}</bdi>
								<br />
								<span class="muted small">{words.waiting(dayOf(invitation.expiresAt))}</span>
							</span>
							<span class="chip">
								{words.roleNames[invitation.role]}, {words.scopeNames[invitation.scope]}
							</span>
							<button
								type="button"
								class="btn ghost small"
								onClick={() => void take(`/api/apps/${appId}/invitations/${invitation.id}`)}
							>
								{words.withdraw}
							</button>
						</li>
					))}
				</ul>
			</div>
		</section>
	);
};

const InviteForm = ({ appId, onChanged }: { appId: string; onChanged(): Promise<void> }) => {
	const [email, setEmail] = useState("");
	const [role, setRole] = useState<"viewer" | "editor">("viewer");
	const [scope, setScope] = useState<"app" | "workspace">("app");
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<ApiFailure | null>(null);
	const field = useRef<HTMLInputElement>(null);
	const invite = async () => {
		setIsBusy(true);
		setFailure(null);
		const answer = await post(`/api/apps/${appId}/invitations`, { email: email.trim(), role, scope });
		setIsBusy(false);
		if (!answer.ok) {
			setFailure(answer);
			return field.current?.focus();
		}
		setEmail("");
		toast(words.invited);
		await onChanged();
	};
	return (
		<form
			class="invite stack"
			onSubmit={(event: Event) => {
				event.preventDefault();
				void invite();
			}}
		>
			{failure && <FailureNote failure={failure} />}
			<div class="invite-row">
				<div class="field">
					<label for="invite-email">{words.email}</label>
					<input
						ref={field}
						class="input"
						id="invite-email"
						type="email"
						autocomplete="off"
						required
						value={email}
						onInput={(event: Event) => setEmail((event.target as HTMLInputElement).value)}
					/>
				</div>
				<div class="field">
					<label for="invite-role">{words.role}</label>
					<select
						class="input"
						id="invite-role"
						value={role}
						onChange={(event: Event) => setRole((event.target as HTMLSelectElement).value as typeof role)}
					>
						<option value="viewer">{words.viewer}</option>
						<option value="editor">{words.editor}</option>
					</select>
				</div>
				<div class="field">
					<label for="invite-scope">{words.scope}</label>
					<select
						class="input"
						id="invite-scope"
						value={scope}
						onChange={(event: Event) => setScope((event.target as HTMLSelectElement).value as typeof scope)}
					>
						<option value="app">{words.scopeApp}</option>
						<option value="workspace">{words.scopeWorkspace}</option>
					</select>
				</div>
				<BusyButton type="submit" isBusy={isBusy} isDisabled={email.trim() === ""} className="primary">
					{words.invite}
				</BusyButton>
			</div>
			{role === "editor" && (
				<p class="notice warn" role="status">
					<Icon name="alert" />
					<span>{words.editorWarning}</span>
				</p>
			)}
		</form>
	);
};
