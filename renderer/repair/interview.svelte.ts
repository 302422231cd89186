import { findBuild } from '../../core/knowledge/model/build.ts';
import { TRIAGE, TRIAGE_FACTS, type TriageFactId, type TriageId } from '../../core/knowledge/model/triage.ts';
import type { CheckId } from '../../core/knowledge/model/checks.ts';
import type { Statement } from '../../core/shared/citation.ts';
import { readOutput } from '../../core/repair/model/diagnose.ts';
import { DAY_MS, HOUR_MS } from '../../core/shared/instant.ts';

/* The wizard asks one question at a time, from the outermost layer inwards. Pasted text is read here and not stored. */

export type QuestionId = TriageId | TriageFactId;
export type LayerAnswer = 'works' | 'fails';

interface QuestionBase {
  statement: Statement;
  /** The first check answers the question; the others show details. */
  checks: readonly CheckId[];
}
export type Question = QuestionBase &
  ({ kind: 'layer'; id: TriageId; means: Statement } | { kind: 'fact'; id: TriageFactId });

export const QUESTIONS: readonly Question[] = [
  ...TRIAGE.map(({ id, statement, means, checks }): Question => ({ kind: 'layer', id, statement, means, checks })),
  ...TRIAGE_FACTS.map(({ id, statement, check }): Question => ({
    kind: 'fact',
    id,
    statement,
    checks: check === undefined ? [] : [check],
  })),
];

export type AnswerState = 'open' | LayerAnswer | 'stated' | 'known' | 'faulty';

export type TypedFact = Exclude<TriageFactId, 'sameUser'>;

export interface InterviewKnown {
  offHours?: number;
  daysSinceUpdate?: number;
  build?: string;
}

const HOURS_PER_DAY = DAY_MS / HOUR_MS;
/** The product is younger than this many days. */
const MOST_DAYS = 4_000;
/** Matches the build in the output of `Get-AksHciVersion`, which may include the prompt. */
const BUILD = /\d{1,9}(?:\.\d{1,9}){2,3}/u;

export class RepairInterview {
  at = $state(0);
  #said: Partial<Record<TriageId, LayerAnswer>> = $state.raw({});
  #read: Partial<Record<TriageId, LayerAnswer>> = $state.raw({});
  #outputs: Readonly<Record<string, string>> = $state.raw({});
  #known: () => InterviewKnown;
  /** Typed values override known values; an empty value means that the known one is wrong. */
  #typed: Readonly<Partial<Record<TypedFact, string>>> = $state.raw({});
  sameUser = $state<LayerAnswer>();

  readonly question = $derived(QUESTIONS[this.at] ?? FIRST);

  readonly isLast = $derived(this.at === QUESTIONS.length - 1);

  readonly outputs = $derived(Object.values(this.#outputs).filter((text) => text.trim() !== ''));

  readonly answers = $derived.by(() => {
    const { offHours, daysSinceUpdate } = this.#typed;
    const known = this.#known();
    const [off, updated] = [parseDays(offHours), parseDays(daysSinceUpdate)];
    const build = buildIn(this.getText('build'));
    const found = { ...this.#read, ...this.#said };
    return {
      ...(Object.keys(found).length > 0 && { found }),
      // Main already has the known facts, with their sources.
      ...(isTakenBack(offHours, known.offHours) && { offHours: null }),
      ...(isTakenBack(daysSinceUpdate, known.daysSinceUpdate) && { daysSinceUpdate: null }),
      ...(off !== undefined && { offHours: off * HOURS_PER_DAY }),
      ...(updated !== undefined && { daysSinceUpdate: updated }),
      build,
      sameUser: this.sameUser === undefined ? undefined : this.sameUser === 'works',
    };
  });

  readonly answered = $derived(QUESTIONS.filter(({ id }) => !['open', 'known'].includes(this.getState(id))).length);
  readonly isFaulty = $derived(QUESTIONS.some(({ id }) => this.getState(id) === 'faulty'));
  /** The outermost layer that fails. The layers behind it cannot be judged. */
  readonly firstFailing = $derived(TRIAGE.find(({ id }) => this.getState(id) === 'fails')?.id);

  constructor(known: () => InterviewKnown = () => ({})) {
    this.#known = known;
  }

  getText(id: TypedFact): string {
    return this.#typed[id] ?? formatKnown(id, this.#known());
  }

  type(id: TypedFact, text: string): void {
    this.#typed = { ...this.#typed, [id]: text };
  }

  reset(): void {
    this.at = 0;
    this.#said = {};
    this.#read = {};
    this.#outputs = {};
    this.#typed = {};
    this.sameUser = undefined;
  }

  getState(id: QuestionId): AnswerState {
    if (id === 'sameUser') return this.sameUser === undefined ? 'open' : 'stated';
    if (!isTyped(id)) return this.getAnswer(id) ?? 'open';
    if (this.#typed[id] === undefined && this.#known()[id] !== undefined) return 'known';
    const text = this.getText(id);
    if (text.trim() === '') return 'open';
    return (id === 'build' ? buildIn(text) : parseDays(text)) === undefined ? 'faulty' : 'stated';
  }

  getAnswer(id: TriageId): LayerAnswer | undefined {
    return this.#said[id] ?? this.#read[id];
  }

  getReading(id: TriageId): LayerAnswer | undefined {
    return this.#read[id];
  }

  getOutput(key: string): string {
    return this.#outputs[key] ?? '';
  }

  overridden(id: QuestionId): string | undefined {
    if (!isTyped(id) || this.#typed[id] === undefined) return undefined;
    const text = formatKnown(id, this.#known());
    return text === '' ? undefined : text;
  }

  takeKnown(id: QuestionId): void {
    if (!isTyped(id)) return;
    const { [id]: _, ...others } = this.#typed;
    this.#typed = others;
  }

  goTo(id: QuestionId): void {
    this.at = QUESTIONS.findIndex((question) => question.id === id);
  }

  say(id: TriageId, answer: LayerAnswer | undefined): void {
    const { [id]: _, ...others } = this.#said;
    this.#said = answer === undefined ? others : { ...others, [id]: answer };
  }

  paste(id: TriageId, output: string): void {
    this.#outputs = { ...this.#outputs, [id]: output };
    const read = output.trim() === '' ? undefined : readOutput(id, output);
    const { [id]: _, ...others } = this.#read;
    this.#read = read === undefined ? others : { ...others, [id]: read };
  }

  /** Stores the output of a check that belongs to no question of the interview. */
  pasteCheck(check: CheckId, output: string): void {
    this.#outputs = { ...this.#outputs, [`check ${check}`]: output };
  }
}

const [FIRST] = QUESTIONS as readonly [Question, ...Question[]];

function isTyped(id: QuestionId): id is TypedFact {
  return id === 'offHours' || id === 'daysSinceUpdate' || id === 'build';
}

function isTakenBack(typed: string | undefined, known: number | undefined): boolean {
  return typed?.trim() === '' && known !== undefined;
}

/** Returns a known value as a user would type it; days are rounded down to tenths. */
function formatKnown(id: TypedFact, { offHours, daysSinceUpdate, build = '' }: InterviewKnown): string {
  if (id === 'build') return build;
  const days = id === 'offHours' ? (offHours ?? NaN) / HOURS_PER_DAY : (daysSinceUpdate ?? NaN);
  return Number.isNaN(days) ? '' : String(Math.max(0, Math.floor(days * 10) / 10));
}

function parseDays(text = ''): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  const days = trimmed === '' ? NaN : Number(trimmed);
  return days >= 0 && days <= MOST_DAYS ? days : undefined;
}

function buildIn(text: string): string | undefined {
  const found = BUILD.exec(text)?.[0];
  return found !== undefined && findBuild(found) !== undefined ? found : undefined;
}
