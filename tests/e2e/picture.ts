import type { Locator, Page } from '@playwright/test';

/*
 * Reads the timeline as a person does: dates from the labels of its axis, ends from the colours of its pixels. Apart
 * from the positions below, this code is independent of how the timeline is drawn.
 */

/** The labels of the axis are above this height, each slightly to the right of its instant. */
const AXIS_PX = 28;
const LABEL_PX = 4;
/** Distance below the middle of a lane at which the mark of an end has its plain colour. */
const BELOW_MIDDLE_PX = 3;
/** Time zone of the console. */
const ZONE = 'GMT+0900';
/** The labels omit the year; the first label is at most this far in the past. */
const EARLIEST_MS = -60 * 24 * 60 * 60 * 1000;

const LABEL = /^(?:(?:\d+ )?[A-Z][a-z]{2}|\d{4}|now)$/u;

interface DrawnText {
  text: string;
  x: number;
  y: number;
}

/** The relation between dates and pixels, derived from the labels of the axis. */
export interface Scale {
  msPerPx: number;
  dateAt(px: number): number;
  pixelAt(ms: number): number;
}

declare global {
  interface Window {
    drawnTexts?: DrawnText[];
  }
}

/** Starts recording the texts of each frame, which replace those of the previous frame. */
export async function watchPicture(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const draw = Object.getOwnPropertyDescriptor(prototype, 'fillText')?.value as typeof prototype.fillText;
    let isSameFrame = false;
    prototype.fillText = function (text, x, y) {
      if (!isSameFrame) window.drawnTexts = [];
      isSameFrame = true;
      queueMicrotask(() => (isSameFrame = false));
      const { canvas } = this;
      const place = this.getTransform().transformPoint({ x, y });
      const ratio = canvas.width / canvas.clientWidth;
      window.drawnTexts?.push({ text, x: place.x / ratio, y: place.y / ratio });
      draw.call(this, text, x, y);
    };
  });
}

export function readTexts(page: Page): Promise<DrawnText[]> {
  return page.evaluate(() => window.drawnTexts ?? []);
}

/** Derives the scale from the labels of the axis. Throws if a label disagrees with it. */
export async function readScale(page: Page): Promise<Scale> {
  const texts = await readTexts(page);
  let after = Date.now() + EARLIEST_MS;
  const labels = texts
    .filter(({ text, y }) => y < AXIS_PX && LABEL.test(text))
    .sort((one, other) => one.x - other.x)
    .map(({ text, x }) => ({ px: x - LABEL_PX, ms: text === 'now' ? Date.now() : (after = firstAfter(after, text)) }));
  const [first, last] = [labels[0], labels.at(-1)];
  if (first === undefined || last === undefined || first === last) throw new Error('no two instants on the axis');
  const msPerPx = (last.ms - first.ms) / (last.px - first.px);
  const pixelAt = (ms: number): number => first.px + (ms - first.ms) / msPerPx;
  for (const { px, ms } of labels)
    if (Math.abs(pixelAt(ms) - px) > 1) throw new Error(`${new Date(ms).toISOString()} is not where the others say`);
  return { msPerPx, pixelAt, dateAt: (px) => first.ms + (px - first.px) * msPerPx };
}

/** Finds the first instant at or after `afterMs` that a label such as `2027`, `Feb` or `14 Feb` can mean. */
function firstAfter(afterMs: number, label: string): number {
  if (/^\d{4}$/u.test(label)) return Date.parse(`1 Jan ${label} 00:00 ${ZONE}`);
  const day = label.includes(' ') ? label : `1 ${label}`;
  const year = new Date(afterMs).getUTCFullYear();
  const dates = [year, year + 1].map((each) => Date.parse(`${day} ${each} 00:00 ${ZONE}`));
  return dates.find((ms) => ms >= afterMs) ?? Number.NaN;
}

/**
 * Finds the positions of the painted ends in the lanes of this name, from top to bottom, in pixels; `Infinity` for a
 * lane without an end.
 */
export async function readLaneEnds(picture: Locator, name: string): Promise<number[]> {
  const page = picture.page();
  const lanes = (await readTexts(page)).filter(({ text, y }) => y > AXIS_PX && text.startsWith(name));
  const rows = lanes.map(({ y }) => Math.round(y) + BELOW_MIDDLE_PX).sort((one, other) => one - other);
  return picture.locator('canvas').evaluate((element: HTMLCanvasElement, rowsPx) => {
    const ratio = element.width / element.clientWidth;
    const context = element.getContext('2d');
    const wanted = document.createElement('canvas').getContext('2d');
    if (context === null || wanted === null) throw new Error('no picture');
    wanted.fillStyle = getComputedStyle(element).getPropertyValue('--state-expired');
    wanted.fillRect(0, 0, 1, 1);
    const [red, green, blue] = wanted.getImageData(0, 0, 1, 1).data;
    return rowsPx.map((row) => {
      const { data, width } = context.getImageData(0, row * ratio, element.width, 1);
      const columns = Array.from({ length: width }, (_, column) => column).filter(
        (column) => data[column * 4] === red && data[column * 4 + 1] === green && data[column * 4 + 2] === blue,
      );
      const [first, last] = [columns[0], columns.at(-1)];
      return first === undefined || last === undefined ? Infinity : (first + last + 1) / 2 / ratio;
    });
  }, rows);
}
