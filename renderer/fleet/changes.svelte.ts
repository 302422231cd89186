import type { ChangeList, FleetChange } from '../../core/inventory/model/changes.ts';
import { countText, describeBeginning, describeChange, type ChangeWording } from '../../core/inventory/text/changes.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import { DAY_MS, instantFromMs } from '../../core/shared/instant.ts';
import type { WindowServices } from '../parts/window/services.ts';

/** The days before now. */
const SPANS = { yesterday: 1, week: 7, month: 30, all: undefined } as const;
type SpanName = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as SpanName[];

interface Question {
  clusterId: ClusterId | undefined;
  span: SpanName;
}

/** The changes of the fleet, or of one cluster, in a span that the user chooses. */
export class ShownChanges {
  readonly #services: Pick<WindowServices, 'api' | 'notices' | 'readClock' | 'text'>;
  #loading: Promise<void> | undefined;
  /** The question to ask next. */
  #wanted: Question | undefined;
  #asked: Question | undefined;

  span = $state<SpanName>('yesterday');
  /** Whether the fleet shows the list in a dialog. */
  isOpen = $state(false);
  /** Absent until main has answered. */
  list = $state.raw<ChangeList>();

  constructor(services: Pick<WindowServices, 'api' | 'notices' | 'readClock' | 'text'>, span: SpanName) {
    this.#services = services;
    this.span = span;
  }

  get #words(): ChangeWording {
    const { t, language, format } = this.#services.text;
    return { translate: t, language, formatDate: (moment) => format.local(moment) };
  }

  readonly sentence = $derived.by(() => {
    const { t } = this.#services.text;
    if (this.list === undefined) return t('changes.title');
    return t('changes.line', { span: t(`changes.span.${this.span}`), counts: countText(this.list, this.#words) });
  });

  /** Says from when on changes are known, and how many are not listed. */
  readonly notes: readonly string[] = $derived.by(() => {
    if (this.list === undefined) return [];
    const { counts, changes } = this.list;
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const shown = changes.length;
    const cut = shown === total ? [] : [this.#services.text.t('board.shown', { shown, total })];
    return [...describeBeginning(this.list, this.#words), ...cut];
  });

  describe(change: FleetChange): ReturnType<typeof describeChange> {
    return describeChange(change, this.#words);
  }

  /** Asks main once at a time: an import changes many clusters. */
  load(clusterId?: ClusterId): Promise<void> {
    const { span } = this;
    if (this.#asked?.clusterId !== clusterId || this.#asked?.span !== span) this.list = undefined;
    this.#wanted = { clusterId, span };
    this.#loading ??= this.#load().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #load(): Promise<void> {
    const { api, notices, readClock } = this.#services;
    while (this.#wanted !== undefined) {
      const { clusterId, span } = (this.#asked = this.#wanted);
      this.#wanted = undefined;
      const days = SPANS[span];
      const from = days === undefined ? undefined : instantFromMs(readClock() - days * DAY_MS);
      const request = { ...(clusterId && { clusterIds: [clusterId] }), ...(from && { from }) };
      const list = notices.take(await api.inventory.changes(request));
      if (this.#wanted === undefined) this.list = list;
    }
  }
}
