import { isWide } from '../text/display-cells.ts';

/*
 * Tables printed by `Format-Table`: a line of names, a line of hyphens below it, then rows. Only the hyphens show where
 * columns are, since values may contain spaces.
 */

interface TableText {
  /** Column names in order; truncated names end in an ellipsis. */
  names: string[];
  rows: { line: number; cells: string[] }[];
  /** Whether some text crosses a column boundary, so that a value may be in the wrong column. */
  overlaps: boolean;
}

interface Lines {
  from: number;
  texts: readonly string[];
}

export function isRule(text: string): boolean {
  let hyphens = 0;
  for (const character of text)
    if (character === '-') hyphens += 1;
    else if (character !== ' ') return false;
  return hyphens > 0;
}

/** Whether a line has text only below the second and later groups of hyphens, as the rest of a wrapped name does. */
export function isBelowLater(text: string, rule: string): boolean {
  const first = rule.indexOf(' ', rule.search(/-/u));
  return text.trim() !== '' && first > 0 && text.slice(0, first).trim() === '';
}

export function columnCount(rule: string): number {
  return listGroups(listCells(rule, 'cells')).length;
}

interface TableHead {
  /** Number of lines of hyphens: more than one if a narrow console wrapped every line. */
  rules: number;
  /**
   * Number of lines of names: more than one if columns are narrower than their names; always one if there are several
   * lines of hyphens.
   */
  names: number;
}

/** Returns `undefined` if the rows do not fit the hyphens. */
export function tableText({ from, texts }: Lines, { rules, names }: TableHead): TableText | undefined {
  const more = texts.slice(1, names).map((text) => listCells(text, 'cells'));
  const rest = [...texts.slice(0, 1), ...texts.slice(names)];
  const lines = rules === 1 ? rest : unbroken(texts, rules);
  if (lines === undefined) return undefined;
  const hasWide = lines.some((text) => [...text].some(isWide));
  const inCells = split(lines, 'cells');
  // Output redirected to a file is aligned by characters, output on the screen by cells.
  const other = hasWide && inCells.overlaps ? split(lines, 'characters') : inCells;
  const chosen = other.overlaps ? inCells : other;
  const heads = [chosen.head, ...more.map(chosen.cut)];
  return {
    names: chosen.head.map((_, index) => heads.map((head) => head[index] ?? '').join('')),
    overlaps: chosen.overlaps,
    rows: joinRows(chosen).map(({ at, cells }) => ({ line: from + (names - 1) + (2 + at) * rules, cells })),
  };
}

function unbroken(texts: readonly string[], rules: number): string[] | undefined {
  if (texts.length % rules !== 0) return undefined;
  const width = Math.max(...texts.map(measureCells));
  const lines: string[] = [];
  for (let at = 0; at < texts.length; at += rules) {
    const parts = texts.slice(at, at + rules).map((text, index) => {
      return index === rules - 1 ? text : text + ' '.repeat(width - measureCells(text));
    });
    lines.push(parts.join(''));
  }
  return lines;
}

type Measure = 'cells' | 'characters';

/** Lists the terminal cells of a text; the second cell of a wide character is empty. */
function listCells(text: string, measure: Measure): string[] {
  const cells: string[] = [];
  for (const character of text) {
    cells.push(character);
    if (measure === 'cells' && isWide(character)) cells.push('');
  }
  return cells;
}

interface Group {
  from: number;
  to: number;
}

function listGroups(rule: readonly string[]): Group[] {
  const groups: Group[] = [];
  rule.forEach((character, at) => {
    const last = groups.at(-1);
    if (character !== '-') return;
    if (last?.to === at) last.to = at + 1;
    else groups.push({ from: at, to: at + 1 });
  });
  return groups;
}

interface Split {
  cut: (cells: readonly string[]) => string[];
  head: string[];
  rows: string[][];
  overlaps: boolean;
  /** Width of each column in cells; the last is as wide as its longest text. */
  widths: number[];
}

function split(lines: readonly string[], measure: Measure): Split {
  const [head = [], rule = [], ...rows] = lines.map((text) => listCells(text, measure));
  const { starts, overlaps } = getColumns(listGroups(rule), [head, ...rows]);
  const cut = (cells: readonly string[]): string[] =>
    starts.map((start, index) =>
      cells
        .slice(start, starts[index + 1])
        .join('')
        .trim(),
    );
  const texts = rows.map(cut);
  const named = cut(head);
  const longest = [named, ...texts].reduce((most, row) => Math.max(most, measureCells(row.at(-1) ?? '')), 0);
  return {
    cut,
    head: named,
    rows: texts,
    overlaps,
    widths: starts.map((start, index) => {
      const next = starts[index + 1];
      return next === undefined ? longest : next - start - 1;
    }),
  };
}

/**
 * Finds where each column begins: between two groups of hyphens, at the last position that is blank in all lines. Text
 * begins directly below its hyphens; numbers end there and may start further left than their column name.
 */
function getColumns(
  groups: readonly Group[],
  lines: readonly (readonly string[])[],
): { starts: number[]; overlaps: boolean } {
  let overlaps = false;
  const starts = groups.map(({ from }, index) => {
    const before = groups[index - 1];
    if (before === undefined) return 0;
    const taken = new Uint8Array(from - before.to);
    for (const cells of lines)
      for (let at = before.to; at < Math.min(from, cells.length); at += 1)
        if (cells[at] !== ' ') taken[at - before.to] = 1;
    const blank = taken.lastIndexOf(0);
    if (blank >= 0) return before.to + blank + 1;
    overlaps = true;
    return from;
  });
  return { starts, overlaps };
}

function joinRows({ rows, widths }: Split): { at: number; cells: string[] }[] {
  const whole: { at: number; cells: string[]; last: string[] }[] = [];
  const isWrapped = !rows.some((cells) => cells.some((cell, index) => isTruncated(cell, widths[index] ?? 0)));
  rows.forEach((cells, at) => {
    const row = whole.at(-1);
    const isRest = row !== undefined && (cells[0] === '' || (isWrapped && isContinuation(cells, row.last, widths)));
    if (row === undefined || !isRest) {
      whole.push({ at, cells: [...cells], last: cells });
      return;
    }
    cells.forEach((cell, index) => {
      if (cell === '') return;
      const before = row.cells[index] ?? '';
      const gap = isBrokenWord(row.last[index] ?? '', cell, widths[index] ?? 0) ? '' : ' ';
      row.cells[index] = before === '' ? cell : before + gap + cell;
    });
    row.last = cells;
  });
  return whole;
}

/** Whether a cell was truncated. A table that truncates long values does not wrap them. */
function isTruncated(cell: string, width: number): boolean {
  return /(?:\.\.\.|…)$/u.test(cell) && measureCells(cell) >= width;
}

/**
 * Whether a line whose first column is not empty continues the previous row: some value is missing, and the others are
 * prose that did not fit above (single words may fill a column by chance).
 */
function isContinuation(cells: readonly string[], before: readonly string[], widths: readonly number[]): boolean {
  const going = [...cells.keys()].filter((index) => cells[index] !== '');
  if (going.length === cells.length) return false;
  const isProse = going.some((index) => before[index]?.includes(' '));
  return isProse && going.every((index) => hadNoRoom(cells[index], before[index], widths[index]));
}

function hadNoRoom(below = '', above = '', width = 0): boolean {
  return above !== '' && measureCells(above) + 1 + measureCells(firstWord(below)) > width;
}

/** Whether the console broke a word, which it does only if the word is longer than its column. */
function isBrokenWord(above: string, below: string, width: number): boolean {
  const lastWord = above.slice(above.lastIndexOf(' ') + 1);
  return measureCells(above) >= width && measureCells(lastWord) + measureCells(firstWord(below)) > width;
}

function firstWord(text: string): string {
  return text.split(' ', 1)[0] ?? '';
}

export function measureCells(text: string): number {
  return listCells(text, 'cells').length;
}
