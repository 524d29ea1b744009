// What react has beyond preact/compat, as scripts/build-app-assets.ts joins the two.
export { startTransition, useActionState, useFormStatus, useOptimistic, useTransition } from "./actions.ts";
export { Activity, act, cache, captureOwnerStack, Profiler } from "./react-19.ts";
