// One change of the product's source, for tests that ask what notices when a defence is gone.

/** `find` must stand in the file exactly once: an entry whose text the source no longer has fails instead of changing nothing. */
export interface Mutation {
	/** From the repository's root. */
	file: string;
	find: string;
	replace: string;
}

/** The source with the change made. Throws when it does not fit. */
export function mutate(source: string, { file, find, replace }: Mutation): string {
	const parts = source.split(find);
	if (parts.length !== 2) throw new Error(`a mutation no longer fits ${file}: ${parts.length - 1} of "${find}"`);
	return parts.join(replace);
}
