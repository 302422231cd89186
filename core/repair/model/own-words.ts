import type { TriageId } from '../../knowledge/model/triage.ts';
import { DAY_MS, HOUR_MS } from '../../shared/instant.ts';
import { skipPrefixes } from './normalised-text.ts';
import { PRINTED } from './speaker.ts';
import { findDate } from './text-time.ts';

/*
 * Reads facts that a person states in English or Japanese. Lines that a program printed, conditions, denials, plans,
 * questions and quotations do not state facts. A doubtful sentence states nothing, because a wrong fact leads to a
 * wrong plan, whereas a missing fact only leads to a question.
 */

/** `line` is 1-based. `about`: the clusters that the sentence names, in lower case, or all. */
export type StatedFact = { line: number; about: readonly string[] | 'all' } & (
  | { field: 'offHours'; amount: number }
  | { field: 'daysSinceUpdate'; amount: number }
  | { field: 'found'; of: TriageId; is: 'works' | 'fails' }
  | { field: 'tried'; command: TriedCommand }
  | { field: 'restart' }
);

/** A command that had no effect. */
export interface TriedCommand {
  /** In lower case. */
  cmdlet: string;
  /** The parameters, in lower case. */
  parameters: readonly string[];
  cluster?: string;
}

type FactOf<F extends StatedFact['field']> = Extract<StatedFact, { field: F }>;

export function listFacts<F extends StatedFact['field']>(facts: readonly StatedFact[], field: F): FactOf<F>[] {
  return facts.filter((fact): fact is FactOf<F> => fact.field === field);
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
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b`;
const DAY = String.raw`\d\d?(?:st|nd|rd|th)?\b`;
const DATE = String.raw`\d{4} ?[-/年] ?\d\d? ?[-/月] ?\d\d?|\d\d? ?月 ?\d\d? ?日|${DAY} (?:of )?${MONTH}(?: \d{4})?|${MONTH} ${DAY}(?:,? \d{4})?|(?<=since |from )(?:(?:early|mid|late)[ -])?${MONTH}|\d\d? ?月(?=から|以降)`;
/** A length of time or a date. */
const AMOUNT = String.raw`(?:(?<over>over |more than |at least )?(?:about |almost |nearly |around |the (?:last |past )?|約)?(?:(?<number>\d{1,4}|an?|${NUMBERS.join('|')}|[${KANJI}])[ -]?(?<unit>${UNITS.map(([unit]) => unit).join('|')})(?![a-z])(?<more>以上|を?超え)?|(?<date>${DATE})))`;

const OFF = String.raw`(?:(?:switched|powered|turned|shut) ?(?:off|down)|off(?:line)?|down|without power)\b(?!-| (?:to|by)\b)`;
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
  `${AMOUNT}前に.{0,8}?${UPDATED_JA}(?:し|され)(?:まし)?た`,
);
const RESTART_FACTS = compileAll(
  String.raw`(?<own>\b(?:will|going to|(?:plan(?:s|ned|ning)?|about|want|intend|have|need) to))\b.{0,24}?\b${RESTART}`,
  String.raw`\b(?:${RESTART}.{0,24}?\b${PLANNED}|${PLANNED} ${RESTART})`,
  '再起動.{0,6}?(?<own>予定|つもり|計画|ようと|たい)(?!.{0,4}(?:な[いく]|ません))',
  '(?:今夜|今晩|明日|明朝|来週|週末|この[あ後]と?).{0,12}?再起動し?(?:する|ます)',
);

const ASKS_FOR_RESTART = new RegExp(
  String.raw`\b(?:should|shall|can|could|may|must|ok(?:ay)? to|safe to)\b.{0,24}?\b${RESTART}|再起動(?:し(?:て(?:も|は)?|た方が).{0,4}?(?:いい|良い|よい|よろしい|大丈夫|問題)|す(?:る)?べき)`,
  'iu',
);

const COMMAND = String.raw`\b(?:[a-z]+-(?:aks|moc|kva)\w*(?: +-\w+(?: +(?!-)[\w<>.]+)?){0,5})`;
const COMMANDS = new RegExp(COMMAND, 'giu');
const HAS_COMMAND = /[a-z]-(?:aks|moc|kva)/iu;
const IN_VAIN = String.raw`(?:no (?:effect|change|difference|success|luck|improvement)\b(?! yet)|without (?:effect|success)|(?:did|does)(?: not|n['’]t) (?:help|work|fix|change|do any)|same error|still (?:fail|broken|the same|expired)|nothing (?:changed|happened|helped)|to no avail)`;
const IN_VAIN_JA =
  '(?:(?:効果|変化|改善|解決|復旧|回復|直).{0,6}(?:なし|なく|ない|なかった|ません|せず)|変わら|同じエラー|失敗|だめ|ダメ)';
/** Words between a command and “no effect” that show another outcome, or another subject of “no effect”. */
const OTHER_OUTCOME =
  /\b(?:fixed|works?|worked|working|fine|solved|helped|succeeded|except|instead|until|not|never|yet)\b|\bbut (?!it\b|that\b|this\b|there\b|with\b|nothing\b|no\b|still\b|(?:the )?same\b)|直り|直っ|解決し|成功|予定|つもり|まだ|いません|ません|しないで|前に/iu;
/** Words between commands that share an outcome. */
const JOINED = /^[\s\p{P}+]*(?:and|then|or|と|や|も|および)?[\s\p{P}]*$/iu;
const TRIED_FACTS = compileAll(
  `${COMMAND}(?<between>[^;]{0,60}?)(?<own>${IN_VAIN}|${IN_VAIN_JA})`,
  `(?<own>${IN_VAIN}) (?:after|with|from)(?<between>[^;]{0,24}?)${COMMAND}`,
);

const LEAD = String.raw`^[\s\p{P}]*(?:(?:now|and|but|also|the|here|today|so|yes|ok|meanwhile|でも|しかし|ただし|現在は?|今は|また)[\s,:]*)*`;
const WORKS = String.raw`(?:now |again )?(?:works?\b|is (?:working|fine|back|up)\b)|.?(?:また|再び|もう|正常に)*(?:動作し|動き|動い|使え|応答し|復旧し)(?:ます|て|た|まし)|.?(?:動く|使える)ように`;
const FAILS = String.raw`(?:still |now )?(?:fails?\b|does(?: not|n['’]t) (?:work|answer|respond)|is(?: not|n['’]t) (?:working|responding)|is (?:down|broken|dead)\b|stopped working)|.?.{0,4}?(?:動作し|動き|動か|使え|応答し)(?:ません|ない|なく)|.?失敗`;
/** Matches the rest of the clause, so that “works on node 1” and “works only sometimes” state nothing. */
const TAIL = String.raw`(?:\s+(?:again|now|too|already|today|as well|normally)\b)*(?:[ぁ-ん]{0,8}|\s+with\b.*)[\s\p{P}]*$`;
const LAYERS: readonly (readonly [TriageId, RegExp])[] = (
  [
    ['mocctl', 'mocctl|Get-MocNode'],
    ['kvactl', 'kvactl|Get-AksHciCluster'],
    ['logs-and-exec', 'kubectl (?:logs|exec)'],
    ['workload-api-server', String.raw`kubectl(?: get \w+)?|API ?server|API サーバー`],
  ] as const
).map(([id, name]) => [id, new RegExp(`${LEAD}(?:${name}) ?(?:(?<fails>${FAILS})|${WORKS})${TAIL}`, 'iu')]);
const CLAUSES = /[,、;。.]\s*|\s(?:but|and|while|whereas)\s|(?<=[すた])が、?/iu;

/** The subject that was off or updated. Without a subject, the fact must begin the sentence. */
const SUBJECT =
  /^[\s\p{P}\d]*(?:and |so |sorry |hi |hello |after |the |our )*$|\b(?:clusters?|vms?|machines|nodes?(?! agent)|hosts?|servers|it|we|they|everything|all|environment|deployment|lab|site|plant|system|control plane|aks\S*)\b/iu;
/** Names as the only subject, such as “edge2 and edge3 have been”. */
const NAMED =
  /^\W*([a-z\d][\w.-]*(?:(?:, (?:and )?| and )[a-z\d][\w.-]*){0,9}) (?:has|have|was|were|is|are) (?:been )?$/iu;
const JAPANESE = /[^\0-\u{2fff}]/u;
/** The words before a particle, each of which must be a subject. */
const PHRASES_JA = /([^\s、。はがをもの]+)\s*[はがを](?!超え)/gu;
const SUBJECT_JA =
  /クラスター|ホスト|ノード|VM|仮想|マシン|サーバー|環境|システム|すべて|全|AKS|コントロール|電源|当社|弊社|こちら|ラボ|拠点|工場|更新|アップデート|アップグレード|停止/iu;
const NAME_JA = /[a-z\d][\w.-]*$/iu;
const OTHER_PRODUCT = /^windows$/iu;

/** A condition, a plan or a denial before or in a fact. */
const UNREAL =
  /\b(?:if|when(?:ever)?|unless|would|will|could|might|may|must|should|can|shall|never|not|no|before)\b|n['’]t\b/iu;
/** Matches May the month, not the verb. */
const MAY = /\b(?:since|from|early|mid|late|in|of|\d\w*)[ -]may\b|\bmay(?= \d)/giu;
const UNREAL_JA =
  /^[^、。]{0,12}?(?:てい?(?:な[いか]|ません|おらず)|しな[いか]|しません|せず|予定|つもり|計画|場合|たら|なら|れば|すると|ても)/u;
const CONDITION =
  /\b(?:if|when(?:ever)?|unless|until|once|after|before|would|should|could)\b|場合|たら|なら|れば|とき/iu;
/** Matches a time that ended in the past, so that it does not last until now. */
const PAST =
  /\b(?:last|earlier this) (?:year|winter|spring|summer|autumn|fall|month|week)\b|\bin (?:19|20)\d\d\b|昨年|去年|先月|以前/iu;
const RANGE =
  /\bfrom\b.{0,24}?\b(?:to|until|till|through)\b|\bbetween\b|\d ?[-–〜~] ?\d+ (?:hours|days|weeks|months)|から.{0,12}?まで|[〜~–]\s*\d/iu;
const QUESTION = /\?\s*$|(?:です|ます|ません|でしょう|ない|た)か[。\s]*$/u;
const QUOTED =
  /\b(?:docs?|documentation|articles?|pages?|guides?|manual|support|microsoft|vendor|website)\b.{0,24}\b(?:says?|said|states?|claims?|recommends?|mentions?|writes?)\b|\baccording to\b|ドキュメント|マニュアル|によると|によれば|とのこと|らしい|そうです/iu;

/** `asked`: the last clause of a question; `text` has the clauses before it. */
interface Sentence {
  text: string;
  asked: string;
  line: number;
}

/** The patterns of each field; the first one that matches counts. */
const MATCHED = [
  ['offHours', OFF_FACTS],
  ['daysSinceUpdate', UPDATE_FACTS],
  ['tried', TRIED_FACTS],
  ['restart', RESTART_FACTS],
] as const;

const ALL_CLUSTERS =
  /\b(?:all|every|both)(?: of)?(?: (?:the|these|those|our|my))?(?: \w+)? clusters?\b|\beverything\b|(?:すべて|全て|全部|両方)の?クラスター|全クラスター|クラスター[はをが]?(?:すべて|全て|全部|両方)/iu;
/** Compares clusters with others, or leaves some out. A group is the other one, if it is a cluster. */
const COMPARED =
  /\b(?:except|besides|unlike|apart from|other than)\b|以外|を除|と同じ|と違|同様|\b(?:same as|(?:same )?as (?:in|on|with)|like(?: (?:in|on|with))?)(?: the others?)? ([a-z\d](?:[\w.-]*\w)?)|\bthe others? ([a-z]+)/giu;
/** “The lab was off” is about a lab, not about the cluster of that name; “our lab cluster” is about the cluster. */
const NOUN = /\b(?:the|our|this|that|a|an|my|your) [a-z]+(?![\w.-])(?!(?:,? (?:and|or) [\w.-]+){0,9} clusters?\b)/giu;
const WORD = /[a-z\d](?:[\w.-]*\w)?/gu;

/** Lengths of time that differ by less are rounded differently. */
const LEAST_DIFFERENCE = 0.2;

/** Leaves out layers that work and fail, and lengths of time that differ. `facts` must concern the same clusters. */
export function listAgreed(facts: readonly StatedFact[]): StatedFact[] {
  const amounts = listFacts(facts, 'offHours').map(({ amount }) => amount);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  return facts.filter((one) =>
    one.field === 'found'
      ? listFacts(facts, 'found').every(({ of, is }) => of !== one.of || is === one.is)
      : one.field !== 'offHours' || most - least <= LEAST_DIFFERENCE * most,
  );
}

/**
 * Reads the facts in linear time. `names`: the clusters of the inventory in lower case, or none if there is no
 * inventory.
 */
export function readOwnWords(
  lines: readonly string[],
  nowMs: number,
  names: ReadonlySet<string> = new Set(),
): StatedFact[] {
  // Without an inventory, only a name that stands alone is one.
  const isCluster = (word: string, phrase = word): boolean =>
    names.size > 0 ? names.has(word.toLowerCase()) : word !== '' && word === phrase && !OTHER_PRODUCT.test(word);
  return listSentences(lines).flatMap(({ text, asked, line }) => {
    const words = text.replace(NOUN, ' ').toLowerCase();
    const mentions = names.size === 0 ? [] : [...words.matchAll(WORD)].filter(([word]) => names.has(word));
    const named = [...new Set(mentions.map(([word]) => word))];
    const about = named.length === 0 && ALL_CLUSTERS.test(text) ? ('all' as const) : named;
    const at = { line, about };
    const isOther = (word = 'clusters'): boolean => /^clusters?$/iu.test(word) || names.has(word.toLowerCase());
    if ([...text.matchAll(COMPARED)].some(([, one, other]) => isOther(one ?? other))) return [];
    // Only the names in one list share what the sentence states.
    const isOneList = mentions.every(({ index, 0: word }, place) => {
      const before = mentions[place - 1];
      return (
        before === undefined || JOINED.test(words.slice(before.index + before[0].length, index)) || word === before[0]
      );
    });
    if (named.length > 1 && !isOneList) return ASKS_FOR_RESTART.test(asked) ? [{ ...at, field: 'restart' }] : [];
    const isUnclear = PAST.test(text);
    const facts = listFound(text).map((found): StatedFact => ({ ...at, field: 'found', ...found }));
    if (ASKS_FOR_RESTART.test(asked)) facts.push({ ...at, field: 'restart' });
    for (const [field, patterns] of MATCHED) {
      const matches = patterns.map((pattern) => pattern.exec(text));
      const match = matches.find((each): each is RegExpExecArray => each !== null && !isUnreal(each, text));
      if (match === undefined) continue;
      if (field === 'restart') facts.push({ ...at, field });
      else if (field === 'tried') facts.push(...listTried(match).map((command) => ({ ...at, field, command })));
      else if (!isUnclear && !RANGE.test(text.slice(match.index)) && isAboutCluster(match, text, isCluster)) {
        const hours = readHours(match, { nowMs, isRounded: field === 'offHours' });
        if (hours !== undefined)
          facts.push({ ...at, field, amount: field === 'offHours' ? hours : hours / HOURS_PER_DAY });
      }
    }
    return facts;
  });
}

function listSentences(lines: readonly string[]): Sentence[] {
  const parts: Sentence[] = [];
  for (const [at, original] of lines.entries()) {
    const isSentence = original.length <= LONGEST_LINE && /\p{L}/u.test(original);
    if (!isSentence || /[^\s>|]/u.test(original.slice(0, skipPrefixes(original)))) continue;
    if (PRINTED.some((form) => form.test(original))) continue;
    for (const text of original.normalize('NFKC').split(/(?<=[。!?;])|(?<=\.)\s+(?=[A-Z])/u)) {
      const end = QUESTION.test(text) ? Math.max(text.lastIndexOf(','), text.lastIndexOf('、'), 0) : text.length;
      parts.push({ text: text.slice(0, end), asked: text.slice(end), line: at + 1 });
    }
    if (parts.length >= MOST_SENTENCES) break;
  }
  // The next sentence may state the effect of a command.
  return parts.flatMap(({ text, asked, line }, at) => {
    const next = parts[at + 1];
    const isCommand =
      HAS_COMMAND.test(text) && next !== undefined && next.line <= line + 1 && !HAS_COMMAND.test(next.text);
    return QUOTED.test(text) ? [] : [{ text: isCommand ? `${text} ${next.text}` : text, asked, line }];
  });
}

/** `own` marks a match that itself contains a denial, such as “does not work”. */
function isUnreal({ index, 0: match, groups }: RegExpExecArray, text: string): boolean {
  const before =
    text
      .slice(0, index)
      .split(/[,、:]|\b(?:and|but)\b/u)
      .at(-1) ?? '';
  if (UNREAL.test(before.replace(MAY, '')) || UNREAL_JA.test(text.slice(index + match.length))) return true;
  return groups?.['own'] === undefined
    ? UNREAL.test(match.replace(MAY, ''))
    : /\b(?:not|never)\b.*\bre(?:boot|start)/iu.test(match);
}

function isAboutCluster(
  { index, 0: match }: RegExpExecArray,
  text: string,
  isCluster: (word: string, phrase?: string) => boolean,
) {
  const before = text.slice(0, index);
  if (JAPANESE.test(before + match))
    return [...(before + match).matchAll(PHRASES_JA)].every(
      ([, phrase = '']) => SUBJECT_JA.test(phrase) || isCluster(NAME_JA.exec(phrase)?.[0] ?? '', phrase),
    );
  const names = NAMED.exec(before)?.[1]?.split(/,? and |, /iu);
  return SUBJECT.test(before) || (names?.every((name) => isCluster(name)) ?? false);
}

/** People round lengths of time, so “4 days” does not mean more than 4 days. */
function readHours(
  { groups = {} }: RegExpExecArray,
  { nowMs, isRounded }: { nowMs: number; isRounded: boolean },
): number | undefined {
  const { number, unit = '', over, more, date = '' } = groups;
  if (number === undefined) {
    const sinceMs = readDate(date, nowMs);
    return sinceMs === undefined ? undefined : (nowMs - sinceMs) / HOUR_MS;
  }
  const word = number.toLowerCase();
  const spelled = Math.max(NUMBERS.indexOf(word), KANJI.indexOf(word), 0) + 1;
  const hours = UNITS.find(([name]) => new RegExp(`^(?:${name})$`, 'iu').test(unit))?.[1] ?? 1;
  const least = isRounded && hours > 1 && over === undefined && more === undefined ? HOURS_PER_DAY / 2 : 0;
  return Math.max(0, (/^\d/u.test(word) ? Number(word) : spelled) * hours - least);
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

function listFound(text: string): { of: TriageId; is: 'works' | 'fails' }[] {
  if (CONDITION.test(text)) return [];
  return text.split(CLAUSES).flatMap((clause) =>
    LAYERS.flatMap(([of, pattern]) => {
      const match = pattern.exec(clause);
      if (match === null || UNREAL_JA.test(clause.slice(-12))) return [];
      return [{ of, is: match.groups?.['fails'] === undefined ? 'works' : 'fails' } as const];
    }),
  );
}

/** Lists the last command and those that “and” joins to it. */
function listTried({ 0: text, groups }: RegExpExecArray): TriedCommand[] {
  const commands = [...text.matchAll(COMMANDS)];
  const last = commands.at(-1);
  const outcome = groups?.['own'] ?? '';
  const isAfter = text.endsWith(outcome) && last !== undefined;
  // Words about an earlier command do not concern the last one.
  const between = isAfter ? text.slice(last.index + last[0].length, -outcome.length) : (groups?.['between'] ?? '');
  if (OTHER_OUTCOME.test(between)) return [];
  const first = commands.findLastIndex(({ index, 0: command }, at) => {
    const next = commands[at + 1];
    return next !== undefined && !JOINED.test(text.slice(index + command.length, next.index));
  });
  return commands.slice(first + 1).map(([command]) => readCommand(command));
}

function readCommand(command: string): TriedCommand {
  const [cmdlet = '', ...words] = command.split(/\s+/u);
  const parameters = words.filter((word) => /^-(?!name|force)/iu.test(word)).map((word) => word.toLowerCase());
  const cluster = words[words.findIndex((word) => /^-name$/iu.test(word)) + 1];
  const isNamed = cluster !== undefined && /^[^-<]/u.test(cluster);
  return { cmdlet: cmdlet.toLowerCase(), parameters, ...(isNamed && { cluster }) };
}
