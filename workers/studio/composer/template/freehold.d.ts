// The part of the app runtime's `freehold` module that composed apps use. Only for type checks here; it is not part of an app.
declare module "freehold" {
	export interface DataRecord {
		id: string;
		value: Record<string, unknown>;
		createdAt: number;
		updatedAt: number;
		by: string;
	}
	/** A refused or failed call; its message is a sentence for the person. */
	export class FreeholdError extends Error {}
	export const data: {
		collection(name: string): {
			list(): Promise<DataRecord[]>;
			add(value: Record<string, unknown>): Promise<DataRecord>;
			addMany(values: Record<string, unknown>[]): Promise<unknown>;
			change(id: string, value: Record<string, unknown>, options?: { ifUpdatedAt?: number }): Promise<unknown>;
			remove(id: string): Promise<unknown>;
			subscribe(listener: () => void): () => void;
		};
	};
	export const viewer: { role: "owner" | "editor" | "viewer" | "visitor"; name: string };
	export function download(name: string, text: string, type: string): void | Promise<void>;
}
declare module "*.css";
