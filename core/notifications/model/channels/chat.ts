import { CA_FILE, defineChannel } from '../channel-type.ts';
import { findHttpsServer, parseHttpsUrl } from '../https-url.ts';
import type { NoticeTexts, NotificationMessage } from '../notice.ts';

const TIMEOUT_MS = 20_000;
/**
 * Teams refuses messages above 28 KB, and Slack cuts them at 40,000 characters. Sources: Microsoft Learn, “Create an
 * Incoming Webhook”; Slack, “Truncating really long messages”. A Japanese character takes three bytes.
 */
const LONGEST_TEXT = 5_000;

/** Defines a chat service whose webhook accepts messages from anybody who knows its address: the address is the secret. */
export function defineChat<const Kind extends string>(
  kind: Kind,
  placeholder: string | undefined,
  payload: (subject: string, text: string) => object,
) {
  return defineChannel({
    kind,
    fields: {
      host: {
        type: 'text',
        option: 'server',
        label: 'watch.form.server',
        hint: 'watch.form.server.hint',
        ...(placeholder !== undefined && { placeholder }),
        isHostInSecret: true,
      },
      secret: { type: 'secret', label: 'watch.form.secret.chat' },
      caFile: CA_FILE,
    },
    fault: ({ host }) =>
      parseHttpsUrl(`https://${host}`)?.host === host ? undefined : { field: 'server', reason: '' },
    secretFault: ({ host }, secret) =>
      parseHttpsUrl(secret)?.host === host ? undefined : { field: 'chat', reason: host },
    target: ({ host }) => host,
    server: ({ host }) => findHttpsServer(`https://${host}`),
    keepsSecret: ({ host }, before) => host === before.host,
    deliver: (_, { notice, texts, secret: url }) => {
      const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Arcwarden' };
      const body = JSON.stringify(payload(texts.subject(notice), shortText(texts, notice)));
      return { by: 'web', post: { url: url.trim(), headers, body, timeoutMs: TIMEOUT_MS } };
    },
  });
}

function shortText(texts: NoticeTexts, notice: NotificationMessage): string {
  const text = texts.body(notice).trimEnd();
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
