import { channelFault, type Channel } from '../model/channel.ts';
import type { NotificationMessage, NoticeTexts } from '../model/notice.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import { writeToEventLog } from './event-log.ts';
import { sendByMail } from './mail.ts';
import type { SecretPorts } from './secret.ts';
import { sendToWebhook, type WebhookPorts } from './webhook.ts';

export type SendPorts = SecretPorts & WebhookPorts & Pick<Ports, 'mail' | 'host'>;

/** A channel that accepts notices; the Prometheus file takes the whole state instead. */
export type NoticeChannel = Exclude<Channel, { kind: 'prometheus' }>;

/** Whether this computer and this program can use the channel at all. */
export function isAvailable(
  { processes, host }: Pick<Ports, 'processes' | 'host'>,
  { kind }: Pick<Channel, 'kind'>,
): boolean {
  if (kind === 'event-log') return processes.platform === 'win32';
  return kind !== 'toast' || host.toast !== undefined;
}

/** Sends a notice through one channel. `delivery.failed`, `channel.*`, `program.*`, `file.*`. */
export async function send(
  ports: SendPorts,
  channel: NoticeChannel,
  message: { notice: NotificationMessage; texts: NoticeTexts; accepted?: readonly string[] | undefined },
): Promise<void> {
  const { notice, texts } = message;
  // One that was saved under older rules is told what is wrong with it, and its secret is not even read.
  const fault = channelFault(channel);
  if (fault !== undefined) throw new ConsoleError('channel.invalid', { ...fault });
  switch (channel.kind) {
    case 'webhook':
      return sendToWebhook(ports, channel, notice);
    case 'mail':
      return sendByMail(ports, channel, message);
    case 'event-log':
      return writeToEventLog(ports, message);
    case 'toast': {
      if (ports.host.toast === undefined) throw new ConsoleError('channel.not-available', { channel: 'toast' });
      const credential = onlyCredential(notice);
      return ports.host.toast({ title: texts.subject(notice), body: texts.short(notice), opens: credential });
    }
  }
}

/** The single credential that a notice is about; `undefined` for several. */
function onlyCredential({ changes }: NotificationMessage) {
  const [change, ...others] = changes;
  if (change === undefined || others.length > 0 || !('credential' in change)) return undefined;
  const { clusterId, credentialId } = change.credential;
  return { clusterId, credentialId: change.kind === 'renewed' ? change.by.credentialId : credentialId };
}
