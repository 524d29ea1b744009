// Addresses, numbers of telephones, colours and places: texts with a shape. They are kept as they are written.
import { bare } from "./cells.ts";

export const isEmail = (text: string): boolean => /^[^\s@<>",;]{1,64}@[^\s@<>",;]+\.[^\s@<>",;]{2,}$/.test(bare(text));
export const isUrl = (text: string): boolean => {
	const address = bare(text);
	return /^https?:\/\/[^\s]+$/i.test(address) && URL.canParse(address);
};
export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(bare(text));
export const isPhone = (text: string): boolean =>
	/^[+(]?\d[\d ()./\u00a0\u2011–-]{4,24}(?:\s*(?:ext|x|#)\.?\s*\d{1,6})?$/i.test(bare(text));

const pair = /^\(?\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)°?\s*\)?$/;

/** Two numbers with at least one point between them, inside the globe. "Latitude first" is for the caller to decide. */
export function readPair(text: string): { first: string; second: string } | null {
	const match = pair.exec(bare(text));
	if (!match || !`${match[1]}${match[2]}`.includes(".")) return null;
	const [first, second] = [match[1] ?? "", match[2] ?? ""];
	const sizes = [Math.abs(Number(first)), Math.abs(Number(second))];
	return Math.min(...sizes) <= 90 && Math.max(...sizes) <= 180 ? { first, second } : null;
}

/** Whether a pair can be a latitude and a longitude in this order. */
export const isLatFirst = ({ first }: { first: string }): boolean => Math.abs(Number(first)) <= 90;

// The words of headers, in the languages that files come in.
const hint = (words: string) => new RegExp(`(?:^|[^\\p{L}])(?:${words})(?![\\p{L}])`, "iu");

export const saysPhone = hint(
	"phones?|mobiles?|cell ?phones?|tel|telephones?|telefono|telefon|teléfono|téléphone|telefone|handy|fax|whatsapp|rufnummer|móvil|celular|portable|gsm|msisdn|電話|телефон",
);
/** Numbers that name something and are never calculated with. */
export const saysCode = hint(
	"cards?|karte|carte|tarjeta|ibans?|bic|swift|account(?: (?:no|number|nr))?|konto(?:nummer)?|isbn|issn|ean|upc|gtin|barcodes?|sku|imei|vin|ssn|nin|siret|siren|vat(?: id)?|tax id|steuer(?:nummer|id)|passport|pass(?:nummer)?|zip(?:code)?|zip code|post ?code|postal(?: code)?|postleitzahl|plz|cap|cep|código postal|code postal|postcode|pin|serial(?: (?:no|number))?|licen[cs]e(?: (?:no|number|plate))?|plates?|doi|orcid|fips|kundennummer|rechnungsnummer|郵便番号",
);
export const saysVersion = hint(
	"versions?|release|build|section|chapter|clause|paragraph|kapitel|abschnitt|firmware|semver|§|v",
);
export const saysBirth = hint(
	"birth(?:day|date)?|date of birth|born|dob|b ?day|geburt(?:stag|sdatum)?|geboren|naissance|né|née|nacimiento|nascita|nascimento|geboortedatum|född|fødselsdato|founded|deceased|died|death",
);
export const saysMoment = hint(
	"at|on|date|dates|day|time|timestamp|ts|epoch|unix|created|updated|modified|changed|added|due|deadline|expires?|expiry|expiration|start(?:ed|s)?|end(?:ed|s)?|begin|when|since|until|published|posted|birthday|datum|zeit|zeitpunkt|tag|fecha|date d[eu]|data|日付|дата",
);
export const saysLonFirst = /\b(?:lon|lng|long|longitude|x)\b[^a-z]+(?:and |und |et )?\b(?:lat|latitude|y)\b/i;
export const saysYear = hint("years?|yr|jahr|jahrgang|année|annee|año|ano|anno|jaar|år|год|年");
