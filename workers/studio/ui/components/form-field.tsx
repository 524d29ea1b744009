// A labelled input with room for one hint and one error. The scripts of form pages fill the error by the field's name.
import type { Child } from "hono/jsx";

interface FieldProps {
	name: string;
	label: string;
	type?: string;
	autocomplete?: string;
	hint?: string;
	value?: string;
	minlength?: number;
	maxlength?: number;
	isAutofocused?: boolean;
	/** Beside the label, for example a link. */
	aside?: Child;
}

export const FormField = ({ name, label, type = "text", hint, aside, isAutofocused, ...rest }: FieldProps) => (
	<div class="field">
		<div class="field-head">
			<label for={`f-${name}`}>{label}</label>
			{aside}
		</div>
		<input
			class="input"
			id={`f-${name}`}
			name={name}
			type={type}
			required
			autofocus={isAutofocused}
			spellcheck={type === "text" ? undefined : false}
			aria-describedby={hint ? `h-${name} e-${name}` : `e-${name}`}
			{...rest}
		/>
		{hint && (
			<p class="hint" id={`h-${name}`}>
				{hint}
			</p>
		)}
		<p class="error" id={`e-${name}`} data-error-for={name} hidden />
	</div>
);

/** The place for an error of the whole form; announced when it is filled. */
export const FormError = () => (
	<div role="alert">
		<p class="notice bad form-error" hidden />
	</div>
);
