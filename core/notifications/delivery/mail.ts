import type { MailChannel } from '../model/channel.ts';
import type { NotificationMessage, NoticeTexts } from '../model/notice.ts';
import type { Ports, RefusedRecipient } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { secretAt, type SecretPorts } from './secret.ts';
import { readTrust } from './trust.ts';

const TIMEOUT_MS = 30_000;

interface MailedNotice {
  notice: NotificationMessage;
  texts: NoticeTexts;
  /** Recipients that have it already. */
  accepted?: readonly string[] | undefined;
}

/** The server refused some recipients, or all; those who have the message now need not get it again. */
export class RecipientsRefused extends ConsoleError {
  /** Addresses. */
  readonly accepted: readonly string[];

  constructor(server: string, accepted: readonly string[], refused: readonly RefusedRecipient[]) {
    // Their addresses, and no words of the server.
    const detail = refused.map(({ address, status }) => `${address}: ${status}`).join(', ');
    super('delivery.failed', { reason: 'refused', target: server, detail });
    this.accepted = accepted;
  }
}

/**
 * Sends a notice by mail to those who have not accepted it yet. `delivery.failed`, as `RecipientsRefused` when the
 * server refused it for some of them; `channel.secret-missing`, `file.*`.
 */
export async function sendByMail(
  ports: SecretPorts & Pick<Ports, 'mail'>,
  channel: MailChannel,
  { notice, texts, accepted = [] }: MailedNotice,
): Promise<void> {
  const { host, port, security, from, user, secret, caFile } = channel;
  const to = channel.to.filter((address) => !accepted.includes(address));
  // Whoever had refused it is no longer a recipient.
  if (to.length === 0) return;
  const login =
    user === undefined || secret === undefined ? {} : { login: { user, password: await secretAt(ports, secret) } };
  const refused = await ports.mail.send(
    { host, port, security, timeoutMs: TIMEOUT_MS, ...login, ...(await readTrust(ports, caFile)) },
    { from, to, subject: texts.subject(notice), text: texts.body(notice), id: notice.id, at: notice.at },
  );
  if (refused.length === 0) return;
  const refusing = new Set(refused.map(({ address }) => address));
  const took = to.filter((address) => !refusing.has(address));
  throw new RecipientsRefused(`${host}:${port}`, took, refused);
}
