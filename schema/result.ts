// Expected outcomes as values. RPC entrypoints return these and never throw: a thrown error crosses Workers with its message and stack.

export type Result<T, Reason extends string = string> = { ok: true; value: T } | { ok: false; reason: Reason };

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <Reason extends string>(reason: Reason): { ok: false; reason: Reason } => ({ ok: false, reason });
