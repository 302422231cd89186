import { AuditTrail } from '../../../core/audit/store/audit.ts';
import type { Assessment } from '../../../core/expiry/model/assess.ts';
import type { Channel } from '../../../core/notifications/model/channel.ts';
import type { ChannelId, CredentialId } from '../../../core/shared/ids.ts';
import type { ExpiryState } from '../../../core/knowledge/model/credentials/expiry-state.ts';
import { instantFromMs, MINUTE_MS, epochMs } from '../../../core/shared/instant.ts';
import type { NotificationMessage } from '../../../core/notifications/model/notice.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';
import { Notifier, type NotifierOptions } from '../../../core/notifications/notifier.ts';
import { noticeTexts } from '../../../core/notifications/export/notice-text.ts';
import { prometheusText } from '../../../core/expiry/export/prometheus-text.ts';
import { translator } from '../../../core/shared/text/text.ts';
import type { Ports, Toast, Vault } from '../../../core/shared/ports.ts';
import { openNotificationStore, type NotificationStore } from '../../../core/notifications/store/store.ts';
import { boardRow } from '../../support/board-rows.ts';
import { makeSnapshot } from './whole-fleet.ts';
import { MemoryFiles, RecordingOutside, TEST_NOW, testPorts, type TestPorts } from '../../support/ports.ts';

type MailChannel = Extract<Channel, { kind: 'mail' }>;

export const HOOK: Channel = {
  id: '00000000000000a1' as ChannelId,
  kind: 'webhook',
  name: 'monitor',
  enabled: true,
  createdAt: TEST_NOW,
  url: 'https://monitor.example/arcwarden',
  secret: { kind: 'environment', name: 'ARCWARDEN_CHANNEL_HOOK' },
};
export const MAIL: MailChannel = {
  id: '00000000000000a2' as ChannelId,
  kind: 'mail',
  name: 'operators',
  enabled: true,
  createdAt: TEST_NOW,
  host: 'mail.example',
  port: 587,
  security: 'starttls',
  from: 'arcwarden@contoso.example',
  to: ['ops@contoso.example'],
};

/** Builds a mail channel to a server on this computer. The server's CA and the password are in files. */
export function localMail(port: number, change: Partial<MailChannel> = {}): MailChannel {
  return {
    ...MAIL,
    host: 'localhost',
    port,
    caFile: '/ca.pem',
    user: 'ops',
    secret: { kind: 'file', path: '/password' },
    ...change,
  };
}

const PATHS = ['/pki/a.crt', '/pki/b.crt'];

/** A notifier that can be restarted, with files in memory and a fleet made of names and states. */
export class NotifierWorld {
  readonly outside: RecordingOutside;
  readonly ports: TestPorts;
  readonly toasts: Toast[] = [];
  states: Record<string, ExpiryState> = {};
  readonly renewals = new Map<CredentialId, CredentialId>();
  texts: NotifierOptions['texts'] = () => noticeTexts(translator('en'), 'en');
  sentChanges: NotifierOptions['sentChanges'];
  preferences: ReturnType<NotifierOptions['preferences']> = {};
  store!: NotificationStore;
  audit!: AuditTrail;
  watcher!: Notifier;

  readonly host: Ports['host'];

  private constructor(platform: string, vault: Vault | undefined) {
    this.outside = new RecordingOutside(platform);
    this.outside.variables['ARCWARDEN_CHANNEL_HOOK'] = 'of the hook';
    this.ports = { ...testPorts(new MemoryFiles(), this.outside), ...(vault !== undefined && { vault }) };
    const unreachable = (): never => {
      throw new Error('not for the watcher');
    };
    this.host = {
      about: unreachable,
      chooseSources: unreachable,
      chooseTarget: unreachable,
      copy: unreachable,
      user: () => 'CORP\\admin',
      toast: async (each) => void this.toasts.push(each),
    };
  }

  static async start(
    channels: readonly Channel[],
    { platform = 'linux', vault }: { platform?: string; vault?: Vault } = {},
  ): Promise<NotifierWorld> {
    const world = new NotifierWorld(platform, vault);
    await world.restart();
    await world.store.saveChannels(channels);
    return world;
  }

  async restart(): Promise<this> {
    this.store = await openNotificationStore(this.ports, '/data', { toldLater: true });
    this.audit = await AuditTrail.open(this.ports, '/data');
    this.watcher = new Notifier({
      ports: { ...this.ports, host: this.host },
      store: this.store,
      takeSnapshot: () =>
        Promise.resolve(
          makeSnapshot({
            assessments: this.assessments(),
            needs: {},
            renewals: this.renewals,
            clusters: 1,
            sources: PATHS.length,
            nowMs: epochMs(this.ports.clock.now()),
          }),
        ),
      auditHead: () => this.audit.head,
      listAll: () => ({ assessments: this.assessments(), paths: PATHS }),
      preferences: () => this.preferences,
      texts: () => this.texts(),
      metrics: (facts) => prometheusText({ ...facts, version: '1.2.3' }),
      timeZone: 'UTC',
      sentChanges: this.sentChanges,
    });
    return this;
  }

  assessments(): Assessment[] {
    return Object.entries(this.states).map(([name, state]) => {
      const id = Buffer.from(name).toString('hex').padEnd(64, '0') as CredentialId;
      const notAfterMs = epochMs(TEST_NOW) + 90 * MINUTE_MS;
      return { row: boardRow({ id, name, notAfterMs }), state };
    });
  }

  pass(minutes: number): this {
    const { clock } = this.ports;
    clock.moment = instantFromMs(epochMs(clock.moment) + minutes * MINUTE_MS);
    return this;
  }

  async check(states?: Record<string, ExpiryState>): Promise<this> {
    if (states !== undefined) this.states = states;
    await this.watcher.check({ down: ['/pki/b.crt'] });
    return this;
  }

  fail(reason = 'unreachable'): void {
    this.outside.failure = new ConsoleError('delivery.failed', {
      reason,
      target: 'monitor.example',
      detail: 'ECONNREFUSED',
    });
  }

  work(): void {
    this.outside.failure = undefined;
  }

  /** Returns the messages that the webhook has received. */
  notices(): NotificationMessage[] {
    return this.outside.posts.map(({ body }) => JSON.parse(body) as NotificationMessage);
  }

  /** Returns a line such as `a urgent` for every change that the webhook has received, in order. */
  listReports(): string[] {
    return this.notices().flatMap(({ changes }) =>
      changes.map((change) => {
        if ('credential' in change)
          return `${change.credential.name} ${change.kind === 'entered' ? change.to : change.kind}`;
        return 'channel' in change ? `${change.channel.name} ${change.kind}` : change.kind;
      }),
    );
  }
}
