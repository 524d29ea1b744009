// What react-dom of React 19 has beyond preact/compat, as scripts/build-app-assets.ts joins the two.
export { requestFormReset, useActionState as useFormState, useFormStatus } from "./actions.ts";

/** Hints for a network that an app does not have. */
const hint = (): void => undefined;
export const preload = () => hint();
export const preloadModule = () => hint();
export const preinit = () => hint();
export const preinitModule = () => hint();
export const preconnect = () => hint();
export const prefetchDNS = () => hint();
