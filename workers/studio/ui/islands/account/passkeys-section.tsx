// Passkeys: made by the browser, kept by the device; the studio keeps the public half.
import { useRef, useState } from "hono/jsx/dom";
import { Icon } from "#lib/ui/icons.tsx";
import type { PasskeySummary } from "#schema/api/account.ts";
import { account as words } from "../../copy.ts";
import { post, remove } from "../lib/api.ts";
import { listOf } from "../lib/lists.ts";
import { Ago, BusyButton, FailureNote } from "../lib/parts.tsx";
import { toast } from "../lib/toast.ts";
import { useLoad } from "../lib/use-load.ts";

export const PasskeysSection = () => {
	const { data, reload } = useLoad<unknown>("/api/account/passkeys");
	const [isBusy, setIsBusy] = useState(false);
	const name = useRef<HTMLInputElement>(null);
	const password = useRef<HTMLInputElement>(null);
	const passkeys = data.state === "ready" ? listOf<PasskeySummary>(data.value, "passkeys") : [];
	const add = async () => {
		setIsBusy(true);
		const failed = await makePasskey(name.current?.value.trim() || guessDevice(), password.current?.value ?? "");
		if (password.current) password.current.value = "";
		setIsBusy(false);
		if (failed) toast(failed, "bad");
		else if (name.current) name.current.value = "";
		await reload();
	};
	const drop = async (id: string) => {
		const answer = await remove(`/api/account/passkeys/${encodeURIComponent(id)}`);
		if (!answer.ok) toast(answer.message, "bad");
		await reload();
	};
	return (
		<section class="section">
			<header>
				<h2>{words.passkeysTitle}</h2>
				<p>{words.passkeysLead}</p>
			</header>
			<div class="card">
				{data.state === "failed" && <FailureNote failure={data.failure} onRetry={() => void reload()} />}
				<ul class="rows">
					{passkeys.map((passkey) => (
						<li key={passkey.id}>
							<Icon name="key" />
							<span class="grow">
								<bdi>{passkey.name}</bdi>{" "}
								<span class="muted small">
									<Ago at={passkey.createdAt} />
								</span>
							</span>
							<button type="button" class="btn ghost small danger" onClick={() => void drop(passkey.id)}>
								{words.removePasskey}
							</button>
						</li>
					))}
				</ul>
				<form
					class={passkeys.length > 0 ? "invite top-line" : "invite"}
					onSubmit={(event: Event) => {
						event.preventDefault();
						void add();
					}}
				>
					<div class="field">
						<label for="passkey-password">{words.passkeyPassword}</label>
						<input
							class="input"
							id="passkey-password"
							ref={password}
							type="password"
							autocomplete="current-password"
							maxLength={200}
							required={passkeys.length === 0}
							aria-describedby="passkey-password-hint"
						/>
						<p class="hint" id="passkey-password-hint">
							{words.passkeyPasswordHint}
						</p>
					</div>
					<div class="actions nowrap align-end">
						<div class="field grow">
							<label for="passkey-name">{words.passkeyName}</label>
							<input class="input" id="passkey-name" ref={name} maxLength={80} placeholder={guessDevice()} />
						</div>
						<BusyButton type="submit" isBusy={isBusy} isDisabled={!window.PublicKeyCredential}>
							{words.addPasskey}
						</BusyButton>
					</div>
				</form>
			</div>
		</section>
	);
};

/** Null when it worked, else the sentence to show. */
async function makePasskey(name: string, password: string): Promise<string | null> {
	try {
		const { startAuthentication, startRegistration } = await import("@simplewebauthn/browser");
		let proof: object = { password };
		if (!password) {
			const asked = await post<never>("/api/account/passkeys/sign-in/options");
			if (!asked.ok) return asked.message;
			proof = { response: await startAuthentication({ optionsJSON: asked.value }) };
		}
		const options = await post<never>("/api/account/passkeys/options", proof);
		if (!options.ok) return options.fields["password"] ?? options.message;
		const response = await startRegistration({ optionsJSON: options.value });
		const answer = await post("/api/account/passkeys", { name, response });
		return answer.ok ? null : answer.message;
	} catch {
		return words.passkeyFailed;
	}
}

function guessDevice(): string {
	return /iPhone|iPad|Android|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0] ?? "Device";
}
