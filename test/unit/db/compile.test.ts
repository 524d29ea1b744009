// Defences that are types. Each of these files marks lines that must not compile; once one does, the compiler says so, here as well
// as in `npm run check`: a test that only runs would not see the type go.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileErrors } from "../../support/compile.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url).href);

test("a tenant's table without its width does not compile", { timeout: 120_000 }, () => {
	expect(compileErrors(here("migrations.test.ts"))).toEqual([]);
});

test("plain text in a column of sealed values does not compile", { timeout: 120_000 }, () => {
	expect(compileErrors(here("sealed.test.ts"))).toEqual([]);
});

test("bytes where a secret is asked for do not compile", { timeout: 120_000 }, () => {
	expect(compileErrors(here("../crypto/raw-keys.test.ts"))).toEqual([]);
});

test("a table that does not say what it holds does not compile", { timeout: 120_000 }, () => {
	expect(compileErrors(here("../register/register.test.ts"))).toEqual([]);
});
