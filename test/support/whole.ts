// Whether every case of a large search is run (`.ci/run` sets FREEHOLD_TESTS=whole), or a part that differs from run to run or is enough
// for whoever changes a line: `npm test` is run many times a day.
export const isWhole = process.env["FREEHOLD_TESTS"] === "whole";
