import type { AuditLine, AuditVerdict } from '../../core/audit/contract.ts';
import { AUDIT_ACTIONS, type AuditAction } from '../../core/shared/contract/audit-action.ts';
import type { RecordedSetting } from '../../core/settings/contract.ts';
import { instantFromMs, isInstant, type Instant } from '../../core/shared/instant.ts';
import type { MessageKey } from '../../core/shared/text/text.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { Fact } from '../parts/fact.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';
import { saveFile } from '../parts/window/save-file.ts';

const LINES_PER_PAGE = 100;
const TYPING_MS = 200;
const MOST_FAULTS_SHOWN = 10;
/** Checking a chain of this many lines takes about 0.5 s. */
const CHECKED_AT_A_GLANCE = 50_000;
/** A row shows only the first digits of the ID of a credential, the details show them all. */
const CREDENTIAL_ID = /^[0-9a-f]{64}$/u;
const SETTING_TITLES: Readonly<Record<RecordedSetting, MessageKey>> = {
  language: 'language.label',
  timeZone: 'settings.time-zone',
  thresholds: 'thresholds.title',
  planning: 'update.schedule.rules',
  clusterFacts: 'settings.cluster-facts',
  watch: 'watch.title',
  serialSpelling: 'settings.spelling',
};

export interface AuditRow {
  line: number;
  faults: string[];
  at?: Instant;
  /** The time of day, since the rows are listed by day. */
  time: string;
  by: string;
  action: string;
  /** The object of the action: its name if the line contains one, or else its ID or path. */
  subject: string;
  facts: Fact[];
}

interface Named {
  id: string;
  name: string;
  cluster?: string;
}

/** The inventory and the channels give the objects of entries their present names. */
type AuditServices = WindowServices & {
  inventory: Record<'clusters' | 'rows' | 'foreign', readonly Named[]> & { complete: boolean };
  watch: { channels: readonly Named[] };
};

export class AuditState {
  readonly #services: AuditServices;
  #isOpen = false;
  #asked = 0;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #checkAgain = false;
  #lines: AuditLine[] = $state.raw([]);
  #next = $state<number>();

  /** `undefined` until the file has been read. */
  total = $state<number>();
  since = $state<Instant>();
  loading = $state(false);
  query = $state('');
  action = $state<AuditAction>();
  /** The line at the top of the list; `undefined` for the newest. */
  upTo = $state<number>();
  verdict = $state.raw<AuditVerdict>();
  checking = $state(false);
  expanded: ReadonlySet<number> = $state.raw(new Set());
  /** The line last reached with the arrow keys. */
  active = $state<number>();

  /** One row per act: the row for the end of an act also covers the line of its start, unless that line has a fault. */
  readonly rows = $derived.by(() => {
    const begun = new Map<unknown, AuditLine>();
    for (const line of this.#lines) if (line.entry?.params['phase'] === 'begun') begun.set(actId(line), line);
    const faulty = new Set((this.verdict?.faults ?? []).map(({ line }) => line));
    const folded = new Set<AuditLine>();
    const beginnings = this.#lines.map((line) => {
      const beginning = begun.get(actId(line));
      if (beginning === undefined || beginning === line || faulty.has(beginning.line)) return undefined;
      folded.add(beginning);
      return beginning;
    });
    return this.#lines.flatMap((line, at) => (folded.has(line) ? [] : [this.#createRow(line, beginnings[at])]));
  });
  /** The rows by day, newest first. A line without a date stays with the lines above it. */
  readonly days = $derived.by(() => {
    const { text, now } = this.#services;
    const days: { day: string; key: string; rows: AuditRow[] }[] = [];
    for (const row of this.rows) {
      const last = days.at(-1);
      const day = row.at === undefined ? (last?.day ?? '') : text.format.day(row.at, now.current);
      if (last?.day === day) last.rows.push(row);
      // A day occurs again if the clock of the computer went back.
      else days.push({ day, key: `${day} ${days.filter((each) => each.day === day).length}`, rows: [row] });
    }
    return days;
  });
  readonly #names = $derived.by(() => {
    const { inventory, watch } = this.#services;
    const names = new Map<string, Named>();
    for (const { id, name, cluster } of [
      inventory.clusters,
      inventory.foreign,
      inventory.rows,
      watch.channels,
    ].flat()) {
      const isInOthers = names.has(id) && names.get(id)?.cluster !== cluster;
      names.set(id, { id, name, ...(cluster !== undefined && !isInOthers && { cluster }) });
    }
    return names;
  });
  readonly hasMore = $derived(this.#next !== undefined);
  readonly searchedTo = $derived(this.#next);
  readonly filtered = $derived(this.query !== '' || this.action !== undefined);
  readonly empty = $derived(this.total === 0);
  readonly intact = $derived(this.verdict?.faultCount === 0);

  readonly headline = $derived.by((): NoticeText => {
    const { total, since, verdict } = this;
    if (total === undefined) return { key: 'navigation.audit' };
    if (verdict !== undefined && verdict.faultCount > 0)
      return { key: 'audit.headline.broken', values: { count: verdict.faultCount } };
    if (total === 0) return { key: 'audit.headline.empty' };
    const { text, now } = this.#services;
    const date = since === undefined ? '' : text.format.day(since, now.current);
    return { key: verdict === undefined ? 'audit.headline.checking' : 'audit.headline.whole', values: { total, date } };
  });
  readonly mark = $derived(this.verdict === undefined ? 'unknown' : this.intact ? 'fine' : 'expired');
  readonly faults = $derived((this.verdict?.faults ?? []).slice(0, MOST_FAULTS_SHOWN));
  readonly moreFaults = $derived((this.verdict?.faultCount ?? 0) - this.faults.length);
  readonly actions = $derived(
    AUDIT_ACTIONS.map((value) => ({ value, text: this.#services.text.t(`audit.action.${value}`) })),
  );

  constructor(services: AuditServices) {
    this.#services = services;
    services.api.on.audit.appended(() => {
      if (this.#isOpen) void this.refresh();
    });
  }

  open(): void {
    this.#isOpen = true;
    void this.refresh();
  }

  lookAgain(): void {
    void this.#catchUp();
    if ((this.total ?? 0) <= CHECKED_AT_A_GLANCE) void this.verify();
  }

  leave(): void {
    this.#isOpen = false;
  }

  async refresh(): Promise<void> {
    await Promise.all([this.#catchUp(), this.verify()]);
  }

  search(query: string): void {
    this.query = query;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => void this.#anew(), TYPING_MS);
  }

  filterBy(action: AuditAction | undefined): void {
    this.action = action;
    void this.#anew();
  }

  clearFilter(): void {
    this.#unfilter();
    void this.#anew();
  }

  #unfilter(): void {
    clearTimeout(this.#typing);
    this.query = '';
    this.action = undefined;
  }

  showLine(line: number): void {
    this.#unfilter();
    this.upTo = line;
    void this.#load();
  }

  showNewest(): void {
    this.upTo = undefined;
    void this.#load();
  }

  async more(): Promise<void> {
    const before = this.#next;
    if (before === undefined || this.loading) return;
    await this.#read(before, this.#lines);
  }

  toggle(line: number): void {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(line)) expanded.add(line);
    this.expanded = expanded;
    this.active = line;
  }

  /** Moves with the arrow keys, Home and End; returns `false` for any other key. */
  moveBy(key: string): boolean {
    const at = this.rows.findIndex(({ line }) => line === this.active);
    const last = this.rows.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[key];
    if (to === undefined || last < 0) return false;
    this.active = this.rows[Math.min(Math.max(to, 0), last)]?.line;
    return true;
  }

  /** Verifies the whole trail. A call during a verification starts one more after it. */
  async verify(): Promise<void> {
    if (this.checking) {
      this.#checkAgain = true;
      return;
    }
    this.checking = true;
    const { api, notices } = this.#services;
    do {
      this.#checkAgain = false;
      this.verdict = notices.take(await api.audit.verify()) ?? this.verdict;
    } while (this.#checkAgain && this.#isOpen);
    this.checking = false;
  }

  async save(format: 'json' | 'csv'): Promise<void> {
    const { api, now, notices } = this.#services;
    const day = instantFromMs(now.current).slice(0, 'yyyy-mm-dd'.length);
    const wanted = { suggestedName: `arcwarden-audit-${day}.${format}`, format, said: 'audit.saved' } as const;
    await saveFile(this.#services, wanted, async (target) => notices.take(await api.audit.export({ format, target })));
  }

  async #catchUp(): Promise<void> {
    const [first] = this.#lines;
    if (this.filtered || this.upTo !== undefined || first === undefined) return this.#load();
    const { api, notices } = this.#services;
    const page = notices.take(await api.audit.list({ limit: LINES_PER_PAGE }));
    if (page === undefined) return;
    const { lines, total, since } = page;
    const known = lines.findIndex(({ line }) => line === first.line);
    const same = lines.slice(known).every(({ hash }, at) => (this.#lines[at] ?? { hash }).hash === hash);
    if (known === -1 || !same) return this.#load();
    this.total = total;
    this.since = since;
    if (known > 0) this.#lines = [...lines.slice(0, known), ...this.#lines];
  }

  #anew(): Promise<void> {
    this.upTo = undefined;
    return this.#load();
  }

  #load(): Promise<void> {
    return this.#read(this.upTo === undefined ? undefined : this.upTo + 1, []);
  }

  /**
   * Reads the lines before `from`, or the newest ones, and appends them to those in `above`. A search continues until
   * it has filled a page or reached the end.
   */
  async #read(from: number | undefined, above: readonly AuditLine[]): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    this.loading = true;
    let before = from;
    const lines = [...above];
    const wanted = above.length + LINES_PER_PAGE;
    do {
      const { query, action } = this;
      const limit = wanted - lines.length;
      const result = await this.#services.api.audit.list({ limit, before, query: query || undefined, action });
      if (asked !== this.#asked) return;
      const page = this.#services.notices.take(result);
      if (page === undefined) break;
      lines.push(...page.lines);
      this.total = page.total;
      this.since = page.since;
      this.#next = before = page.next;
      this.#lines = [...lines];
    } while (before !== undefined && lines.length < wanted);
    this.loading = false;
    if (!this.rows.some(({ line }) => line === this.active)) this.active = this.rows[0]?.line;
  }

  #createRow({ line, hash, entry }: AuditLine, beginning?: AuditLine): AuditRow {
    const { text } = this.#services;
    const found = (this.verdict?.faults ?? []).filter((fault) => fault.line === line);
    const faults = found.map(({ rule }) => text.lookUp(`finding.${rule}`, { line }));
    const fact = (name: string, value: string, mono = false): Fact => ({ name, values: [value], mono, copy: mono });
    const about = [fact(text.t('audit.fact.hash'), hash, true)];
    if (entry === undefined) {
      const action = text.t('audit.unreadable');
      return { line, faults, time: '', by: '', action, subject: '', facts: about };
    }
    const { at, by, action, subject, params } = entry;
    const { name, cluster, phase, path } = params;
    const title = text.optional(`audit.action.${action}`) ?? action;
    const start = beginning?.entry && { moment: text.format.local(beginning.entry.at), line: beginning.line };
    const known = this.#names.get(subject);
    const object = name ?? known?.name ?? (subject === '' ? path : this.#nameUnknown(action, subject));
    const named = [object, cluster ?? known?.cluster];
    return {
      line,
      faults,
      at,
      time: text.format.time(at),
      by,
      subject: named.filter((part) => part !== undefined).join(' · '),
      // Earlier versions wrote one line per act, when the act was done.
      action: phase === undefined ? title : text.t('audit.phase', { action: title, phase: String(phase) }),
      facts: [
        fact(text.t('audit.fact.local'), text.format.local(at)),
        fact(text.t('time.utc'), text.format.utc(at)),
        ...(start ? [fact(text.t('audit.fact.begun'), text.t('audit.fact.begun.value', start))] : []),
        fact(text.t('audit.action'), action, true),
        ...(subject === '' ? [] : [fact(text.t('audit.column.subject'), subject, true)]),
        ...Object.entries(params).map(([param, value]) =>
          fact(text.optional(`audit.param.${param}`) ?? param, this.#formatValue(param, value)),
        ),
        ...about,
      ],
    };
  }

  #nameUnknown(action: string, subject: string): string {
    const { text, inventory } = this.#services;
    if (action === 'settings.changed') return this.#nameSettings(subject);
    if (!CREDENTIAL_ID.test(subject)) return subject;
    const id = `${subject.slice(0, 12)}…`;
    return inventory.complete && action.startsWith('credential.') ? text.t('audit.gone', { id }) : id;
  }

  /** Names settings such as `language, watch.quiet.from` by their titles. */
  #nameSettings(names: string): string {
    const { text } = this.#services;
    const titles = names.split(', ').map((name) => {
      const title = Object.entries(SETTING_TITLES).find(([setting]) => setting === name.split('.')[0])?.[1];
      return title === undefined ? name : text.t(title);
    });
    return [...new Set(titles)].join(', ');
  }

  #formatValue(param: string, value: string | number | boolean): string {
    const { text } = this.#services;
    if (typeof value === 'boolean') return text.t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return text.format.count(value);
    if (isInstant(value)) return text.format.moment(value);
    const worded = { state: 'state', kind: 'watch.kind', was: 'mark' }[param];
    return (worded === undefined ? undefined : text.optional(`${worded}.${value}`)) ?? value;
  }
}

/** Returns the ID that the lines of one act share; `undefined` for lines of earlier versions. */
function actId({ entry }: AuditLine): unknown {
  return entry?.params['act'];
}
