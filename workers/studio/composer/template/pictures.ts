// Pictures are kept inside their record, as data URLs. A record has room for 64 KB, so a picture is made small in the browser
// before it is saved: its long side, then its quality, until it fits.
import { inputFields } from "./model.ts";
import { problems } from "./words.ts";

/** All pictures of a record together, so that its texts have room, too. */
const roomForPictures = 44_000;
const mostChars = Math.floor(
	roomForPictures / Math.max(1, inputFields.filter((field) => field.type === "image").length),
);
const mostFileBytes = 40 * 1024 * 1024;
const sides = [1200, 960, 720, 540, 400, 280, 180, 120];
const qualities = [0.82, 0.68, 0.5];

export type Shrunk = { url: string } | { problem: string };

export async function shrinkPicture(file: Blob): Promise<Shrunk> {
	if (file.size > mostFileBytes) return { problem: problems.pictureSize };
	let bitmap: ImageBitmap;
	try {
		bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
	} catch {
		return { problem: problems.pictureFile };
	}
	try {
		for (const side of sides) {
			const canvas = drawnAt(bitmap, side);
			if (!canvas) break;
			for (const quality of qualities) {
				const url = written(canvas, quality);
				if (url.length <= mostChars) return { url };
			}
		}
	} finally {
		bitmap.close();
	}
	return { problem: problems.pictureSmall };
}

function drawnAt(bitmap: ImageBitmap, side: number): HTMLCanvasElement | null {
	const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.round(bitmap.width * scale));
	canvas.height = Math.max(1, Math.round(bitmap.height * scale));
	const context = canvas.getContext("2d");
	if (!context) return null;
	// What is transparent becomes white: JPEG knows no transparency.
	context.fillStyle = "#ffffff";
	context.fillRect(0, 0, canvas.width, canvas.height);
	context.imageSmoothingQuality = "high";
	context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
	return canvas;
}

/** WebP is smaller; a browser that cannot write it answers with a PNG, and then JPEG is taken. */
function written(canvas: HTMLCanvasElement, quality: number): string {
	const url = canvas.toDataURL("image/webp", quality);
	return url.startsWith("data:image/webp") ? url : canvas.toDataURL("image/jpeg", quality);
}
