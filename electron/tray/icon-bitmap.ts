/** Icons drawn in code need no file and are sharp at every size. */

export type IconColour = readonly [red: number, green: number, blue: number];

/** Colours that are visible on light and dark taskbars. */
export const ICON_COLOURS = {
  calm: [88, 122, 168],
  attention: [202, 80, 16],
  expired: [196, 43, 28],
} as const satisfies Record<string, IconColour>;

const WHITE: IconColour = [255, 255, 255];
/** On the grid of the smallest icon, edges are sharp at all sizes. */
const PIXEL = 1 / 16;
const WIDTH = 7 * PIXEL;
/** Samples per pixel in each direction. */
const SAMPLES = 4;

/** Digits as rows of 3 bits. */
const DIGITS: Record<string, readonly number[]> = {
  '0': [7, 5, 5, 5, 7],
  '1': [2, 6, 2, 2, 7],
  '2': [7, 1, 7, 4, 7],
  '3': [7, 1, 7, 1, 7],
  '4': [5, 5, 7, 1, 1],
  '5': [7, 4, 7, 1, 7],
  '6': [7, 4, 7, 5, 7],
  '7': [7, 1, 1, 2, 2],
  '8': [7, 5, 7, 5, 7],
  '9': [7, 5, 7, 1, 7],
  '+': [0, 2, 7, 2, 0],
};

/** Coordinates are from 0 to 1; `undefined` is transparent. */
type Drawing = (x: number, y: number) => IconColour | undefined;

/** Returns `size` × `size` pixels, BGRA with premultiplied alpha. */
export function shieldBitmap(size: number, colour: IconColour): Uint8Array {
  return rasterise(size, (x, y) => {
    const [across, down] = [x - 0.5, y];
    const half = down < 0.5 ? WIDTH : WIDTH * Math.sqrt(Math.max(0, 1 - ((down - 0.5) / 0.46) ** 2));
    if (down < PIXEL || Math.abs(across) > half) return undefined;
    const isHand =
      (Math.abs(across) < PIXEL && down > 3 * PIXEL && down < 9 * PIXEL) ||
      (Math.abs(down - 0.5) < PIXEL && across > -PIXEL && across < 4 * PIXEL);
    return isHand ? WHITE : colour;
  });
}

/** Draws `9+` above 99. */
export function badgeBitmap(size: number, count: number, colour: IconColour): Uint8Array {
  const text = count > 99 ? '9+' : String(count);
  const cell = text.length === 1 ? 0.13 : 0.1;
  const width = (text.length * 4 - 1) * cell;
  return rasterise(size, (x, y) => {
    if ((x - 0.5) ** 2 + (y - 0.5) ** 2 > 0.25) return undefined;
    const column = Math.floor((x - 0.5 + width / 2) / cell);
    const row = Math.floor((y - 0.5 + 2.5 * cell) / cell);
    const bits = DIGITS[text[Math.floor(column / 4)] ?? '']?.[row] ?? 0;
    const isInk = column >= 0 && row >= 0 && column % 4 < 3 && ((bits >> (2 - (column % 4))) & 1) === 1;
    return isInk ? WHITE : colour;
  });
}

function rasterise(size: number, drawing: Drawing): Uint8Array {
  const pixels = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) pixels.set(readPixel(drawing, x, y, size), (y * size + x) * 4);
  return pixels;
}

function readPixel(drawing: Drawing, x: number, y: number, size: number): number[] {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
    const along = (sample % SAMPLES) + 0.5;
    const down = Math.floor(sample / SAMPLES) + 0.5;
    const colour = drawing((x + along / SAMPLES) / size, (y + down / SAMPLES) / size);
    if (colour === undefined) continue;
    const [red, green, blue] = colour;
    [blue, green, red, 255].forEach((part, at) => (sum[at] = (sum[at] ?? 0) + part));
  }
  return sum.map((part) => Math.round(part / (SAMPLES * SAMPLES)));
}
