import type { ChannelDraft } from '../../core/notifications/contract.ts';
import { CHANNEL_KINDS, getTarget, type ChannelKind } from '../../core/notifications/model/channel.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import type { ChannelId, CredentialId } from '../../core/shared/ids.ts';
import type { Finding } from '../../core/shared/finding.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, epochMs } from '../../core/shared/instant.ts';
import { findAcknowledgement } from '../../core/notifications/model/acknowledgement.ts';
import { acknowledgementText } from '../../core/notifications/text/acknowledgement-text.ts';
import type { ClusterNeed } from '../../core/repair/model/needs.ts';
import { SILENCE_KINDS, type Silence, type SilenceKind } from '../../core/notifications/model/silence.ts';
import type { Problem, ProblemCode, Result } from '../../core/shared/problem.ts';
import {
  HEARTBEAT_HOURS,
  READ_EVERY_MINUTES,
  type WatchSettings,
} from '../../core/notifications/model/notification-settings.ts';
import type { ChannelView, WatchView } from '../../core/notifications/model/notification-view.ts';
import type { FileTicket, FileUse } from '../../core/shared/ticket.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

type WatchDialog =
  | { kind: 'channel'; of: ChannelKind; channel?: ChannelView }
  | { kind: 'mark'; rows: readonly BoardRow[] }
  | { kind: 'outage'; need: ClusterNeed; from?: string };

export interface ChosenFile {
  file: FileTicket;
  name: string;
}

const MARK_DAYS = ['1', '7', '30'] as const;
export type MarkDays = (typeof MARK_DAYS)[number];

export class WatchState {
  readonly #services: WindowServices;
  readonly choices = {
    kinds: CHANNEL_KINDS,
    markKinds: SILENCE_KINDS,
    markDays: MARK_DAYS,
    readEveryMinutes: READ_EVERY_MINUTES,
    heartbeatHours: HEARTBEAT_HOURS,
  };
  view = $state.raw<WatchView>();
  dialog = $state.raw<WatchDialog>();
  problem = $state.raw<Problem>();
  /** The call that runs for the open dialog, or for one that has been closed. */
  #call = $state.raw<{ act: 'save' | 'try'; dialog: WatchDialog | undefined }>();
  readonly #act = $derived(this.#call?.dialog === this.dialog ? this.#call?.act : undefined);
  readonly saving = $derived(this.#act === 'save');
  readonly trying = $derived(this.#act === 'try');
  testing = $state<ChannelId>();
  /** The text about a test that arrived while the channel’s dialog is open. */
  tried = $state('');
  checking = $state(false);
  #dismissed = $state('');

  /** Empty after the admin has dismissed the findings, until they change. */
  readonly findings: readonly Finding[] = $derived.by(() => {
    const findings = this.view?.findings ?? [];
    return this.#findingsKey(findings) === this.#dismissed ? [] : findings;
  });
  readonly otherFindings = $derived((this.view?.findings ?? []).filter(({ rule }) => rule !== 'watch.channel-failing'));
  readonly channels = $derived(this.view?.channels ?? []);
  readonly #marks = $derived(new Map((this.view?.marks ?? []).map((mark) => [mark.credentialId, mark])));

  constructor(services: WindowServices) {
    this.#services = services;
    services.api.on.notifications.watchChanged((view) => (this.view = view));
  }

  async load(): Promise<void> {
    this.#take(await this.#services.api.notifications.watch());
  }

  open(dialog: WatchDialog): void {
    this.problem = undefined;
    this.tried = '';
    this.dialog = dialog;
  }

  close(): void {
    this.problem = undefined;
    this.dialog = undefined;
  }

  dismissFindings(): void {
    this.#dismissed = this.#findingsKey(this.view?.findings ?? []);
  }

  /** Returns a key without numbers, so that another attempt is not treated as a change. */
  #findingsKey(findings: readonly Finding[]): string {
    return findings.map(({ rule, place, params }) => `${rule} ${place.path ?? params?.['channel'] ?? ''}`).join('\n');
  }

  async save(draft: ChannelDraft): Promise<void> {
    const done: NoticeText = { key: 'watch.saved', values: { name: draft.name } };
    await this.#run('save', () => this.#services.api.notifications.saveChannel(draft), done);
  }

  async remove({ id, name }: ChannelView): Promise<void> {
    const result = await this.#services.api.notifications.removeChannel({ channelId: id });
    if (this.#take(result)) this.#services.notices.success([{ key: 'watch.removed', values: { name } }]);
  }

  async test({ id, name }: ChannelView): Promise<void> {
    if (this.testing !== undefined) return;
    this.testing = id;
    const result = await this.#services.api.notifications.testChannel({ channelId: id });
    this.testing = undefined;
    if (this.#take(result)) this.#services.notices.success([{ key: 'watch.test.done', values: { name } }]);
  }

  /** Sends a test message with the input of the dialog, which stays open and unsaved. */
  async tryOut(draft: ChannelDraft): Promise<void> {
    const done: NoticeText = { key: 'watch.test.done', values: { name: draft.name } };
    await this.#run('try', () => this.#services.api.notifications.testDraft(draft), done);
  }

  async check(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.#take(await this.#services.api.notifications.checkNow());
    this.checking = false;
  }

  findMark(id: CredentialId): Silence | undefined {
    const mark = this.#marks.get(id);
    return mark !== undefined && epochMs(mark.until) > this.#services.now.current ? mark : undefined;
  }

  /** Stops at the first credential that cannot be marked. */
  async mark(
    rows: readonly BoardRow[],
    { kind, reason, days }: { kind: SilenceKind; reason: string; days: MarkDays },
  ): Promise<void> {
    const { now, api } = this.#services;
    const until = instantFromMs(now.current + Number(days) * DAY_MS);
    const markAll = async (): Promise<Result<WatchView>> => {
      for (const { clusterId, id: credentialId } of rows) {
        const result = await api.notifications.mark({ clusterId, credentialId, kind, reason, until });
        if (!result.ok) return result;
      }
      return api.notifications.watch();
    };
    await this.#run('save', markAll, { key: 'mark.saved' });
  }

  async unmark(credentialId: CredentialId, name: string): Promise<void> {
    const { api, notices } = this.#services;
    if (this.#take(await api.notifications.unmark({ credentialId })))
      notices.success([{ key: 'mark.ended', values: { name } }]);
  }

  /** Returns who is on a cluster, with a short and a full text; `undefined` if nobody is. */
  findHolder(need: ClusterNeed): { by: string; mark: string; text: string } | undefined {
    const found = findAcknowledgement(this.view?.acknowledgements ?? [], need);
    if (found === undefined) return undefined;
    const { t: translate, format } = this.#services.text;
    const text = acknowledgementText(found, { translate, formatDate: (ms) => format.moment(ms) });
    return { by: found.by, mark: translate('outage.on-it', { by: found.by }), text };
  }

  /** Acknowledges an outage, hands it over with `from`, or withdraws without `by`. */
  async passOutage(need: ClusterNeed, said: { from?: string; by?: string; note?: string }): Promise<void> {
    const { clusterId, cluster: name } = need;
    const done = { key: said.by === undefined ? 'outage.nobody' : 'mark.saved', values: { name } } as const;
    await this.#run('save', () => this.#services.api.notifications.passOutage({ clusterId, ...said }), done);
  }

  /**
   * Lets the admin choose a file to read, or a file for the metrics; returns `undefined` if the admin cancels the
   * dialog.
   */
  async chooseFile(use: FileUse): Promise<ChosenFile | undefined> {
    const { application } = this.#services.api;
    const result =
      use === 'write:prom'
        ? await application.chooseTarget({ suggestedName: 'arcwarden.prom', format: 'prom' })
        : await application.chooseSources({ kind: 'channel' });
    const file = result.ok ? [result.value].flat()[0] : undefined;
    const named = file ? await application.nameFile({ file }) : undefined;
    if (file && named?.ok) return { file, name: named.value };
    for (const answer of [result, named]) if (answer?.ok === false) this.problem = answer.problem;
    return undefined;
  }

  change(change: Partial<WatchSettings>): void {
    const { settings } = this.#services;
    settings.change({ watch: { ...settings.values.watch, ...change } });
  }

  channelHealth({ enabled, status }: ChannelView): { state: 'works' | 'fails' | 'unused' | 'off'; text: string } {
    const { text, now } = this.#services;
    if (!enabled) return { state: 'off', text: text.t('watch.status.off') };
    if (status.failures > 0) return { state: 'fails', text: text.t('watch.status.fails', { count: status.failures }) };
    if (status.lastSuccessAt === undefined) return { state: 'unused', text: text.t('watch.status.unused') };
    const agoMs = now.current - epochMs(status.lastSuccessAt);
    return agoMs < MINUTE_MS
      ? { state: 'works', text: text.t('watch.status.just-worked') }
      : { state: 'works', text: text.t('watch.status.works', { ago: text.format.span(agoMs) }) };
  }

  targetText(channel: ChannelView): string {
    return getTarget(channel);
  }

  channelProblem({ status }: ChannelView): Problem | undefined {
    const { failures, lastFailure } = status;
    if (failures === 0 || lastFailure === undefined) return undefined;
    return { code: lastFailure.code as ProblemCode, params: lastFailure.params };
  }

  /** Shows the result in the dialog that is open now, or as a notice if somebody closes it meanwhile. */
  async #run(act: 'save' | 'try', work: () => Promise<Result<WatchView>>, done: NoticeText): Promise<void> {
    if (this.#act !== undefined) return;
    const { dialog } = this;
    const call = { act, dialog };
    this.#call = call;
    this.problem = undefined;
    this.tried = '';
    const result = await work();
    if (this.#call === call) this.#call = undefined;
    const isOpen = dialog !== undefined && this.dialog === dialog;
    if (!result.ok && isOpen) this.problem = result.problem;
    else if (this.#take(result)) {
      if (isOpen && act === 'try') this.tried = this.#services.text.t(done.key, done.values);
      else this.#services.notices.success([done]);
      if (isOpen && act === 'save') this.close();
    }
  }

  #take(result: Result<WatchView>): boolean {
    if (result.ok) this.view = result.value;
    else this.#services.notices.problem(result.problem);
    return result.ok;
  }
}
