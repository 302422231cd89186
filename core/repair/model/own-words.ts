import type { TriageId } from '../../knowledge/model/triage.ts';
import { DAY_MS, HOUR_MS } from '../../shared/instant.ts';
import { skipPrefixes } from './normalised-text.ts';
import { PRINTED } from './speaker.ts';
import { findDate, MONTHS } from './text-time.ts';

/*
 * Reads facts that a person states in English or Japanese. Lines that a program printed, conditions and denials do not
 * state facts.
 */

/** `line` is 1-based. */
export interface StatedFact<T> {
  value: T;
  line: number;
}

/** A command that had no effect. */
export interface TriedCommand {
  /** The cmdlet and its switches, in lower case. */
  words: readonly string[];
  cluster?: string;
}

export interface OwnWords {
  offHours?: StatedFact<number>;
  daysSinceUpdate?: StatedFact<number>;
  found: Partial<Record<TriageId, StatedFact<'works' | 'fails'>>>;
  tried: readonly StatedFact<TriedCommand>[];
  restart?: StatedFact<true>;
}

/** Longer lines are not sentences. */
const LONGEST_LINE = 1_000;
/** Longer texts are not a person's message. */
const MOST_SENTENCES = 200;

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const KANJI = '一二三四五六七八九十';
const HOURS_PER_DAY = DAY_MS / HOUR_MS;
const UNITS: readonly [string, number][] = [
  ['hours?|時間', 1],
  ['days?|日間?', HOURS_PER_DAY],
  ['weeks?|週間', 7 * HOURS_PER_DAY],
  ['months?|[かヶカ箇]月間?', 30 * HOURS_PER_DAY],
];
const MONTH = `(?:${MONTHS.join('|')})[a-z]*`;
const DAY = String.raw`\d\d?(?:st|nd|rd|th)?\b`;
const DATE = String.raw`\d{4} ?[-/年] ?\d\d? ?[-/月] ?\d\d?|\d\d? ?月 ?\d\d? ?日|${DAY} (?:of )?${MONTH}(?: \d{4})?|${MONTH} ${DAY}(?:,? \d{4})?|(?<=since |from )(?:(?:early|mid|late)[ -])?${MONTH}|\d\d? ?月(?=から|以降)`;
/** A length of time or a date. */
const AMOUNT = String.raw`(?:(?<over>over |more than |at least )?(?:about |almost |nearly |around |the (?:last |past )?|約)?(?:(?<number>\d{1,4}|an?|${NUMBERS.join('|')}|[${KANJI}])[ -]?(?<unit>${UNITS.map(([unit]) => unit).join('|')})(?![a-z])(?<more>以上|を?超え)?|(?<date>${DATE})))`;

const OFF = String.raw`(?:(?:switched|powered|turned|shut) ?(?:off|down)|off(?:line)?|down|without power)\b`;
const OFF_JA = '(?:停止|シャットダウン|電源.{0,3}(?:切|落|オフ)|止ま|止め|オフ)';
const UPDATED = String.raw`up(?:dated?|graded?)\b`;
const UPDATED_JA = '(?:更新|アップデート|アップグレード)';
const NOT_DONE_JA = '(?:し|され|でき)(?:てい?)?(?:な[いか]|ません|おらず)';
const RESTART = String.raw`(?:re(?:boot|start)(?:ing)?)\b`;
const PLANNED = String.raw`(?:planned|scheduled|due|tonight|tomorrow|next \w+|later today)\b`;

const compileAll = (...patterns: readonly string[]): readonly RegExp[] =>
  patterns.map((each) => new RegExp(each, 'iu'));
const OFF_FACTS = compileAll(
  String.raw`\b${OFF}(?:(?!\b(?:after|within|every|until|in)\b).){0,24}?\b${AMOUNT}`,
  String.raw`\b${AMOUNT} (?:of (?:downtime|being ${OFF})|${OFF})`,
  `${AMOUNT}(?!以内|まで|後|ごと|おき)、?(?:[^、。]{0,20}?[がをはも])?.{0,8}?${OFF_JA}`,
  `${OFF_JA}.{0,3}(?:から|て(?!い)).{0,6}?${AMOUNT}`,
);
const UPDATE_FACTS = compileAll(
  String.raw`(?<own>\bnot|n['’]t|\bnever|\blast|\bprevious)\b.{0,16}\b${UPDATED}.{0,24}?\b${AMOUNT}`,
  String.raw`\b${UPDATED} ${AMOUNT} ago`,
  String.raw`\b${AMOUNT} (?:since|without)\b.{0,20}?\b${UPDATED}`,
  String.raw`^\W*${AMOUNT}\W+(?:and )?(?:a )?${RESTART} (?:is )?${PLANNED}`,
  `${AMOUNT}.{0,8}?${UPDATED_JA}(?<own>${NOT_DONE_JA})`,
  `(?:(?:前回|最後|最終)の?${UPDATED_JA}|${UPDATED_JA}から).{0,6}?${AMOUNT}`,
);
const RESTART_FACTS = compileAll(
  String.raw`(?<own>\b(?:will|going to|(?:plan(?:s|ned|ning)?|about|want|intend|have|need) to))\b.{0,24}?\b${RESTART}`,
  String.raw`\b(?:${RESTART}.{0,24}?\b${PLANNED}|${PLANNED} ${RESTART})`,
  '再起動.{0,6}?(?<own>予定|つもり|計画|ようと|たい)(?!.{0,4}(?:な[いく]|ません))',
  '(?:今夜|今晩|明日|明朝|来週|週末|この[あ後]と?).{0,12}?再起動し?(?:する|ます)',
);

const COMMAND = String.raw`\b(?:[a-z]+-(?:aks|moc|kva)\w*(?: +-\w+(?: +(?!-)[\w<>.]+)?){0,5})`;
const COMMANDS = new RegExp(COMMAND, 'giu');
const IN_VAIN = String.raw`(?:no (?:effect|change|difference|success|luck|improvement)|without (?:effect|success)|(?:did|does)(?: not|n['’]t) (?:help|work|fix|change|do any)|same error|still (?:fail|broken|the same|expired)|nothing (?:changed|happened|helped)|to no avail)`;
const IN_VAIN_JA =
  '(?:(?:効果|変化|改善|解決|復旧|回復|直).{0,6}(?:なし|なく|ない|なかった|ません|せず)|変わら|同じエラー|失敗|だめ|ダメ)';
const TRIED_FACTS = compileAll(
  `${COMMAND}[^;]{0,60}?(?<own>${IN_VAIN}|${IN_VAIN_JA})`,
  `(?<own>${IN_VAIN}) (?:after|with|from)[^;]{0,24}?${COMMAND}`,
);

const WORKS = String.raw`(?:now |again )?(?:works?\b|is (?:working|fine|back|up)\b)|.?(?:また|再び|もう|正常に)*(?:動作し|動き|動い|使え|応答し|復旧し)(?:ます|て|た|まし)|.?(?:動く|使える)ように`;
const FAILS = String.raw`(?:still |now )?(?:fails?\b|does(?: not|n['’]t) (?:work|answer|respond)|is(?: not|n['’]t) (?:working|responding)|is (?:down|broken|dead)\b|stopped working)|.?.{0,4}?(?:動作し|動き|動か|使え|応答し)(?:ません|ない|なく)|.?失敗`;
const LAYERS: readonly (readonly [TriageId, RegExp])[] = (
  [
    ['mocctl', 'mocctl|Get-MocNode'],
    ['kvactl', 'kvactl|Get-AksHciCluster'],
    ['logs-and-exec', 'kubectl (?:logs|exec)'],
    ['workload-api-server', String.raw`kubectl(?: get \w+)?|API ?server|API サーバー`],
  ] as const
).map(([id, name]) => [id, new RegExp(String.raw`(?<![\w-])(?:${name}) ?(?:(?<own>${FAILS})|${WORKS})`, 'iu')]);

/** The subject that was off or updated. Without a subject, the fact must begin the sentence. */
const SUBJECT =
  /^[\s\p{P}\d]*(?:and |so |sorry |hi |hello |after |the |our )*$|^\W*(?!windows\b)[a-z\d][\w.-]* (?:has|have|was|were|is|are) (?:been )?$|[^\0-\u{2fff}]|\b(?:clusters?|vms?|machines|nodes?(?! agent)|hosts?|servers|it|we|they|everything|all|environment|deployment|lab|site|plant|system|control plane|aks\S*)\b/iu;
/** A condition, a plan or a denial before or in a fact. */
const UNREAL =
  /\b(?:if|when(?:ever)?|unless|would|will|could|might|may|must|should|can|shall|never|not|no|before)\b|n['’]t\b/iu;
const UNREAL_JA =
  /^[^、。]{0,4}?(?:てい?(?:な[いか]|ません|おらず)|しな[いか]|しません|せず|予定|つもり|場合|たら|れば|すると)/u;

/** Reads the facts in linear time. */
export function readOwnWords(lines: readonly string[], nowMs: number): OwnWords {
  const parts: { text: string; line: number }[] = [];
  for (const [at, original] of lines.entries()) {
    const isSentence = original.length <= LONGEST_LINE && /\p{L}/u.test(original);
    if (!isSentence || /[^\s>|]/u.test(original.slice(0, skipPrefixes(original)))) continue;
    if (PRINTED.some((form) => form.test(original))) continue;
    for (const text of original.normalize('NFKC').split(/(?<=[。!?;])|(?<=\.)\s+(?=[A-Z])/u))
      parts.push({ text, line: at + 1 });
    if (parts.length >= MOST_SENTENCES) break;
  }
  // The next sentence may state the effect of a command.
  const sentences = parts.map(({ text, line }, at) => {
    const next = parts[at + 1];
    const isCommand = /[a-z]-(?:aks|moc|kva)/iu.test(text) && next !== undefined && next.line <= line + 1;
    return { text: isCommand ? `${text} ${next.text}` : text, line };
  });
  const collect = <T>(
    patterns: readonly RegExp[],
    read: (match: RegExpExecArray, text: string) => T | undefined,
  ): StatedFact<T>[] =>
    sentences.flatMap(({ text, line }) => {
      for (const pattern of patterns) {
        const match = pattern.exec(text);
        const value = match === null || isUnreal(match, text) ? undefined : read(match, text);
        if (value !== undefined) return [{ value, line }];
      }
      return [];
    });
  const found: OwnWords['found'] = {};
  for (const [id, pattern] of LAYERS) {
    const [first, ...others] = collect([pattern], ({ groups }) => (groups?.['own'] === undefined ? 'works' : 'fails'));
    if (first !== undefined && others.every(({ value }) => value === first.value)) found[id] = first;
  }
  const [restart] = collect(RESTART_FACTS, () => true as const);
  const [offHours] = collect(OFF_FACTS, (match, text) => readHours(match, text, { nowMs, isRounded: true }));
  const [updated] = collect(UPDATE_FACTS, (match, text) => readHours(match, text, { nowMs, isRounded: false }));
  const daysSinceUpdate = updated && { ...updated, value: updated.value / HOURS_PER_DAY };
  const tried = collect(TRIED_FACTS, ([match]) => match.match(COMMANDS) ?? []).flatMap(({ value, line }) =>
    value.map((command) => ({ value: readCommand(command), line })),
  );
  return { found, tried, restart, offHours, daysSinceUpdate };
}

/** `own` marks a match that itself contains a denial, such as “does not work”. */
function isUnreal({ index, 0: match, groups }: RegExpExecArray, text: string): boolean {
  const before =
    text
      .slice(0, index)
      .split(/[,、:]|\b(?:and|but)\b/u)
      .at(-1) ?? '';
  if (UNREAL.test(before)) return true;
  return groups?.['own'] === undefined
    ? UNREAL.test(match) || UNREAL_JA.test(text.slice(index + match.length))
    : /\b(?:not|never)\b.*\bre(?:boot|start)/iu.test(match);
}

/** People round lengths of time, so “4 days” does not mean more than 4 days. */
function readHours(
  { index, groups = {} }: RegExpExecArray,
  text: string,
  { nowMs, isRounded }: { nowMs: number; isRounded: boolean },
): number | undefined {
  if (!SUBJECT.test(text.slice(0, index))) return undefined;
  const { number, unit = '', over, more, date = '' } = groups;
  if (number === undefined) {
    const sinceMs = readDate(date, nowMs);
    return sinceMs === undefined ? undefined : (nowMs - sinceMs) / HOUR_MS;
  }
  const word = number.toLowerCase();
  const spelled = Math.max(NUMBERS.indexOf(word), KANJI.indexOf(word), 0) + 1;
  const hours = UNITS.find(([name]) => new RegExp(`^(?:${name})$`, 'iu').test(unit))?.[1] ?? 1;
  const least = isRounded && hours > 1 && over === undefined && more === undefined ? HOURS_PER_DAY / 2 : 0;
  return (/^\d/u.test(word) ? Number(word) : spelled) * hours - least;
}

function readDate(date: string, nowMs: number): number | undefined {
  const name = new RegExp(MONTH, 'iu').exec(date)?.[0].slice(0, 3);
  const numbers = date.match(/\d+/gu) ?? [];
  const year = numbers.find(({ length }) => length > 2);
  // A month without a day counts from the 28th, which every month has.
  const [month, day = '28'] = [name ?? [], ...numbers.filter(({ length }) => length < 3)].flat();
  const ms = findDate({ year, month, day }, nowMs);
  return ms !== undefined && ms <= nowMs ? ms : undefined;
}

function readCommand(command: string): TriedCommand {
  const [name = '', ...words] = command.split(/\s+/u);
  const switches = words.filter((word) => /^-(?!name|force)/iu.test(word));
  const cluster = words[words.findIndex((word) => /^-name$/iu.test(word)) + 1];
  const isNamed = cluster !== undefined && /^[^-<]/u.test(cluster);
  return { words: [name, ...switches].map((word) => word.toLowerCase()), ...(isNamed && { cluster }) };
}
