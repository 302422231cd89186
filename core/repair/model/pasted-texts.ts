import { listFacts, readOwnWords, type StatedFact } from './own-words.ts';

/** The result of reading pasted texts, which happens only once. */
export interface PastedTexts {
  /** The lines of each text. Those of a RenewRevocation are empty, because text in an object is not evidence. */
  lines: readonly (readonly string[])[];
  hasObject: boolean;
  /** Facts that a person states, in the order of the texts, without contradictions about layers. */
  facts: readonly StatedFact[];
  /** The clusters that facts, commands, files or machines name, in lower case. */
  named: ReadonlySet<string>;
}

/** Reads pasted texts. `nowMs` and `names` are those of `readOwnWords`. */
export function readPastedTexts(texts: readonly string[], nowMs: number, names?: ReadonlySet<string>): PastedTexts {
  const split = texts.map(setObjectsAside);
  const all = split.flatMap(({ lines }) => readOwnWords(lines, nowMs, names));
  const found = listFacts(all, 'found');
  // Contradictory statements about the same layer of the same clusters cancel each other.
  const facts = all.filter(
    (one) =>
      one.field !== 'found' ||
      !found.some(({ of, is, about }) => of === one.of && is !== one.is && mayMeetIn(about, one.about)),
  );
  const lines = names === undefined || names.size === 0 ? [] : split.flatMap((each) => each.lines);
  const words = lines.flatMap((line) =>
    [...line.matchAll(IN_COMMAND)].map(([, named, machine]) => (named ?? machine ?? '').toLowerCase()),
  );
  const stated = facts.flatMap(({ about }) => (about === 'all' ? [] : about));
  return {
    lines: split.map((each) => each.lines),
    hasObject: split.some(({ hasObject }) => hasObject),
    facts,
    named: new Set([...stated, ...words.filter((word) => names?.has(word))]),
  };
}

/** Returns whether two statements may be about one cluster. */
function mayMeetIn(one: StatedFact['about'], other: StatedFact['about']): boolean {
  return (
    one === 'all' ||
    other === 'all' ||
    one.length === 0 ||
    other.length === 0 ||
    one.some((name) => other.includes(name))
  );
}

/** The name of a cluster in a parameter, in the name of a kubeconfig, or in that of a control-plane machine. */
const IN_COMMAND =
  /(?<![\w-])(?:-(?:cluster)?name[ :]+|--cluster[ =]|(?<=[\\/ =])(?:kube)?config-)["']?([a-z\d][\w.-]{0,62})|(?<![\w.-])([a-z\d][\w-]{0,62})-control-plane-/giu;

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
