// React 19's actions on preact: `useActionState`, `useOptimistic`, and forms whose `action` is a function. A form with such an action
// is submitted to the function and is empty afterwards; `useFormStatus` says inside it whether that is still under way.
import { type ComponentChildren, createContext, createElement, options, type VNode } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";

type Status =
	| { pending: false; data: null; method: null; action: null }
	| { pending: true; data: FormData; method: string; action: unknown };

const idle: Status = { pending: false, data: null, method: null, action: null };
const FormStatus = createContext<Status>(idle);

/** Of the form around the component. */
export const useFormStatus = (): Status => useContext(FormStatus);

// What is under way: an optimistic value is shown as long as anything is.
let running = 0;
const whenIdle = new Set<() => void>();

async function track<Result>(work: () => Result | Promise<Result>): Promise<Result> {
	running++;
	try {
		return await work();
	} finally {
		running--;
		if (running === 0) for (const reset of [...whenIdle]) reset();
	}
}

/** The state, a function that runs the action on it and what it is given, and whether one is running. Runs follow each other. */
export function useActionState<State, Payload>(
	action: (state: State, payload: Payload) => State | Promise<State>,
	initial: State,
): [State, (payload: Payload) => void, boolean] {
	const [state, setState] = useState(initial);
	const [pending, setPending] = useState(0);
	const [failure, setFailure] = useState<{ error: unknown } | null>(null);
	const latest = useRef({ state: initial, action, queue: Promise.resolve() as Promise<unknown> });
	latest.current.action = action;
	const dispatch = useCallback((payload: Payload) => {
		const { current } = latest;
		setPending((count) => count + 1);
		const run = async () => {
			try {
				current.state = await track(() => current.action(current.state, payload));
				setState(() => current.state);
			} catch (error) {
				setFailure({ error });
			} finally {
				setPending((count) => count - 1);
			}
		};
		current.queue = current.queue.then(run);
		return current.queue;
	}, []);
	// an error boundary takes it, as with React
	if (failure) throw failure.error;
	return [state, dispatch, pending > 0];
}

/** The value, or what was added to it while something is under way. */
export function useOptimistic<State, Change = State>(
	value: State,
	reduce?: (state: State, change: Change) => State,
): [State, (change: Change) => void] {
	const [changes, setChanges] = useState<Change[]>([]);
	useEffect(() => {
		const reset = () => setChanges((now) => (now.length === 0 ? now : []));
		whenIdle.add(reset);
		return () => {
			whenIdle.delete(reset);
		};
	}, []);
	const add = useCallback((change: Change) => {
		setChanges((now) => [...now, change]);
		// outside of an action there is nothing to wait for
		if (running === 0) setTimeout(() => running === 0 && setChanges([]), 0);
	}, []);
	const shown = changes.reduce<State>(
		(state, change) => (reduce ? reduce(state, change) : (change as unknown as State)),
		value,
	);
	return [shown, add];
}

/** A transition whose function is async is an action: it counts as pending until it ends. */
export function useTransition(): [boolean, (work: () => unknown) => void] {
	const [pending, setPending] = useState(0);
	const start = useCallback((work: () => unknown) => {
		setPending((count) => count + 1);
		void track(work)
			.catch(reportError)
			.finally(() => setPending((count) => count - 1));
	}, []);
	return [pending > 0, start];
}

export function startTransition(work: () => unknown): void {
	void track(work).catch(reportError);
}

/** Empties a form, as its action's end does. */
export const requestFormReset = (form: HTMLFormElement): void => form.reset();

type Action = (data: FormData) => unknown;
interface FormProps extends Record<string, unknown> {
	children?: ComponentChildren;
	onSubmit?: (event: SubmitEvent) => void;
}

interface ActionFormProps extends FormProps {
	freeholdAction: Action | null;
	/** The ref of the form, which would otherwise get this component. */
	freeholdRef: VNode["ref"];
}

function ActionForm({ freeholdAction, freeholdRef, ...props }: ActionFormProps) {
	const [status, setStatus] = useState<Status>(idle);
	const onSubmit = (event: SubmitEvent) => {
		props.onSubmit?.(event);
		if (event.defaultPrevented) return;
		const { submitter } = event;
		const own = submitter ? buttonActions.get(submitter) : undefined;
		const action = own ?? freeholdAction;
		if (!action) return;
		event.preventDefault();
		const form = event.currentTarget as HTMLFormElement;
		const data = new FormData(form, submitter);
		setStatus({ pending: true, data, method: "post", action });
		void track(() => action(data))
			.then(() => form.isConnected && form.reset())
			.catch(reportError)
			.finally(() => setStatus(idle));
	};
	return createElement(
		FormStatus.Provider,
		{ value: status },
		createElement("form", { ...props, ref: freeholdRef, freeholdForm: true, onSubmit } as object),
	);
}

const buttonActions = new WeakMap<Element, Action>();

// Elements are seen as they are made. A form's function would become the text of an attribute, and the page would leave for it.
const before = options.vnode;
options.vnode = (node: VNode) => {
	const props = node.props as Record<string, unknown>;
	if (node.type === "form") {
		if (props["freeholdForm"]) {
			const { freeholdForm: _, ...rest } = props;
			node.props = rest as typeof node.props;
		} else if (typeof props["action"] === "function" || props["action"] === undefined) {
			const { action, ref, ...rest } = props;
			(node as { type: unknown }).type = ActionForm;
			const freeholdRef = (ref ?? node.ref ?? null) as VNode["ref"];
			node.ref = null;
			node.props = {
				...rest,
				freeholdRef,
				freeholdAction: typeof action === "function" ? (action as Action) : null,
			} as unknown as typeof node.props;
		}
	} else if ((node.type === "button" || node.type === "input") && typeof props["formAction"] === "function") {
		const { formAction, ref, ...rest } = props;
		const outer = ref ?? node.ref;
		node.props = rest as typeof node.props;
		node.ref = (element: Element | null) => {
			if (element) buttonActions.set(element, formAction as Action);
			if (typeof outer === "function") outer(element);
			else if (outer && typeof outer === "object") (outer as { current: unknown }).current = element;
		};
	}
	before?.(node);
};
