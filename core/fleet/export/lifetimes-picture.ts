import type { Assessment } from '../../expiry/model/assess.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../shared/instant.ts';
import { escapeHtml } from '../../formats/html.ts';
import { STATE_SHAPES } from '../../expiry/export/state-look.ts';
import type { ReportWords } from '../../plan/export/report-words.ts';

interface Lane {
  first: Assessment;
  count: number;
}

const WIDTH = 1_000;
const NOW_X = 220;
const HEIGHT = 18;
/** Lifetimes range from hours to years, so the scale is logarithmic in both directions. */
const FIRST_MS = 12 * HOUR_MS;
const PAST_MS = 400 * DAY_MS;
const FUTURE_MS = 4_000 * DAY_MS;
const TICKS = [-30 * DAY_MS, 4 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS, 3_650 * DAY_MS];

export const PICTURE_STYLE = `
table.lives{table-layout:fixed}table.lives td{padding-top:0;padding-bottom:0;border-bottom:1px solid #ececec;vertical-align:middle;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
table.lives th{padding-top:0}table.lives svg{display:block;width:100%;height:18px}
.lives .what{width:30%}.lives .drawn{width:37%;padding-right:0}.lives .end{width:22%}.lives .rest{width:11%;padding-right:0}
.axis{position:relative;height:15px;font-weight:400;font-size:.82em;color:#5c5c5c}.axis span{position:absolute;top:0;transform:translateX(-50%);white-space:nowrap}.axis span:last-child{transform:translateX(-90%)}.axis .now{color:#1b1b1b;font-weight:600}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
`;

/**
 * Draws lifetimes on one scale. The table rows also state them in words, for screen readers and for people who cannot
 * distinguish the greys. Draws at most `most` lanes and lists the rest below.
 */
export function lifetimesPicture(
  lives: readonly Assessment[],
  { words, nowMs, most }: { words: ReportWords; nowMs: number; most: number },
): string {
  const lanes = listLanes(lives);
  const shown = lanes.length > most ? lanes.slice(0, most - 1) : lanes;
  const hidden = lanes.slice(shown.length);
  const ticks = TICKS.map((ms) => `<span style="left:${percent(ms)}">${escapeHtml(words.span(Math.abs(ms)))}</span>`);
  const head = [
    `<th scope="col" class="what">${words.html('management.lives.what')}</th>`,
    `<th scope="col" class="drawn"><span class="spoken">${words.html('management.lives.drawn')}</span><div class="axis" aria-hidden="true"><span class="now" style="left:${percent(0)}">${words.html('time.now')}</span>${ticks.join('')}</div></th>`,
    `<th scope="col" class="end number">${words.html('management.lives.end')}</th>`,
    `<th scope="col" class="rest number">${words.html('column.left')}</th>`,
  ];
  const left = hidden.reduce((sum, { count }) => sum + count, 0);
  const [next] = hidden;
  const note =
    next === undefined
      ? ''
      : `<p class="meta">${words.html('management.lives.more', { count: left, date: endText(next.first, words) })}</p>`;
  return `<table class="lives"><thead><tr>${head.join('')}</tr></thead><tbody>
${shown.map((lane) => laneHtml(lane, words, nowMs)).join('\n')}
</tbody></table>
<p class="meta">${words.html('management.lives.key')}</p>${note}`;
}

function listLanes(lives: readonly Assessment[]): Lane[] {
  const lanes = new Map<RoleId, Lane>();
  for (const one of lives) {
    const lane = lanes.get(one.row.role);
    if (lane === undefined) lanes.set(one.row.role, { first: one, count: 1 });
    else lane.count += 1;
  }
  return [...lanes.values()];
}

function laneHtml({ first, count }: Lane, words: ReportWords, nowMs: number): string {
  const { row, state, renewalDueMs, expiredMs } = first;
  const several = count === 1 ? '' : ` ${words.html('management.lives.count', { count })}`;
  const spoken = [
    row.notBeforeMs === undefined ? [] : words.html('management.lives.from', { date: words.moment(row.notBeforeMs) }),
    renewalDueMs === undefined ? [] : words.html('management.lives.due', { date: words.moment(renewalDueMs) }),
  ]
    .flat()
    .join(' ');
  const left = expiredMs === undefined ? '' : words.spanTo(expiredMs);
  const isOver = expiredMs !== undefined && expiredMs <= nowMs;
  return `<tr><td class="what"><span class="${state}">${STATE_SHAPES[state]}<span class="spoken"> ${words.html(`state.${state}`)}: </span></span> ${escapeHtml(words.role(row.role))}${several}</td><td class="drawn">${barSvg(first, nowMs)}<span class="spoken">${spoken}</span></td><td class="end number">${endHtml(first, words)}</td><td class="rest number">${isOver ? words.html('management.lives.over') : escapeHtml(left)}</td></tr>`;
}

function endText({ expiredMs }: Assessment, words: ReportWords): string {
  return expiredMs === undefined ? words.text('column.no-end') : words.moment(expiredMs - SECOND_MS);
}

function endHtml(one: Assessment, words: ReportWords): string {
  const assumed = `≈<span class="spoken"> (${words.html('report.assumed')})</span> `;
  return `${one.row.assumed ? assumed : ''}${escapeHtml(endText(one, words))}`;
}

/** Draws the past as a thin bar, the future as a thick bar, and the end as an upright bar. */
function barSvg({ row, renewalDueMs, expiredMs }: Assessment, nowMs: number): string {
  const grid = TICKS.map(timePosition).map((x) => upright(x, '#dcdcdc'));
  const now = upright(NOW_X, '#1b1b1b');
  if (expiredMs === undefined) return svg([...grid, now]);
  const start = timePosition(row.notBeforeMs === undefined ? 0 : row.notBeforeMs - nowMs);
  const end = Math.max(timePosition(expiredMs - nowMs), start + 3);
  const passed = Math.min(Math.max(NOW_X, start), end);
  const parts = [
    rect(start, passed, { y: 6, height: 6, fill: '#c8c8c8' }),
    rect(passed, end, { y: 4, height: 10, fill: '#4f4f4f' }),
    rect(end - 4, end, { y: 2, height: 14, fill: '#1b1b1b' }),
  ];
  const due = renewalDueMs === undefined ? undefined : timePosition(renewalDueMs - nowMs);
  if (due !== undefined && due > start && due < end - 6) {
    parts.push(rect(due - 4, due + 4, { y: 1, height: 16, fill: '#ffffff' }));
    parts.push(rect(due - 2, due + 2, { y: 1, height: 16, fill: '#1b1b1b' }));
  }
  return svg([...grid, ...parts, now]);
}

/** Draws a line as high as the row, so that the lines of adjacent rows join. */
function upright(x: number, fill: string): string {
  return rect(x - 1, x + 1, { y: 0, height: HEIGHT, fill });
}

function svg(parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>`;
}

function rect(from: number, to: number, { y, height, fill }: { y: number; height: number; fill: string }): string {
  if (to <= from) return '';
  return `<rect x="${from.toFixed(1)}" y="${y}" width="${(to - from).toFixed(1)}" height="${height}" fill="${fill}"/>`;
}

function percent(ms: number): string {
  return `${((timePosition(ms) / WIDTH) * 100).toFixed(2)}%`;
}

function timePosition(ms: number): number {
  const share = (length: number, most: number): number =>
    Math.min(1, Math.log(1 + length / FIRST_MS) / Math.log(1 + most / FIRST_MS));
  return ms < 0 ? NOW_X * (1 - share(-ms, PAST_MS)) : NOW_X + (WIDTH - NOW_X) * share(ms, FUTURE_MS);
}
