// One label of a domain name, from punycode back to its own script (RFC 3492 §6.2). The way there is the URL parser's.

const [base, tMin, tMax, skew, damp, firstBias, firstCode] = [36, 1, 26, 38, 700, 72, 128];

function adapt(delta: number, count: number, isFirst: boolean): number {
	let left = Math.floor(delta / (isFirst ? damp : 2));
	left += Math.floor(left / count);
	let k = 0;
	for (; left > ((base - tMin) * tMax) >> 1; k += base) left = Math.floor(left / (base - tMin));
	return k + Math.floor(((base - tMin + 1) * left) / (left + skew));
}

/** `label` is without its "xn--". Null when it is no punycode. */
export function decodeLabel(label: string): string | null {
	const end = label.lastIndexOf("-");
	const codes = Array.from(label.slice(0, Math.max(0, end)), (letter) => letter.codePointAt(0) ?? 0);
	let [code, at, bias] = [firstCode, 0, firstBias];
	for (let read = end + 1; read < label.length; ) {
		const before = at;
		for (let weight = 1, k = base; ; k += base) {
			const digit = Number.parseInt(label[read++] ?? "", 36);
			// letters come first in punycode, digits after them
			const value = Number.isNaN(digit) ? -1 : digit < 10 ? digit + 26 : digit - 10;
			if (value < 0 || at > 0x7fffffff) return null;
			at += value * weight;
			const t = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
			if (value < t) break;
			weight *= base - t;
		}
		const count = codes.length + 1;
		bias = adapt(at - before, count, before === 0);
		code += Math.floor(at / count);
		at %= count;
		if (code > 0x10ffff) return null;
		codes.splice(at++, 0, code);
	}
	return String.fromCodePoint(...codes);
}
