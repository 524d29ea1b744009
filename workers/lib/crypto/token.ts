// Tokens of sessions, mails, links, invitations and opened apps: 256 random bits. What is stored of them is a hash.
import { toBase64Url } from "../bytes.ts";

export const makeToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
