import { OVERVIEW_RENEWAL, RENEWAL_PODS_INTERVAL } from '../../../core/knowledge/model/sources/sources.ts';
import { ROW_CUTOFF } from '../../../core/knowledge/model/sources/sources-revocation.ts';
import type { Citation } from '../../../core/shared/citation.ts';
import { HOUR_MS, epochMs } from '../../../core/shared/instant.ts';
import { addTo } from '../../../core/shared/lists.ts';
import {
  MATCH_LISTS,
  type EntryPlace,
  type FutureRow,
  type MatchList,
  type RevocationDocumentId,
  type RevocationFuture,
  type RevocationJudgement,
} from '../../../core/revocation/model/view.ts';
import type { RevocationEntry } from '../../../core/shared/renew-revocation/entry.ts';
import { commandsText, type PlanWording } from '../../../core/plan/text/plan-text.ts';
import { planView } from '../../plan/plan-view.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import { impactAnswer, type ImpactAnswer } from '../../../core/revocation/text/impact-text.ts';
import { formatNumberedEntry } from '../../../core/revocation/text/revocation-text.ts';
import { isUnreadable } from '../edit/findings.ts';
import { MatchesState } from '../edit/matches.svelte.ts';
import { blastPicture } from './picture.ts';
import { DryRunState } from '../dry-run/dry-run.svelte.ts';
import { findShownJudgement, type RevocationWork } from '../work.ts';
import { Waiting } from '../../parts/waiting.svelte.ts';

interface Services extends Omit<WindowServices, 'settings'> {
  work: RevocationWork;
}

const FIRST = { clusters: 12, entries: 50, hours: 6 };
const MORE = { clusters: 100, entries: 200, hours: 48 };

/** `unknown`: the answer cannot be determined. */
type ToldAnswer = Pick<ImpactAnswer, 'sentence' | 'more'> & { gravity: ImpactAnswer['gravity'] | 'unknown' };

interface EntryLine extends EntryPlace {
  /** Position in the object, 1-based. */
  number: number;
  text: string;
  isRead: boolean;
  counts: Record<MatchList, number>;
  /** Absent until there is a forecast. */
  future?: number;
  /** Heading above the first entry of each object, if there are several objects. */
  object?: string;
}

export class RevocationImpactState {
  #services: Services;
  #future: { future: RevocationFuture; of: RevocationJudgement; id: RevocationDocumentId } | undefined = $state.raw();
  /** The judgement of the last forecast requested, so that a failed request is not repeated endlessly. */
  #foreseen: RevocationJudgement | undefined;
  #most = $state({ ...FIRST });
  showsUntouched = $state(false);
  readonly lists = MATCH_LISTS;
  readonly foreseeing = new Waiting();
  readonly matches: MatchesState;
  readonly dryRuns: DryRunState;
  readonly futureSources: readonly Citation[] = [ROW_CUTOFF, RENEWAL_PODS_INTERVAL, OVERVIEW_RENEWAL];

  readonly isUnread = $derived.by(() => isUnreadable(this.work.judgement));
  readonly shown = $derived.by(() => findShownJudgement(this.work)?.judgement);
  /** `shown` describes an older text because the latest one cannot be parsed. */
  readonly isKept = $derived.by(() => this.shown !== this.work.judgement);
  /** `shown` describes an older text for any reason. */
  readonly isOld = $derived.by(() => this.work.isJudging || this.isKept);
  readonly answer: ToldAnswer | undefined = $derived.by(() => {
    const { t, format } = this.#services.text;
    if (!this.isUnread) return this.shown && impactAnswer(this.shown, t, (at) => format.local(at));
    const more = this.isKept ? [t('impact.more.older')] : [];
    return { sentence: t('impact.answer.unreadable'), more, gravity: 'unknown' };
  });
  readonly picture = $derived.by(() => {
    const judgement = this.shown;
    const options = { most: this.#most.clusters, showsUntouched: this.showsUntouched };
    return judgement && blastPicture(judgement.impact, judgement.guard, options);
  });

  readonly hasEntries = $derived.by(() =>
    (this.work.judgement?.objects ?? []).some(({ entries }) => entries.some(({ entry }) => entry !== undefined)),
  );
  readonly entryCount = $derived.by(() =>
    (this.shown?.objects ?? []).reduce((sum, { entries }) => sum + entries.length, 0),
  );
  readonly entries = $derived.by(() => this.#entryLines());

  readonly future = $derived.by(() => (this.#future?.id === this.work.document?.id ? this.#future?.future : undefined));
  readonly isFutureOld = $derived.by(() => {
    const { judgement, isJudging } = this.work;
    return this.future !== undefined && (isJudging || this.#future?.of !== judgement);
  });
  readonly #allHours = $derived.by(() =>
    futureHours(this.future?.rows ?? [], (role) => this.#services.text.lookUp(`role.${role}`)),
  );
  readonly futureHours = $derived(this.#allHours.slice(0, this.#most.hours));
  readonly moreHours = $derived(this.#allHours.length - this.futureHours.length);

  readonly unrepairable = $derived.by(() =>
    (this.work.judgement?.findings ?? []).filter(({ consequence }) => consequence === 'future-certificates'),
  );
  readonly planAnswer = $derived.by(() => {
    const { text, work } = this.#services;
    const plan = work.judgement?.plan;
    if (plan === undefined) return undefined;
    if (this.isUnread) return text.t('impact.answer.unreadable');
    if (!this.hasEntries) return text.t('recovery.answer.none');
    return plan.steps.some(({ id }) => id === 'mend')
      ? text.t('recovery.answer.mend')
      : text.t('recovery.answer', { count: plan.steps.length });
  });
  /** All commands for PowerShell; the titles of the steps are comments. */
  readonly commands = $derived.by(() => commandsText(this.work.judgement?.plan ?? { steps: [] }, this.#wording));
  readonly plan = $derived.by(() => {
    const plan = this.work.judgement?.plan;
    return plan && planView(plan, this.#wording);
  });

  readonly listTitle = $derived.by(() => {
    const { text } = this.#services;
    const { question } = this.matches;
    if (question === undefined) return '';
    const { entry } = question;
    if (entry === undefined) return text.t('matches.of-all');
    const judged = this.shown?.objects[entry.objectIndex]?.entries[entry.entryIndex];
    return this.entryText(entry.entryIndex + 1, judged?.entry);
  });

  readonly moreEntries = $derived(Math.min(MORE.entries, this.entryCount - this.entries.length));
  readonly moreClusters = $derived(Math.min(MORE.clusters, this.picture?.hidden ?? 0));

  /** The latest expiry of any matched certificate, in milliseconds since 1970; absent if it has passed. */
  readonly exposureMs = $derived.by(() => {
    const until = this.shown?.impact.exposureUntil;
    const ms = until === undefined ? undefined : epochMs(until);
    return ms === undefined || ms < this.#services.now.current ? undefined : ms;
  });
  readonly exposureLeftMs = $derived.by(() => this.exposureMs && this.exposureMs - this.#services.now.current);

  constructor(services: Services) {
    this.#services = services;
    this.matches = new MatchesState(services);
    this.dryRuns = new DryRunState(services);
  }

  get work(): RevocationWork {
    return this.#services.work;
  }

  get #wording(): PlanWording {
    const { text } = this.#services;
    return { language: text.language, translate: text.t, zone: text.format.zone };
  }

  entryText(number: number, entry: RevocationEntry | undefined): string {
    const { text } = this.#services;
    if (entry === undefined) return text.t('impact.entries.unread', { number });
    return formatNumberedEntry({ translate: text.t, moment: (ms) => text.format.moment(ms) }, number, entry);
  }

  showMore(rows: keyof typeof FIRST): void {
    this.#most[rows] += MORE[rows];
  }

  /**
   * Makes a forecast for the text once it is judged, unless there already is one. Forecasts take long, so they run one
   * at a time; of the texts entered meanwhile, only the last one is used.
   */
  async keepForesight({ judgement, isJudging }: Pick<RevocationWork, 'judgement' | 'isJudging'>): Promise<void> {
    if (!isJudging && judgement !== this.#foreseen && this.hasEntries) await this.foresee();
  }

  async foresee(): Promise<void> {
    const { api, notices, work } = this.#services;
    const { text, document, judgement } = work;
    if (this.foreseeing.working || this.isUnread || document === undefined || judgement === undefined) return;
    this.#foreseen = judgement;
    this.foreseeing.begin();
    const result = await api.revocation.foresee({ text });
    this.foreseeing.end();
    if (work.document?.id !== document.id) return;
    const future = notices.take(result);
    if (future === undefined) return;
    this.#future = { future, of: judgement, id: document.id };
    this.#most.hours = FIRST.hours;
  }

  #entryLines(): EntryLine[] {
    const objects = this.shown?.objects ?? [];
    const { text } = this.#services;
    const { future } = this;
    const coming = new Map(
      future?.byEntry.map(({ objectIndex, entryIndex, count }) => [`${objectIndex} ${entryIndex}`, count]),
    );
    const lines: EntryLine[] = [];
    for (const [objectIndex, { draft, entries }] of objects.entries())
      for (const [entryIndex, judged] of entries.entries()) {
        if (lines.length === this.#most.entries) return lines;
        const { entry, matched, possible, exempt } = judged;
        lines.push({
          objectIndex,
          entryIndex,
          number: entryIndex + 1,
          text: this.entryText(entryIndex + 1, entry),
          isRead: entry !== undefined,
          counts: { matches: matched, possible, exempt },
          future: future && (coming.get(`${objectIndex} ${entryIndex}`) ?? 0),
          object: objects.length > 1 && entryIndex === 0 ? (draft.name ?? text.t('revocation.nameless')) : undefined,
        });
      }
    return lines;
  }
}

/** Groups renewals by hour, then by cluster and role. Each name occurs once. */
export function futureHours(rows: readonly FutureRow[], roleText: (role: FutureRow['role']) => string) {
  const hours = groupRows(rows, ({ at }) => Math.floor(epochMs(at) / HOUR_MS) * HOUR_MS);
  return hours.map(([atMs, ofHour]) => ({
    atMs,
    clusters: groupRows(ofHour, (row) => row.cluster).map(([cluster, ofCluster]) => ({
      cluster,
      roles: groupRows(ofCluster, (row) => roleText(row.role)).map(([role, own]) => ({
        role,
        count: own.length,
        names: [...new Set(own.map(({ name }) => name))],
      })),
    })),
  }));
}

function groupRows<K>(rows: readonly FutureRow[], keyOf: (row: FutureRow) => K): [K, FutureRow[]][] {
  const groups = new Map<K, FutureRow[]>();
  for (const row of rows) addTo(groups, keyOf(row), row);
  return [...groups];
}
