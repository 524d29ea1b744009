// One run of `npm test` has a folder, in which its files of tests leave what the others, or the end of the run, need.
const variable = "FREEHOLD_TEST_RUN";

export const runFolder = (): string | undefined => process.env[variable];

/** For who starts the tests. */
export const runEnvironment = (folder: string): Record<string, string> => ({ [variable]: folder });
