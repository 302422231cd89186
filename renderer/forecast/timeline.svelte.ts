import type { ForecastQuestion } from '../../core/forecast/contract.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { ClusterSummary } from '../../core/inventory/contract.ts';
import {
  listCitations,
  DEFAULT_HORIZON_DAYS,
  findImpact,
  isBreak,
  type Forecast,
  type ForecastAnswer,
  type ForecastEvent,
  type ForecastScenario,
} from '../../core/forecast/model/forecast.ts';
import { listDown } from '../../core/forecast/model/outages.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/shared/instant.ts';
import type { Problem } from '../../core/shared/problem.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import {
  createWindow,
  firstMarks,
  Lanes,
  mergeLanes,
  panView,
  buildPicture,
  buildTicks,
  placeNow,
  pixelAt,
  zoomView,
  TimelineCluster,
  type TimelineLane,
  type TimelineModel,
  type TimeView,
} from '../../core/forecast/model/timeline.ts';
import {
  answerSentences,
  clusterAnswerText,
  eventText,
  joinSentences,
  type ForecastWords,
} from '../../core/forecast/text/forecast-text.ts';
import { TIMELINE_DAYS, type TimelineDays } from '../../core/expiry/model/settings.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import { FEW_CLUSTERS, filterByName } from '../parts/lists/by-name.ts';
import { SameQuestion } from '../parts/same-question.ts';
import type { WindowServices } from '../parts/window/services.ts';

const SCENARIO_IDS = ['nothing', 'updated', 'off', 'absent', 'missed'] as const;
type ScenarioId = (typeof SCENARIO_IDS)[number];

export const GUTTER_PX = 320;
/** Width of the arrow that expands a cluster. */
const ARROW_PX = 36;
const ZOOM_STEP = 1.5;
const PAN_STEP_PX = 120;
const SCROLL_STEP_PX = 320;
/** Number of table rows created at first, and on each request for more: creating hundreds together blocks the page. */
const TABLE_FIRST = 50;
const TABLE_STEP = 200;
/** Number of clusters offered at a time: thousands of options block the page for a second. */
const OFFERED = 100;
/** Clusters that arrive within this time are drawn together. */
const GATHER_MS = 250;
/** Scenarios are compared for at most so many clusters, because each of them takes as long as the forecast itself. */
const MOST_COMPARED = 200;

interface Services extends WindowServices {
  inventory: InventoryState;
}

interface TimelineFocus {
  lane: number;
  mark?: number;
}

interface TimelineLine {
  title: string;
  text: string;
  event?: ForecastEvent;
  target: { clusterId: ClusterId; credentialId: CredentialId | undefined };
}

export interface TimelineEntry {
  key: string;
  event: ForecastEvent;
  cluster: string;
  text: string;
  state: ExpiryState;
}

interface ShownForecast extends Omit<Forecast, 'clusters'> {
  done: number;
  clusters: number;
}

/** Replaced by a new object whenever something changes that affects the answer. */
interface AskedQuestion {
  question: ForecastQuestion;
}

export class TimelineState {
  #services: Services;
  #asked = 0;

  scenarioId: ScenarioId = $state('nothing');
  updateOnMs = $state(0);
  fromMs = $state(0);
  toMs = $state(0);
  offCluster: ClusterId | '' = $state('');
  offQuery = $state('');
  forecast = $state.raw<ShownForecast>();
  model = $state.raw<TimelineModel>();
  /** The question that `forecast` answers; absent until the forecast is complete. */
  #answered: AskedQuestion | undefined;
  /** The answers for scenarios that have been compared. */
  #answers: ReadonlyMap<string, ForecastAnswer> = $state.raw(new Map());
  #answeredRows: readonly BoardRow[] | undefined;
  working = $state(false);
  open: ReadonlySet<ClusterId> = $state.raw(new Set());
  asTable = $state(false);
  tableRows = $state(TABLE_FIRST);
  tableClusters = $state(TABLE_FIRST);
  #view = $state.raw<TimeView>();
  width = $state(1_000);
  height = $state(400);
  top = $state(0);
  focus: TimelineFocus = $state.raw({ lane: 0 });
  hover = $state.raw<TimelineFocus>();

  readonly windows = TIMELINE_DAYS;
  readonly listSources = listCitations;

  /** Changes every minute, which is the precision of a forecast. */
  readonly #minute = $derived.by(() => Math.floor(this.#services.now.current / MINUTE_MS) * MINUTE_MS);
  /** Changes every hour; the forecast is then requested again. */
  readonly #hour = $derived(Math.floor(this.#minute / HOUR_MS));

  readonly scenario: ForecastScenario = $derived.by(() => this.#makeScenario(this.scenarioId));

  #makeScenario(id: ScenarioId): ForecastScenario {
    const { fromMs, toMs } = this;
    switch (id) {
      case 'nothing':
        return {};
      case 'updated':
        return { updateOnMs: this.updateOnMs };
      case 'off':
        return { off: { fromMs, toMs, clusterId: this.offCluster || undefined } };
      case 'absent':
        return { absent: { fromMs, toMs } };
      case 'missed':
        return { missesUpdate: true };
    }
  }

  readonly #switchable = $derived.by(() =>
    this.#services.inventory.clusters.filter(({ kind }) => kind === 'kubernetes'),
  );
  readonly hasManyToSwitchOff = $derived(this.#switchable.length > FEW_CLUSTERS);

  readonly offChoice = $derived.by(() => {
    const found = filterByName(this.#switchable, this.hasManyToSwitchOff ? this.offQuery : '', ({ name }) => name);
    const first = found.slice(0, OFFERED);
    const isChosen = ({ id }: ClusterSummary) => id === this.offCluster;
    const shown = first.some(isChosen) ? first : [...this.#switchable.filter(isChosen), ...first];
    const values = { shown: first.length, found: found.length };
    const hint = first.length < found.length ? this.#services.text.t('timeline.off.first', values) : undefined;
    return { shown, found: found.length, hint };
  });

  /** Key of the reason why the scenario cannot be forecast; absent if it can. */
  readonly fault = $derived.by(() => this.#findFault(this.scenario));

  #findFault({ off, absent, updateOnMs }: ForecastScenario) {
    const between = off ?? absent;
    if (between !== undefined && between.fromMs >= between.toMs) return 'timeline.fault.order';
    const lastMs = between?.toMs ?? updateOnMs;
    return lastMs !== undefined && lastMs <= this.#minute ? 'timeline.fault.past' : undefined;
  }

  /** The scenarios, each with its first break, so that they can be compared at a glance. */
  readonly scenarios = $derived.by(() =>
    SCENARIO_IDS.map((value) => {
      const answer = this.#answers.get(this.#scenarioKey(value));
      return {
        value,
        text: this.#services.text.t(`timeline.scenario.${value}`),
        detail: answer === undefined ? '' : this.#firstBreakText(answer),
      };
    }),
  );

  /** Changes with everything that affects the answer, except the inventory. */
  #scenarioKey(id: ScenarioId): string {
    const { clusterFacts, thresholds } = this.#services.settings.values;
    return JSON.stringify([this.#hour, this.#makeScenario(id), clusterFacts, thresholds]);
  }

  #firstBreakText({ first, breaking: count }: ForecastAnswer): string {
    const { translate, clusterName } = this.words;
    if (first === undefined) return translate('timeline.lane.fine');
    const place = {
      count,
      what: this.markText(first),
      cluster: clusterName(first.clusterId),
      date: this.#day(first.atMs),
    };
    return translate('timeline.scenario.first', place);
  }

  /** Shows the forecast, and then finds the first break of the other scenarios. */
  async show(asked: AskedQuestion): Promise<void> {
    const number = (this.#asked += 1);
    if (asked !== this.#answered) await this.load(asked, number);
    const { rows, clusters } = this.#services.inventory;
    if (rows !== this.#answeredRows) this.#answers = new Map();
    this.#answeredRows = rows;
    for (const id of SCENARIO_IDS) {
      const key = this.#scenarioKey(id);
      if (this.#answers.has(key)) continue;
      const scenario = this.#makeScenario(id);
      if (clusters.length > MOST_COMPARED || this.#findFault(scenario) !== undefined) continue;
      const answer = await this.#foretell({ ...asked.question, scenario }, () => number === this.#asked);
      if (answer === undefined) return;
      this.#answers = new Map(this.#answers).set(key, answer);
    }
  }

  /** `undefined` if the answer is no longer wanted. */
  async #foretell(question: ForecastQuestion, isWanted: () => boolean): Promise<ForecastAnswer | undefined> {
    const { forecast } = this.#services.api;
    if (!isWanted()) return undefined;
    const begun = await forecast.begin(question);
    if (!begun.ok) return undefined;
    const { number, clusters } = begun.value;
    let answer: ForecastAnswer = { broken: 0, breaking: 0 };
    for (let done = 0; done < clusters;) {
      if (!isWanted()) return undefined;
      const part = await forecast.part({ number });
      if (!part.ok) return undefined;
      ({ done, answer } = part.value);
    }
    return isWanted() ? answer : undefined;
  }

  readonly #question = new SameQuestion<AskedQuestion>();
  /** A change causes a new request for the forecast. */
  readonly question = $derived.by(() => {
    const question = { horizonDays: DEFAULT_HORIZON_DAYS, scenario: this.scenario };
    return this.#question.reuse({ question }, [this.#services.inventory.rows, this.#scenarioKey(this.scenarioId)]);
  });

  readonly #nowMs = $derived.by(() => this.forecast?.nowMs ?? this.#minute);

  readonly words: ForecastWords = $derived.by(() => {
    const { format } = this.#services.text;
    const names = new Map<string, string>(this.#services.inventory.clusters.map(({ id, name }) => [id, name]));
    return {
      translate: (key, values) => this.#services.text.t(key, values),
      moment: (ms) => format.moment(ms),
      span: (ms) => format.span(ms),
      clusterName: (id) => names.get(id) ?? id,
      nowMs: this.#nowMs,
    };
  });

  readonly answer = $derived.by(() => {
    const { forecast, words } = this;
    if (forecast === undefined) return undefined;
    const [sentence, ...more] = answerSentences(forecast.answer, forecast, words);
    // Sums over only some of the clusters would be misleading.
    if (this.progress !== undefined)
      return { sentence: this.#services.text.t('timeline.so-far', { sentence }), more: '' };
    return { sentence, more: more.length === 0 ? '' : joinSentences(more, words) };
  });

  readonly progress = $derived.by(() => {
    const { forecast } = this;
    if (forecast === undefined || forecast.done >= forecast.clusters) return undefined;
    const { done, clusters } = forecast;
    return { done, clusters, text: this.#services.text.t('timeline.progress', { done, clusters }) };
  });

  readonly lanes = $derived(new Lanes(this.model?.clusters ?? [], this.open));
  readonly #timeWidth = $derived(Math.max(1, this.width - GUTTER_PX));
  readonly view = $derived.by(
    () => this.#view ?? createWindow(this.#minute, this.#services.settings.values.timelineDays, this.#timeWidth),
  );

  readonly picture = $derived.by(() => {
    const { model, lanes, view, top, height } = this;
    const widthPx = this.#timeWidth;
    return model && buildPicture({ model, lanes, view, widthPx, topPx: top, heightPx: height });
  });
  readonly ticks = $derived.by(() => buildTicks(this.view, this.#timeWidth, (ms) => this.#offset(ms)));
  readonly tickTexts = $derived.by(() =>
    this.ticks.map(({ atMs, unit, isMajor }) => ({
      x: pixelAt(this.view, atMs),
      text: this.#services.text.format.tick(atMs, { unit, isMajor }),
      isMajor,
    })),
  );

  /** The line below the picture: describes the item under the pointer, or else the item selected with the keyboard. */
  readonly line: TimelineLine | undefined = $derived.by(() => this.#findLine(this.hover ?? this.focus));

  /** Opens by Enter or a click. */
  readonly target = $derived.by(() => this.#findLine(this.focus)?.target);

  readonly entries = $derived.by(() => {
    if (!this.asTable) return [];
    return firstMarks(this.model?.clusters ?? [], this.tableRows).map(({ cluster, place }) =>
      this.#describeEvent(cluster, place),
    );
  });
  readonly entryCount = $derived((this.model?.clusters ?? []).reduce((sum, { markMs }) => sum + markMs.length, 0));

  readonly summaries = $derived.by(() => {
    const { model, forecast, words } = this;
    if (!this.asTable || model === undefined || forecast === undefined) return [];
    return model.clusters
      .slice(0, this.tableClusters)
      .map((cluster) => ({
        cluster,
        answer: clusterAnswerText(cluster.answer, forecast.untilMs, words),
        outages: cluster.outages.map((outage) => this.#outageText(outage)),
      }));
  });

  constructor(services: Services) {
    this.#services = services;
    const hourMs = Math.ceil(services.now.current / HOUR_MS) * HOUR_MS;
    this.updateOnMs = hourMs + 7 * DAY_MS;
    this.fromMs = hourMs + 2 * DAY_MS;
    this.toMs = hourMs + 8 * DAY_MS;
  }

  /** Requests the forecast, unless the displayed forecast already answers the question. */
  async ask(asked: AskedQuestion): Promise<void> {
    if (asked !== this.#answered) await this.load(asked);
  }

  /**
   * Requests the forecast for some clusters at a time. The forecast of another scenario is shown as it arrives; a new
   * forecast of the same scenario replaces the old one when it is complete. A newer request cancels this one.
   */
  async load(asked: AskedQuestion, number = (this.#asked += 1)): Promise<void> {
    if (this.fault !== undefined) return;
    const { question } = asked;
    this.working = true;
    const begun = await this.#services.api.forecast.begin(question);
    if (number !== this.#asked) return;
    if (!begun.ok) return this.#fail(begun.problem);
    const { nowMs, untilMs, clusters } = begun.value;
    const { inventory, settings } = this.#services;
    const { classes } = settings;
    const isSame =
      this.forecast !== undefined &&
      this.progress === undefined &&
      JSON.stringify(this.forecast.scenario) === JSON.stringify(question.scenario);
    let ordered: TimelineCluster[] = [];
    let waiting: TimelineCluster[] = [];
    let shownAt = performance.now();
    let done = 0;
    let answer: ForecastAnswer = { broken: 0, breaking: 0 };
    const next = () => this.#services.api.forecast.part({ number: begun.value.number });
    let coming = clusters > 0 ? next() : undefined;
    do {
      const result = await coming;
      if (number !== this.#asked) return;
      if (result?.ok === false) return this.#fail(result.problem);
      if (result !== undefined) {
        ({ done, answer } = result.value);
        // While this part is drawn, the main process computes the next one.
        if (done < clusters) coming = next();
        for (const packed of result.value.clusters)
          waiting.push(new TimelineCluster(packed, inventory.clusterRows(packed.clusterId)));
      }
      const isDone = done >= clusters;
      if (!isDone && (isSame || performance.now() - shownAt < GATHER_MS)) continue;
      shownAt = performance.now();
      ordered = mergeLanes(ordered, waiting);
      waiting = [];
      this.#show(
        { scenario: question.scenario, nowMs, untilMs, answer, done, clusters },
        { nowMs, untilMs, classes, clusters: ordered },
      );
    } while (done < clusters);
    this.working = false;
    this.#answered = asked;
  }

  leave(): void {
    this.#asked += 1;
    this.working = false;
  }

  #fail(problem: Problem): void {
    this.working = false;
    this.#services.notices.problem(problem);
  }

  /**
   * Shows a forecast. Visible lanes stay in place when lanes are added above them, unless the list is scrolled to the
   * top.
   */
  #show(forecast: ShownForecast, model: TimelineModel): void {
    const { lanes: before, top, focus } = this;
    const uppermost = before.findLane(top);
    const focused = focus.lane > 0 || focus.mark !== undefined ? before.getLane(focus.lane) : undefined;
    this.#answered = undefined;
    this.forecast = forecast;
    this.model = model;
    const { lanes } = this;
    const findAgain = ({ cluster: { clusterId }, index }: TimelineLane) => {
      const lane = lanes.clusterIndex(clusterId);
      return lane < 0 ? undefined : lanes.getLane(lane + index - before.clusterIndex(clusterId));
    };
    this.hover = undefined;
    if (focused !== undefined) this.focus = { ...focus, lane: findAgain(focused)?.index ?? 0 };
    const same = top > 0 && uppermost !== undefined ? findAgain(uppermost) : undefined;
    this.scrollTo(same === undefined || uppermost === undefined ? top : same.topPx + top - uppermost.topPx);
  }

  /** Switches off the cluster with this ID; if there is none, switches off the hosts. */
  switchOff(id: string): void {
    this.offCluster = this.#services.inventory.clusters.find((cluster) => cluster.id === id)?.id ?? '';
  }

  /** Zooms by a factor. `anchorPx` is measured from the left edge of the picture. */
  zoom(factor: number, anchorPx = this.#anchorPx): void {
    const widthPx = this.#timeWidth;
    const anchor = Math.min(widthPx, Math.max(0, anchorPx - GUTTER_PX));
    this.#view = zoomView(this.view, factor, { anchorPx: anchor, widthPx });
  }

  /** “Now” while it is in view, or else the middle of the picture. */
  get #anchorPx(): number {
    const nowX = pixelAt(this.view, this.#nowMs);
    return GUTTER_PX + (nowX < 0 || nowX > this.#timeWidth ? this.#timeWidth / 2 : nowX);
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP);
  }

  /** Shows so many days from now on, also after the next start. */
  showDays(timelineDays: TimelineDays): void {
    this.#view = undefined;
    void this.#services.settings.change({ timelineDays });
  }

  pan(px: number): void {
    this.#view = panView(this.view, px);
  }

  scrollToNow(): void {
    this.#view = placeNow(this.view, this.#nowMs, this.#timeWidth);
  }

  scrollTo(topPx: number): void {
    this.top = Math.min(Math.max(0, this.lanes.heightPx - this.height), Math.max(0, topPx));
  }

  /** Handles a key; returns whether it had an effect. */
  key(key: string, { ctrl }: { ctrl: boolean }): boolean {
    switch (key) {
      case '+':
      case '=':
        this.zoomIn();
        break;
      case '-':
        this.zoomOut();
        break;
      case '0':
        this.showDays(365);
        break;
      case 'Home':
        this.scrollToNow();
        break;
      case 'ArrowLeft':
      case 'ArrowRight':
        if (ctrl) this.#stepMark(key === 'ArrowRight' ? 1 : -1);
        else this.pan(key === 'ArrowRight' ? PAN_STEP_PX : -PAN_STEP_PX);
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        this.#stepLane(key === 'ArrowDown' ? 1 : -1);
        break;
      case 'PageDown':
      case 'PageUp':
        this.scrollTo(this.top + (key === 'PageDown' ? SCROLL_STEP_PX : -SCROLL_STEP_PX));
        break;
      case ' ':
        this.toggle(this.focus.lane);
        break;
      default:
        return false;
    }
    this.hover = undefined;
    return true;
  }

  toggle(lane: number): void {
    const cluster = this.lanes.getLane(lane)?.cluster;
    if (cluster === undefined) return;
    const { clusterId } = cluster;
    const open = new Set(this.open);
    if (!open.delete(clusterId)) open.add(clusterId);
    this.open = open;
    this.focus = { lane: this.lanes.clusterIndex(clusterId) };
    this.#reveal();
  }

  /** Returns the item at a point, in pixels from the picture's left and top edges. */
  itemAt(x: number, y: number): TimelineFocus | undefined {
    const lane = this.lanes.findLane(y + this.top);
    if (lane === undefined) return undefined;
    const drawn = this.picture?.lanes.find((each) => each.lane.index === lane.index);
    const near = drawn?.marks.find((mark) => Math.abs(mark.x - (x - GUTTER_PX)) <= 8);
    return { lane: lane.index, mark: near && lane.cluster.marks.indexOf(near.event) };
  }

  /** Returns whether the point is a button: a mark or a name. The arrow before the name of a cluster expands its lane. */
  press(x: number, y: number): boolean {
    const found = this.itemAt(x, y);
    if (found === undefined) return false;
    this.focus = found;
    const isCluster = this.lanes.getLane(found.lane)?.row === undefined;
    if (x < ARROW_PX && isCluster) this.toggle(found.lane);
    return found.mark !== undefined || (x < GUTTER_PX && !(isCluster && x < ARROW_PX));
  }

  #stepLane(by: number): void {
    const lane = Math.min(this.lanes.count - 1, Math.max(0, this.focus.lane + by));
    this.focus = { lane };
    this.#reveal();
  }

  #stepMark(by: number): void {
    const cluster = this.lanes.getLane(this.focus.lane)?.cluster;
    if (cluster === undefined || cluster.marks.length === 0) return;
    const { nowMs } = this.words;
    const next = cluster.markMs.findIndex((ms) => ms > nowMs);
    const from = this.focus.mark ?? (next < 0 ? cluster.marks.length : next) - (by > 0 ? 1 : 0);
    const mark = Math.min(cluster.marks.length - 1, Math.max(0, from + by));
    this.focus = { lane: this.lanes.clusterIndex(cluster.clusterId), mark };
    const x = pixelAt(this.view, cluster.marks[mark]?.atMs ?? 0);
    if (x < 0 || x > this.#timeWidth) this.pan(x - this.#timeWidth / 2);
    this.#reveal();
  }

  #reveal(): void {
    const lane = this.lanes.getLane(this.focus.lane);
    if (lane === undefined) return;
    const end = lane.topPx + lane.heightPx;
    if (lane.topPx < this.top) this.scrollTo(lane.topPx);
    else if (end > this.top + this.height) this.scrollTo(end - this.height);
  }

  barTitle({ role, name }: BoardRow): string {
    return this.#services.text.t('forecast.about', { role: this.#services.text.lookUp(`role.${role}`), name });
  }

  shortAnswer({ answer: { first }, outages }: TimelineCluster): string {
    const { translate, span, nowMs } = this.words;
    const down = listDown(outages, nowMs).map(({ fromMs }) => fromMs);
    if (down.length > 0) return translate('timeline.lane.down', { date: this.#day(Math.min(...down)) });
    return first === undefined
      ? translate('timeline.lane.fine')
      : translate('timeline.lane.first', { span: span(first.atMs - nowMs) });
  }

  /** Names the functions of a cluster that have stopped already. */
  downTexts({ outages }: TimelineCluster): string[] {
    return listDown(outages, this.#nowMs).map(({ impact }) => this.words.translate(`impact.${impact}`));
  }

  markText(event: ForecastEvent): string {
    const impact = findImpact(event);
    return this.words.translate(impact === undefined ? `forecast.kind.${event.kind}` : `impact.${impact}`);
  }

  #outageText({ impact, fromMs, untilMs }: TimelineCluster['outages'][number]): string {
    const { translate } = this.words;
    const span = { what: translate(`impact.${impact}`), from: this.#day(fromMs) };
    return untilMs === Infinity
      ? translate('timeline.outage.open', span)
      : translate('timeline.outage', { ...span, to: this.#day(untilMs) });
  }

  #day(ms: number): string {
    return this.#services.text.format.day(ms, this.#nowMs);
  }

  markAt({ lane, mark }: TimelineFocus): ForecastEvent | undefined {
    return mark === undefined ? undefined : this.lanes.getLane(lane)?.cluster.marks[mark];
  }

  /** Absent until the forecast of this cluster has arrived. */
  listEvents(clusterId: ClusterId): TimelineEntry[] | undefined {
    const cluster = this.model?.clusters.find((each) => each.clusterId === clusterId);
    return cluster && Array.from(cluster.markMs, (_, place) => this.#describeEvent(cluster, place));
  }

  #describeEvent(cluster: TimelineCluster, place: number): TimelineEntry {
    const event = cluster.mark(place);
    return {
      key: `${cluster.clusterId} ${place}`,
      event,
      cluster: cluster.name,
      text: eventText(event, this.words),
      state: findEventState(event),
    };
  }

  showMore(): void {
    this.tableRows += TABLE_STEP;
  }

  showMoreClusters(): void {
    this.tableClusters += TABLE_STEP;
  }

  #findLine({ lane: index, mark }: TimelineFocus): TimelineState['line'] {
    const lane = this.lanes.getLane(index);
    const { forecast, words } = this;
    if (lane === undefined || forecast === undefined) return undefined;
    const { cluster } = lane;
    const { clusterId } = cluster;
    const event = this.markAt({ lane: index, mark });
    if (event !== undefined)
      return {
        title: `${cluster.name}, ${words.moment(event.atMs)}`,
        text: eventText(event, words),
        event,
        target: { clusterId, credentialId: event.credential },
      };
    if (lane.row === undefined) {
      const text = clusterAnswerText(cluster.answer, forecast.untilMs, words);
      return { title: cluster.name, text, target: { clusterId, credentialId: undefined } };
    }
    const row = cluster.credentials[lane.row];
    if (row === undefined) return undefined;
    const { translate, moment } = words;
    const { notAfterMs } = row;
    const { renewedMs, endMs } = cluster.statusSegment(lane.row);
    const sentences = [
      notAfterMs === undefined
        ? translate('timeline.line.unknown')
        : translate('timeline.line.valid', { date: moment(notAfterMs) }),
      renewedMs === undefined ? [] : translate('timeline.line.renewed', { date: moment(renewedMs) }),
      endMs === undefined ? [] : translate('timeline.line.ends', { date: moment(endMs) }),
    ].flat();
    return { title: this.barTitle(row), text: sentences.join(' '), target: { clusterId, credentialId: row.id } };
  }

  /** Returns how far the displayed time zone is ahead of UTC. */
  #offset(ms: number): number {
    return this.#services.settings.values.timeZone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset() * MINUTE_MS;
  }

  stateNow(cluster: TimelineCluster): ExpiryState {
    if (listDown(cluster.outages, this.#nowMs).length > 0) return 'expired';
    return cluster.answer.first === undefined ? 'fine' : 'urgent';
  }
}

export function findEventState(event: ForecastEvent): ExpiryState {
  const { kind } = event;
  if (isBreak(event)) return kind === 'expiry' ? 'expired' : 'urgent';
  switch (kind) {
    case 'update-failed':
    case 'update-overdue':
      return 'urgent';
    case 'update-due':
    case 'ca-horizon':
    case 'node-pool-end':
      return 'renewal-overdue';
    case 'support-end':
      return event.needsSomebody ? 'renewal-overdue' : 'fine';
    case 'expiry':
    case 'power-off':
    case 'power-on':
    case 'update':
      return 'renewal-due';
    default:
      return 'fine';
  }
}
