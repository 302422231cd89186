import { SECOND_MS, epochMs } from '../../../shared/instant.ts';
import { CA_FILE, defineChannel } from '../channel-type.ts';
import { findHttpsServer, parseHttpsUrl } from '../https-url.ts';
import type { NotificationMessage } from '../notice.ts';

const TIMEOUT_MS = 20_000;
/** Increased with every change to the body that would break existing receivers. */
const BODY_VERSION = 1;

/** The signature covers the time of the attempt and the body, so that a receiver can refuse replayed messages. */
export const WEBHOOK = defineChannel({
  kind: 'webhook',
  fields: {
    url: {
      type: 'text',
      option: 'url',
      label: 'watch.form.url',
      placeholder: 'https://monitor.example/arcwarden',
      isUrl: true,
    },
    secret: { type: 'secret', label: 'watch.form.secret.webhook' },
    caFile: CA_FILE,
  },
  fault: ({ url }) => (parseHttpsUrl(url) === undefined ? { field: 'url', reason: url } : undefined),
  target: ({ url }) => url,
  server: ({ url }) => findHttpsServer(url),
  keepsSecret: ({ url }, before) => url === before.url,
  deliver({ url }, { notice, at, sign }) {
    const body = webhookBody(notice);
    const timestamp = String(epochMs(at) / SECOND_MS);
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Arcwarden',
      'arcwarden-delivery': notice.id,
      'arcwarden-timestamp': timestamp,
      'arcwarden-signature': `v1=${sign(`${timestamp}.${body}`)}`,
    };
    return { by: 'web', post: { url, headers, body, timeoutMs: TIMEOUT_MS } };
  },
});

function webhookBody({ id, at, purpose, changes, summary, audit }: NotificationMessage): string {
  return JSON.stringify({ version: BODY_VERSION, id, at, purpose, changes, summary, audit });
}
