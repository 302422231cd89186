import { readOwnWords, type StatedFact } from './own-words.ts';

/** The result of reading pasted texts, which happens only once. */
export interface PastedTexts {
  /** The lines of each text. Those of a RenewRevocation are empty, because text in an object is not evidence. */
  lines: readonly (readonly string[])[];
  hasObject: boolean;
  /** Facts that a person states, in the order of the texts. They may contradict each other; see `listAgreed`. */
  facts: readonly StatedFact[];
  /** The clusters that facts name, and the only one that commands, files or machines name; in lower case. */
  named: ReadonlySet<string>;
  /** Whether a command, file or machine shows that the texts are about a cluster of the inventory. */
  isOurs: boolean;
}

/** Reads pasted texts. `nowMs` and `names` are those of `readOwnWords`. */
export function readPastedTexts(texts: readonly string[], nowMs: number, names?: ReadonlySet<string>): PastedTexts {
  const split = texts.map(setObjectsAside);
  const facts = split.flatMap(({ lines }) => readOwnWords(lines, nowMs, names));
  const stated = facts.flatMap(({ about }) => (about === 'all' ? [] : about));
  const lines = names === undefined || names.size === 0 ? [] : split.flatMap((each) => each.lines);
  const found = lines.flatMap((line) =>
    [...line.matchAll(SHOWN)].flatMap(([, ...parts]) => parts.map((part = '') => part.toLowerCase())),
  );
  const shown = new Set(found.flatMap((name) => [name, name.replace(ENDING, '')]).filter((name) => names?.has(name)));
  // A list of machines or several commands do not show which cluster an error is about.
  const own = shown.size === 1 ? [...shown] : [];
  return {
    lines: split.map((each) => each.lines),
    hasObject: split.some(({ hasObject }) => hasObject),
    facts,
    named: new Set([...stated, ...own]),
    isOurs: shown.size > 0,
  };
}

/** A cluster in a cmdlet of this product, in the kubeconfig of a command, or in the name of a control-plane machine. */
const SHOWN =
  /\b[a-z]+-(?:aks|moc|kva)\w*\b[^|;]{0,200}? -(?:cluster)?name[ :]+["']?([a-z\d][\w.-]{0,62})|(?:--kubeconfig[ =]|-configPath[ :]+|\bKUBECONFIG\b["']? ?[=:] ?)(?:["'][^"'|;]{0,200}?|\([^|;]{0,200}?|\S{0,200}?)config-([a-z\d][\w.-]{0,80})|(?<![\w.-])([a-z\d][\w-]{0,62})-control-plane-/giu;
/** A file extension, or the time in a folder that a plan suggests. */
const ENDING = /(?:\.(?:ya?ml|conf|kubeconfig|txt)|-\d[\d-]{5,}|\.)$/iu;

/** Matches YAML, JSON and the output of `kubectl describe`. */
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
