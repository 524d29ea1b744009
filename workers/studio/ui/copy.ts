// The words of the studio's pages, one table for each feature in words/. Say what happened and what to do; test/unit/ui/words.test.ts
// holds words to avoid against every one of them.
export * from "./words/access.ts";
export * from "./words/account.ts";
export * from "./words/apps.ts";
export * from "./words/errors.ts";
export * from "./words/models.ts";
export * from "./words/records.ts";
export * from "./words/sharing.ts";
export * from "./words/shell.ts";
