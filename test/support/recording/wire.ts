// What the recorded Worker and the test host say to each other.
import type { EmittedCall } from "../isolation/record.ts";

/** A line of the Worker's log that begins so is one call of a database, as JSON, the first time it is made. */
export const recordedPrefix = "\u0001recorded ";

/** Asks for, and carries, the work that was done before the answer: statements by their digest, and calls of other bindings. */
export const workHeader = "x-test-work";

/** "7 error": the seventh step of this request fails. "7 crash": that one and all after it. For tests of what is left then. */
export const failHeader = "x-test-fail";

/** A `Heat` asks for, and the answer carries, the trips of the request (trips.ts). */
export const tripsHeader = "x-test-trips";

export interface Recorded extends EmittedCall {
	database: string;
	digest: string;
}
