// Tokens of links and invitations: 192 random bits. They ride in fragments, so no server log and no Referer sees them.
import { toBase64Url } from "#lib/bytes.ts";

export const makeToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(24)));
