// Changes a composed app by what a follow-up prompt asks for. Each sentence is tried against the patterns; what fits none is
// handed back in the person's words.
import type { Change } from "./change.ts";
import {
	addChoices,
	addField,
	changeType,
	moveField,
	removeChoices,
	removeField,
	renameField,
} from "./change-fields.ts";
import { fromGerman } from "./change-german.ts";
import { setLimit } from "./change-limits.ts";
import { addView, removeView, renameApp, setColour, setCurrency, sortBy, startView } from "./change-look.ts";
import { cleanLabel } from "./names.ts";
import { leftOutOf } from "./reading/left-out.ts";
import { settle } from "./settle.ts";
import type { AppSpec } from "./spec.ts";

export interface Changed {
	spec: AppSpec;
	changes: string[];
	/** What a composed app cannot do, a sentence each. */
	leftOut: string[];
	unclear: string[];
}

export function changeApp(current: AppSpec, prompt: string): Changed {
	let spec = current;
	const changes: string[] = [];
	const unclear: string[] = [];
	const leftOut: string[] = [];
	for (const clause of clausesOf(prompt)) {
		const impossible = isPlainlyAField(clause) ? [] : leftOutOf(clause);
		if (impossible.length > 0) {
			leftOut.push(...impossible);
			continue;
		}
		const result = firstFit(spec, clause);
		if (result) {
			spec = settle(result.spec);
			changes.push(result.did);
		} else if (/\p{L}{2}/u.test(clause)) unclear.push(cleanLabel(clause, 200));
	}
	return { spec, changes, leftOut, unclear };
}

/** "add a reminder date" is a field; "add reminders" is not. */
const isPlainlyAField = (clause: string): boolean =>
	/\b(?:fields?|columns?|date|name|number|status|yes\/no|feld|spalte)\b|\(/i.test(clause);

function firstFit(spec: AppSpec, clause: string): { spec: AppSpec; did: string } | null {
	for (const change of kinds) {
		const result = change(spec, clause);
		if (result) return result;
	}
	return null;
}

const verbs =
	"add|include|remove|delete|drop|rename|call|change|make|turn|set|use|show|hide|sort|order|convert|put|move|also|get rid|replace|switch|start|require|track|mark|limit|füge|entferne|lösche|benenne|nenne|sortiere|mach|mache|zeige|ergänze";

/** Sentences, and parts of sentences that begin with a verb of their own: "add a rating and remove the notes". */
function clausesOf(prompt: string): string[] {
	return prompt
		.split(/\n+|(?<=[.!?;])\s+/)
		.flatMap((sentence) =>
			sentence.split(
				new RegExp(
					`(?:,\\s*|\\s+)(?:and then|then|and also|and|but|und)\\s+(?=(?:please\\s+)?(?:${verbs})\\b)|,\\s*(?=(?:please\\s+)?(?:${verbs})\\s+(?:the|an?|it|to|up)\\b)`,
					"i",
				),
			),
		)
		.map((clause) =>
			clause
				.trim()
				.replace(
					/^(?:[-*•]\s*)?(?:(?:please|can you|could you|would you|also|now|then|and|i(?:'d| would) like (?:you )?to|i want (?:you )?to|i need to|let's|we should|ok|okay|great|nice|thanks)[,\s]+)+/i,
					"",
				)
				.replace(/[.!;?\s]+$/, ""),
		)
		.map(fromGerman)
		.filter(
			(clause) => clause !== "" && !/^(?:thanks?(?: you)?|please|ok(?:ay)?|great|nice|perfect|hi|hello)$/i.test(clause),
		);
}

// The first that fits wins: what names the app, a view or a choice stands before what names a field.
const kinds: Change[] = [
	renameApp,
	setColour,
	setCurrency,
	startView,
	addView,
	removeView,
	sortBy,
	addChoices,
	removeChoices,
	removeField,
	changeType,
	setLimit,
	renameField,
	moveField,
	addField,
];
