// Input methods for Chinese, Japanese, Korean and others take Enter to choose what was composed. Such an Enter sends nothing.

/** Safari ends the composition before it tells of the key, and says only by this code that the key was the input method's. */
const inputMethodKey = 229;

export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === inputMethodKey;
