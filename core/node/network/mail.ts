import { domainToASCII } from 'node:url';
import type { Mail, MailMessage, MailServer, RefusedRecipient } from '../../shared/ports.ts';
import { deliveryFailure } from './delivery-failure.ts';
import { systemCode } from '../system-error.ts';

/** Loads nodemailer for the first message, since most runs send none. */
export function nodeMail(): Mail {
  return { send };
}

async function send(server: MailServer, message: MailMessage): Promise<RefusedRecipient[]> {
  const { host, port, security, login, timeoutMs, extraCaPem } = server;
  const target = `${host}:${port}`;
  // A CommonJS module bundled in parts has only a default export.
  const [{ default: nodemailer }, { rootCertificates }] = await Promise.all([import('nodemailer'), import('node:tls')]);
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    auth: login && { user: login.user, pass: login.password },
    tls: {
      minVersion: 'TLSv1.2',
      // The default depends on NODE_TLS_REJECT_UNAUTHORIZED.
      rejectUnauthorized: true,
      ca: extraCaPem === undefined ? undefined : [...rootCertificates, extraCaPem],
    },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Prevents nodemailer from reading files or URLs named in a message.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const answer: unknown = await transport.sendMail({
      from: message.from,
      to: [...message.to],
      subject: message.subject,
      text: message.text,
      date: new Date(message.at),
      messageId: `<${message.id}@arcwarden.invalid>`,
      // RFC 3834: prevents automatic replies.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    return listRefused(message.to, answer);
  } catch (error) {
    const refused = listRefused(message.to, error);
    if (refused.length > 0) return refused;
    throw deliveryFailure(target, error, smtpFault(error));
  } finally {
    transport.close();
  }
}

/** Lists rejected recipients, which nodemailer returns or throws with an error for each. */
function listRefused(to: readonly string[], outcome: unknown): RefusedRecipient[] {
  const { rejectedErrors = [] } = outcome as { rejectedErrors?: (Error & { recipient?: string })[] };
  const statuses = new Map(
    rejectedErrors.map((error) => [asciiAddress(error.recipient ?? ''), findStatus(error) ?? systemCode(error)]),
  );
  return to.flatMap((address) => {
    const status = statuses.get(asciiAddress(address));
    return status === undefined ? [] : [{ address, status }];
  });
}

function asciiAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}

/** For a rejected certificate, nodemailer keeps the sentence of OpenSSL or Node but drops the code. */
const CERTIFICATE_WORDS = /certificate|altnames|self[- ]signed/iu;

/** Returns the reason for a failure, without the server's text. */
function smtpFault(error: unknown): Parameters<typeof deliveryFailure>[2] {
  const code = systemCode(error);
  const detail = findStatus(error) ?? code;
  switch (code) {
    case 'EAUTH':
    case 'ENOAUTH':
      return { reason: 'login', detail };
    case 'ETLS':
    case 'ESOCKET': {
      // ETLS and ESOCKET occur before the server has sent any text that could match.
      const isCertificate = error instanceof Error && CERTIFICATE_WORDS.test(error.message);
      if (isCertificate) return { reason: 'certificate', detail };
      return { reason: code === 'ETLS' ? 'unencrypted' : 'unreachable', detail };
    }
    case 'EENVELOPE':
    case 'EMESSAGE':
    case 'EPROTOCOL':
      return { reason: 'refused', detail };
    default:
      return undefined;
  }
}

function findStatus(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('responseCode' in error)) return undefined;
  return typeof error.responseCode === 'number' ? String(error.responseCode) : undefined;
}
