// Canaries: random texts that exist nowhere else, one for each field that a person, a model or an operator fills.
import { randomBytes } from "node:crypto";
import { type Canary, canaryOf } from "../../../scripts/scan/forms.ts";

/**
 * What a planted text is, which decides where it may lie in the clear:
 * `secret` nowhere, `sealed` nowhere, `address` in the mail to it, `deployed` in a bundle, `record` in an app's own data,
 * `listing` in what was published, `token` in the mail or answer that hands it over, `key` in the file that holds it.
 */
export type Group = "secret" | "sealed" | "address" | "deployed" | "record" | "listing" | "token" | "key";

export class Garden {
	readonly canaries: Canary[] = [];

	/** A new text of letters and digits, fit for a name, a password, a word in a prompt or the local part of an address. */
	plant(group: Group, field: string): string {
		const text = `zq${BigInt(`0x${randomBytes(14).toString("hex")}`).toString(36)}`;
		this.watch(group, field, text);
		return text;
	}

	/** Something the product made itself, that must stay where it belongs. */
	watch(group: Group, field: string, text: string | Uint8Array): void {
		this.canaries.push(canaryOf(`${group}: ${field}`, text));
	}
}
