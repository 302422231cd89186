import type { WebhookChannel } from '../model/channel.ts';
import { toMilliseconds, SECOND_MS } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { NotificationMessage } from '../model/notice.ts';
import { encodeHex } from '../../formats/der/hex.ts';
import type { Ports } from '../../shared/ports.ts';
import { secretAt, type SecretPorts } from './secret.ts';
import { readTrust } from './trust.ts';

const TIMEOUT_MS = 20_000;
/** Raised when a receiver that understood the previous body would no longer do so. */
const BODY_VERSION = 1;

export type WebhookPorts = SecretPorts & Pick<Ports, 'web' | 'keys' | 'clock'>;

/**
 * Posts a notice. Any status from 200 to 299 counts as accepted. The signature covers the instant of this attempt and
 * the body, so that a receiver can refuse replayed messages. `delivery.failed`, `channel.secret-missing`, `file.*`.
 */
export async function sendToWebhook(
  ports: WebhookPorts,
  channel: WebhookChannel,
  notice: NotificationMessage,
): Promise<void> {
  const body = webhookBody(notice);
  const timestamp = String(toMilliseconds(ports.clock.now()) / SECOND_MS);
  const secret = await secretAt(ports, channel.secret);
  const { status } = await ports.web.post({
    url: channel.url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Arcwarden',
      'arcwarden-delivery': notice.id,
      'arcwarden-timestamp': timestamp,
      'arcwarden-signature': getSignature(ports, secret, `${timestamp}.${body}`),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    ...(await readTrust(ports, channel.caFile)),
  });
  if (status >= 200 && status <= 299) return;
  const target = new URL(channel.url).host;
  throw new ConsoleError('delivery.failed', { reason: 'refused', target, detail: status });
}

/** Documented in docs/data-formats.md. */
function webhookBody({ id, at, purpose, changes, summary, audit }: NotificationMessage): string {
  return JSON.stringify({ version: BODY_VERSION, id, at, purpose, changes, summary, audit });
}

/** `v1=` and the HMAC-SHA256 in hex (RFC 2104). */
function getSignature({ keys }: Pick<Ports, 'keys'>, secret: string, signed: string): string {
  const encoder = new TextEncoder();
  const key = encoder.encode(secret);
  try {
    return `v1=${encodeHex(keys.hmac('SHA-256', key, encoder.encode(signed)))}`;
  } finally {
    keys.wipe(key);
  }
}
