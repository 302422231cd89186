import { describe, expect, test } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import { EXPIRY_STATES } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import type { FleetSummary } from '../../../core/notifications/model/notice.ts';
import { translator } from '../../../core/shared/text/text.ts';
import { badgeBitmap, ICON_COLOURS, shieldBitmap } from '../../../electron/tray/icon-bitmap.ts';
import { attentionIn, getTip } from '../../../electron/tray/tray-text.ts';

/** Draws the opacity of each pixel as a digit from 0 to 9, one line per row. */
function drawRows(pixels: Uint8Array, size: number): string[] {
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (__, x) => Math.round(((pixels[(y * size + x) * 4 + 3] ?? 0) / 255) * 9)).join(''),
  );
}

describe.each([16, 24, 32])('an icon %i pixels wide', (size) => {
  test('has a symmetrical outline and empty corners', () => {
    const rows = drawRows(shieldBitmap(size, ICON_COLOURS.calm), size);
    for (const row of rows) expect([...row].reverse().join('')).toBe(row);
    for (const row of [rows[0], rows.at(-1)]) expect(row?.startsWith('00') && row.endsWith('00')).toBe(true);
    expect(rows[size / 2]).toContain('9');
  });

  test('has no colour value greater than its opacity, as the operating system requires', () => {
    for (const pixels of [shieldBitmap(size, ICON_COLOURS.expired), badgeBitmap(size, 42, ICON_COLOURS.expired)]) {
      const places = Array.from({ length: pixels.length / 4 }, (_, at) => at * 4);
      const tooStrong = places.filter((at) =>
        [0, 1, 2].some((part) => (pixels[at + part] ?? NaN) > (pixels[at + 3] ?? 0)),
      );
      expect(pixels).toHaveLength(size * size * 4);
      expect(tooStrong).toEqual([]);
    }
  });
});

test('draws a different badge for each number, and shows 100 as 9+', () => {
  const badge = (count: number): string => Buffer.from(badgeBitmap(32, count, ICON_COLOURS.attention)).toString('hex');
  const numbers = Array.from({ length: 99 }, (_, at) => badge(at + 1));
  expect(new Set(numbers).size).toBe(99);
  expect(badge(100)).toBe(badge(5_000));
  expect(numbers).not.toContain(badge(100));
});

describe('the tooltip of the icon', () => {
  const counts = Object.fromEntries(EXPIRY_STATES.map((state) => [state, 1])) as FleetSummary['counts'];
  const summary = (name: string): FleetSummary => ({
    clusters: 1,
    credentials: 8,
    counts,
    needs: {
      down: { clusters: 1, cluster: 'retail-east', first: instant('2026-12-01T08:00:00Z') },
      attention: { clusters: 3, cluster: 'nagoya-lab', first: instant('2026-12-03T08:00:00Z') },
    },
    sources: 1,
    sourcesDown: 0,
    nextExpiry: { cluster: 'retail-east', name, role: 'apiserver', notAfter: instant('2026-12-03T08:00:00Z') },
  });
  const english = { translate: translator('en'), language: 'en' } as const;

  test('states how many clusters need action, and which credential expires next', () => {
    expect(attentionIn(summary('a'))).toBe(4);
    const tip = getTip({ summary: summary('kube-apiserver'), ...english });
    expect(tip).toMatch(
      /^Arcwarden: 4 clusters need action\nExpires next: kube-apiserver in retail-east, \d+ Dec 2026 /u,
    );
  });

  test('is cut to the maximum length in Windows', () => {
    const tip = getTip({ summary: summary('あ'.repeat(300)), ...english });
    expect([tip.length, tip.at(-1)]).toEqual([127, '…']);
  });
});
