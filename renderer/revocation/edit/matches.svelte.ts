import { epochMs } from '../../../core/shared/instant.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type {
  EntryPlace,
  MatchList,
  MatchPage,
  MatchRow,
  RevocationJudgement,
} from '../../../core/revocation/model/view.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import { rowAfterKey } from '../../parts/lists/row-window.svelte.ts';
import { PagedList, type PageRange } from '../../parts/lists/paged-list.svelte.ts';
import { findShownJudgement, type RevocationWork } from '../work.ts';

interface Services extends Pick<WindowServices, 'api' | 'notices' | 'now'> {
  work: RevocationWork;
}

interface MatchQuestion {
  list: MatchList;
  /** Absent for all entries. */
  entry?: EntryPlace;
  clusterId?: ClusterId;
}

/** A list of certificates that loads only rows in view. */
export class MatchesState {
  #services: Services;
  readonly list: PagedList<MatchRow>;
  #askedFor: RevocationJudgement | undefined;
  #askedText = '';

  question = $state.raw<MatchQuestion>();
  opened = $state(0);
  #selected = $state(-1);
  /** At most the last row, even after the list has become shorter. */
  readonly selected = $derived.by(() =>
    this.list.total === undefined ? this.#selected : Math.min(this.#selected, this.list.total - 1),
  );

  /** Rows in view; a row is `undefined` until it arrives. */
  readonly view = $derived.by(() => {
    const nowMs = this.#services.now.current;
    return this.list.view.map(({ index, row }) => ({
      index,
      row,
      ended: row !== undefined && epochMs(row.notAfter) < nowMs,
    }));
  });

  constructor(services: Services) {
    this.#services = services;
    this.list = new PagedList((range) => this.#ask(range), services.notices);
  }

  open(question: MatchQuestion): void {
    this.question = question;
    this.opened += 1;
    this.list.forget();
    this.#selected = -1;
    this.#reload();
  }

  close(): void {
    this.question = undefined;
    this.list.forget();
  }

  search(query: string): void {
    if (query === this.list.query) return;
    this.#begin();
    this.list.search(query);
  }

  /** Selects one cluster; `undefined` selects all clusters. */
  chooseCluster(clusterId: ClusterId | undefined): void {
    if (this.question === undefined) return;
    this.question = { ...this.question, clusterId };
    this.#reload();
  }

  /** Requests the list again when a changed text or inventory has been judged. */
  keepUp(work: Pick<RevocationWork, 'judgement' | 'isJudging' | 'readable' | 'text'>): void {
    if (this.question === undefined || work.isJudging) return;
    if (findShownJudgement(work)?.judgement !== this.#askedFor) this.#reload();
  }

  /** Moves the selection; returns whether the key was used. `page` is the number of visible rows. */
  moveBy(key: string, page: number): boolean {
    const target = rowAfterKey(key, { from: this.selected, count: this.list.total ?? 0, page });
    if (target === undefined) return false;
    this.#selected = target;
    return true;
  }

  #reload(): void {
    this.#begin();
    void this.list.reload();
  }

  #begin(): void {
    const { work } = this.#services;
    const shown = findShownJudgement(work);
    this.#askedText = shown?.text ?? work.text;
    this.#askedFor = shown?.judgement;
    this.#selected = this.#selected < 0 ? -1 : 0;
  }

  #ask({ query, ...page }: PageRange): Promise<Result<MatchPage>> {
    const { api, work } = this.#services;
    const { list = 'matches', entry, clusterId } = this.question ?? {};
    const { kubeconfig } = work;
    return api.revocation.matches({
      text: this.#askedText,
      list,
      ...page,
      objectIndex: entry?.objectIndex,
      entryIndex: entry?.entryIndex,
      clusterId,
      query,
      kubeconfig,
    });
  }
}
