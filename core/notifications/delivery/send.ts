import { encodeHex } from '../../formats/der/hex.ts';
import type { Ports, RefusedRecipient, Trust } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { CHANNEL_TYPES, channelFault, findCaFile, type Channel } from '../model/channel.ts';
import type { ChannelFault, Delivery } from '../model/channel-type.ts';
import type { NotificationMessage, NoticeTexts } from '../model/notice.ts';
import { secretAt, type SecretPorts } from './secret.ts';
import { readTrust } from './trust.ts';

export type SendPorts = SecretPorts & Pick<Ports, 'web' | 'keys' | 'clock' | 'mail' | 'host'>;

/** The server refused recipients. Those in `accepted` have the message and must not get it again. */
export class RecipientsRefused extends ConsoleError {
  readonly accepted: readonly string[];

  constructor(server: string, accepted: readonly string[], refused: readonly RefusedRecipient[]) {
    // The detail contains only addresses, and no text from the server.
    const detail = refused.map(({ address, status }) => `${address}: ${status}`).join(', ');
    super('delivery.failed', { reason: 'refused', target: server, detail });
    this.accepted = accepted;
  }
}

/**
 * Sends a notice through a channel, except to the recipients in `accepted`. Throws `channel.*`, `program.*`, `file.*`
 * or `delivery.failed`; the last one is a `RecipientsRefused` if the server refused some recipients.
 */
export async function send(
  ports: SendPorts,
  given: Channel,
  {
    notice,
    texts,
    accepted = [],
  }: { notice: NotificationMessage; texts: NoticeTexts; accepted?: readonly string[] | undefined },
): Promise<void> {
  // A channel saved under older rules may be invalid: its fault is reported, and its secret is not even read.
  refuse(channelFault(given));
  const channel = 'to' in given ? { ...given, to: given.to.filter((each) => !accepted.includes(each)) } : given;
  // Nobody is left: the refused recipients have been removed from the channel.
  if ('to' in channel && channel.to.length === 0) return;
  const secret = 'secret' in channel && channel.secret !== undefined ? await secretAt(ports, channel.secret) : '';
  const type = CHANNEL_TYPES[channel.kind];
  refuse(type.secretFault?.(channel, secret));
  const sign = (text: string) => hmacHex(ports, secret, text);
  const message = { notice, texts, at: ports.clock.now(), secret, sign };
  const delivery = type.deliver?.(channel, message);
  if (delivery === undefined) throw new Error('a channel that takes no messages');
  await handOver(ports, delivery, await readTrust(ports, findCaFile(channel)));
}

function refuse(fault: ChannelFault | undefined): void {
  if (fault !== undefined) throw new ConsoleError('channel.invalid', { ...fault });
}

function hmacHex({ keys }: Pick<Ports, 'keys'>, secret: string, text: string): string {
  const encoder = new TextEncoder();
  const key = encoder.encode(secret);
  try {
    return encodeHex(keys.hmac('SHA-256', key, encoder.encode(text)));
  } finally {
    keys.wipe(key);
  }
}

async function handOver(ports: SendPorts, delivery: Delivery, trust: Trust): Promise<void> {
  switch (delivery.by) {
    case 'web': {
      const { status } = await ports.web.post({ ...delivery.post, ...trust });
      if (status >= 200 && status <= 299) return;
      const target = new URL(delivery.post.url).host;
      throw new ConsoleError('delivery.failed', { reason: 'refused', target, detail: status });
    }
    case 'mail': {
      const { server, mail } = delivery;
      const refused = await ports.mail.send({ ...server, ...trust }, mail);
      if (refused.length === 0) return;
      const refusing = new Set(refused.map(({ address }) => address));
      const took = mail.to.filter((address) => !refusing.has(address));
      throw new RecipientsRefused(`${server.host}:${server.port}`, took, refused);
    }
    case 'program': {
      const { exitCode } = await ports.processes.run(delivery.run);
      if (exitCode === 0) return;
      throw new ConsoleError('program.failed', { program: delivery.run.program, exitCode: exitCode ?? -1 });
    }
    case 'toast':
      return ports.host.toast?.(delivery.toast);
  }
}
