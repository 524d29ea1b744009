// Names of the shard bindings, in order. Adding a shard is adding a binding and a name here; placements that exist stay.
export const shardNames = ["TENANTS_0", "TENANTS_1"] as const;
export type ShardName = (typeof shardNames)[number];
