import type { MailChannel } from '../model/channel.ts';
import type { NotificationMessage, NoticeTexts } from '../model/notice.ts';
import type { Ports } from '../../shared/ports.ts';
import { secretAt, type SecretPorts } from './secret.ts';
import { readTrust } from './trust.ts';

const TIMEOUT_MS = 30_000;

/** Sends a notice by mail. `delivery.failed`, `channel.secret-missing`, `file.*`. */
export async function sendByMail(
  ports: SecretPorts & Pick<Ports, 'mail'>,
  channel: MailChannel,
  { notice, texts }: { notice: NotificationMessage; texts: NoticeTexts },
): Promise<void> {
  const { host, port, security, from, to, user, secret, caFile } = channel;
  const login =
    user === undefined || secret === undefined ? {} : { login: { user, password: await secretAt(ports, secret) } };
  await ports.mail.send(
    { host, port, security, timeoutMs: TIMEOUT_MS, ...login, ...(await readTrust(ports, caFile)) },
    { from, to, subject: texts.subject(notice), text: texts.body(notice), id: notice.id, at: notice.at },
  );
}
