/*
 * A table of a million rows is taller than Chromium can lay out. Therefore a shorter element scrolls, and its positions
 * are scaled.
 */

/**
 * Chromium lays out at most 2^25 device pixels, which is 6.7 million at 500%. Source:
 * third_party/blink/renderer/platform/geometry/layout_unit.h.
 */
export const MOST_SCROLLED_PX = 5_000_000;
/** Near either end, scrolling is unscaled, so that no row is skipped. */
const EXACT_PX = 100_000;
/** A wheel scrolls less than this in a frame; the smallest move of the thumb is more. */
export const FINE_PX = 2_000;

export interface ScrolledRows {
  rowsPx: number;
  viewPx: number;
}

export function scrollHeightPx(rowsPx: number): number {
  return Math.min(rowsPx, MOST_SCROLLED_PX);
}

/** Maps a scroll position to a position among the rows, monotonically. */
export function mapToRows(scrollPx: number, rows: ScrolledRows): number {
  const { most, mostScroll, scale } = ends(rows);
  if (scrollPx <= EXACT_PX) return scrollPx;
  if (scrollPx >= mostScroll - EXACT_PX) return most - (mostScroll - scrollPx);
  return EXACT_PX + (scrollPx - EXACT_PX) * scale;
}

export function mapToScroll(rowsPx: number, rows: ScrolledRows): number {
  const { most, mostScroll, scale } = ends(rows);
  if (rowsPx <= EXACT_PX) return rowsPx;
  if (rowsPx >= most - EXACT_PX) return mostScroll - (most - rowsPx);
  return EXACT_PX + (rowsPx - EXACT_PX) / scale;
}

/**
 * Returns the last row position, the last scroll position, and the number of pixels of rows that one scrolled pixel
 * moves between the ends.
 */
function ends({ rowsPx, viewPx }: ScrolledRows): { most: number; mostScroll: number; scale: number } {
  const [most, mostScroll] = [rowsPx - viewPx, scrollHeightPx(rowsPx) - viewPx];
  const scale = rowsPx <= MOST_SCROLLED_PX ? 1 : (most - 2 * EXACT_PX) / (mostScroll - 2 * EXACT_PX);
  return { most, mostScroll, scale };
}
