import { readOwnWords, type StatedFact } from './own-words.ts';

/** Texts that were read once. */
export interface PastedTexts {
  /** The lines of each text. Those of a RenewRevocation are empty, because the texts in an object are no evidence. */
  lines: readonly (readonly string[])[];
  hasObject: boolean;
  /** Facts that a person states, in the order of the texts. */
  facts: readonly StatedFact[];
}

/** Reads pasted texts as `readOwnWords` reads lines. */
export function readPastedTexts(texts: readonly string[], nowMs: number, names?: ReadonlySet<string>): PastedTexts {
  const split = texts.map(setObjectsAside);
  return {
    lines: split.map(({ lines }) => lines),
    hasObject: split.some(({ hasObject }) => hasObject),
    facts: split.flatMap(({ lines }) => readOwnWords(lines, nowMs, names)),
  };
}

/** The forms of YAML and JSON, and of `kubectl describe`. */
const REVOCATION_LINE = /^[\s{"-]*kind"?\s*:\s*"?RenewRevocation\b/iu;
const TOP_FIELD = '(?:api ?version|kind|metadata|spec|status|items|name|namespace|labels|annotations|events) *:';
const OBJECT_LINE = new RegExp(String.raw`^(?:\s|[{}[\]#-]|${TOP_FIELD}|$)`, 'iu');
const FIELD = new RegExp(String.raw`^(?:\s+(?:- )?["'\w.-]+ *:|${TOP_FIELD})`, 'iu');

/** Empties the lines of each RenewRevocation. */
function setObjectsAside(text: string): { lines: string[]; hasObject: boolean } {
  const all = text.split(/\r\n|\n|\r/u);
  const lines = [...all];
  let hasObject = false;
  // A blank line ends the object unless another field follows.
  const continues = (at: number, step: number): boolean =>
    OBJECT_LINE.test(all[at] ?? 'end') && (all[at]?.trim() !== '' || FIELD.test(all[at + step] ?? ''));
  for (const [at, line] of all.entries()) {
    if (!REVOCATION_LINE.test(line) || lines[at] === '') continue;
    hasObject = true;
    for (const step of [1, -1]) for (let next = at; continues(next, step); next += step) lines[next] = '';
  }
  return { lines, hasObject };
}
