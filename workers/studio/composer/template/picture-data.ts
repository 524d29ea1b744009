// What counts as a picture in a record.

/** Only pictures in the data itself are shown: an address would tell another server who looks. */
export const isPicture = (value: unknown): value is string =>
	typeof value === "string" &&
	value.length <= 60_000 &&
	/^data:image\/(?:webp|jpeg|png|gif);base64,[A-Za-z0-9+/]+={0,2}$/.test(value);
