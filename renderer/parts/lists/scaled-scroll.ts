/*
 * A table of a million rows is taller than Chromium lays out, so what is scrolled is shorter than its rows. Positions in
 * it are mapped to positions among the rows.
 */

/**
 * Tallest that is scrolled, in pixels; a table up to this height scrolls as it is. Chromium lays out 2^25 device pixels at
 * most, which at 500 % are 6.7 million. Source: third_party/blink/renderer/platform/geometry/layout_unit.h.
 */
export const MOST_SCROLLED_PX = 5_000_000;
/** So far from either end a pixel is a pixel, so that no row there is passed over. */
const EXACT_PX = 100_000;
/** Less than the pixel by which a thumb moves at least, and more than a wheel scrolls in a frame. */
export const FINE_PX = 2_000;

export interface ScrolledRows {
  /** Pixels of all rows. */
  rowsPx: number;
  /** Pixels of them that are in view. */
  viewPx: number;
}

/** Pixels of what is scrolled. */
export function scrolledPx(rowsPx: number): number {
  return Math.min(rowsPx, MOST_SCROLLED_PX);
}

/** The position among the rows for one of the scroll bar; both count pixels from the top, and grow with each other. */
export function toRowsPx(scrollPx: number, rows: ScrolledRows): number {
  const { most, mostScroll, scale } = ends(rows);
  if (scrollPx <= EXACT_PX) return scrollPx;
  if (scrollPx >= mostScroll - EXACT_PX) return most - (mostScroll - scrollPx);
  return EXACT_PX + (scrollPx - EXACT_PX) * scale;
}

/** The position of the scroll bar for one among the rows. */
export function toScrollPx(rowsPx: number, rows: ScrolledRows): number {
  const { most, mostScroll, scale } = ends(rows);
  if (rowsPx <= EXACT_PX) return rowsPx;
  if (rowsPx >= most - EXACT_PX) return mostScroll - (most - rowsPx);
  return EXACT_PX + (rowsPx - EXACT_PX) / scale;
}

/** The last positions of both, and how many pixels of rows one pixel between the ends stands for. */
function ends({ rowsPx, viewPx }: ScrolledRows): { most: number; mostScroll: number; scale: number } {
  const [most, mostScroll] = [rowsPx - viewPx, scrolledPx(rowsPx) - viewPx];
  const scale = rowsPx <= MOST_SCROLLED_PX ? 1 : (most - 2 * EXACT_PX) / (mostScroll - 2 * EXACT_PX);
  return { most, mostScroll, scale };
}
