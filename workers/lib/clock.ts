// The clock, as something passed in. Milliseconds since 1970.
export type Clock = () => number;
export const systemClock: Clock = () => Date.now();
