import { msOf } from '../../core/domain/instant.ts';
import type { ClusterId } from '../../core/domain/credential.ts';
import type {
  MatchList,
  MatchRow,
  RevocationJudgement,
} from '../../core/domain/revocation-view.ts';
import type { Api } from '../api.ts';
import type { NoticesState } from './notices.svelte.ts';
import type { NowState } from './now.svelte.ts';
import type { RevocationWork } from './revocation-work.ts';
import { Waiting } from './waiting.svelte.ts';

/** Rows that are asked for at a time. */
const PAGE = 200;

interface Services {
  api: Api;
  notices: NoticesState;
  now: NowState;
  work: RevocationWork;
}

/** Which certificates are listed. */
export interface MatchQuestion {
  list: MatchList;
  /** Absent: of all entries. */
  entry?: { objectIndex: number; entryIndex: number };
  clusterId?: ClusterId;
}

/** A list of certificates, of which main sends what is in view. */
export class MatchesState {
  #services: Services;
  /** Counts what changes the answer; an answer to an older question is dropped. */
  #turn = 0;
  /** What `#pages` holds answers to. */
  #shownTurn = 0;
  #asked = new Set<number>();
  #askedFor: RevocationJudgement | undefined;
  #askedText = '';
  #pages: ReadonlyMap<number, readonly MatchRow[]> = $state.raw(new Map());
  #first = 0;
  #count = PAGE;
  #window: { first: number; count: number } = $state.raw({ first: 0, count: 0 });

  /** Absent while no list is open. */
  question: MatchQuestion | undefined = $state.raw();
  query: string = $state('');
  /** Counts how often a list was opened. */
  opened: number = $state(0);
  /** Absent until the first answer. */
  total: number | undefined = $state();
  selected: number = $state(-1);
  readonly waiting = new Waiting();

  /** What is in view; rows that are still on their way are `undefined`. */
  readonly view: { index: number; row: MatchRow | undefined; ended: boolean }[] = $derived.by(
    () => {
      const nowMs = this.#services.now.current;
      const { first, count } = this.#window;
      const last = Math.min(this.total ?? 0, first + count);
      return Array.from({ length: Math.max(0, last - first) }, (_, at) => {
        const index = first + at;
        const row = this.rowAt(index);
        return { index, row, ended: row !== undefined && msOf(row.notAfter) < nowMs };
      });
    },
  );

  constructor(services: Services) {
    this.#services = services;
  }

  open(question: MatchQuestion): void {
    this.question = question;
    this.opened += 1;
    this.query = '';
    this.selected = -1;
    this.total = undefined;
    this.#pages = new Map();
    this.#again();
  }

  close(): void {
    this.question = undefined;
    this.#turn += 1;
    this.waiting.end();
  }

  search(query: string): void {
    if (query === this.query) return;
    this.query = query;
    this.#again();
  }

  /** An empty text stands for every cluster. */
  chooseCluster(clusterId: ClusterId | undefined): void {
    if (this.question === undefined) return;
    const { clusterId: _, ...others } = this.question;
    this.question = { ...others, ...(clusterId !== undefined && { clusterId }) };
    this.#again();
  }

  /** Asks again when the text, or what is known of certificates, has become another and is judged. */
  keepUp({ judgement, judging }: Pick<RevocationWork, 'judgement' | 'judging'>): void {
    if (this.question !== undefined && !judging && judgement !== this.#askedFor) this.#again();
  }

  /** `first` and `count` of the rows that are drawn. */
  showWindow(first: number, count: number): void {
    this.#first = first;
    this.#count = count;
    this.#window = { first, count };
    this.#load();
  }

  /** What a key does to the choice; whether it did anything. `page` is how many rows are in view. */
  moveBy(key: string, page: number): boolean {
    const last = (this.total ?? 0) - 1;
    const steps: Record<string, number> = {
      ArrowDown: this.selected + 1,
      ArrowUp: this.selected - 1,
      PageDown: this.selected + page,
      PageUp: this.selected - page,
      Home: 0,
      End: last,
    };
    const target = steps[key];
    if (target === undefined || last < 0) return false;
    this.selected = Math.min(last, Math.max(0, target));
    return true;
  }

  rowAt(index: number): MatchRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  #again(): void {
    this.#turn += 1;
    this.#asked.clear();
    const { text, judgement } = this.#services.work;
    this.#askedText = text;
    this.#askedFor = judgement;
    this.selected = this.selected < 0 ? -1 : 0;
    this.#load();
  }

  #load(): void {
    if (this.question === undefined) return;
    // Nobody knows yet how many there are: the first page tells.
    if (this.#asked.size === 0) return void this.#ask(0);
    const end = Math.min(this.#first + this.#count, this.total ?? 0);
    for (let page = Math.floor(this.#first / PAGE); page * PAGE < end; page += 1)
      if (!this.#asked.has(page)) void this.#ask(page);
  }

  async #ask(page: number): Promise<void> {
    const { question, query } = this;
    if (question === undefined) return;
    const { api, notices, work } = this.#services;
    const turn = this.#turn;
    this.#asked.add(page);
    this.waiting.begin();
    const { list, entry, clusterId } = question;
    const { kubeconfig } = work;
    const result = await api.revocation.matches({
      ...{ text: this.#askedText, list, offset: page * PAGE, limit: PAGE },
      // Of an entry no more than where it is, whatever else whoever asks has of it.
      ...(entry !== undefined && { objectIndex: entry.objectIndex, entryIndex: entry.entryIndex }),
      ...(clusterId !== undefined && { clusterId }),
      ...(query.trim() !== '' && { query: query.trim() }),
      ...(kubeconfig !== undefined && { kubeconfig }),
    });
    if (turn !== this.#turn) return;
    this.waiting.end();
    if (!result.ok) return notices.problem(result.problem);
    const { total, rows } = result.value;
    const isFirst = this.#shownTurn !== turn;
    this.#shownTurn = turn;
    this.#pages = new Map(isFirst ? [] : this.#pages).set(page, rows);
    this.total = total;
    this.selected = Math.min(this.selected, total - 1);
    if (isFirst) this.#load();
  }
}
