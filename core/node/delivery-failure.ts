import { ConsoleError } from '../shared/problem.ts';
import { systemCode } from './system-error.ts';

/** Why nothing could be handed over to another computer; the words are those of `problem.delivery.failed`. */
type DeliveryReason = 'certificate' | 'unreachable' | 'late' | 'unencrypted' | 'login' | 'refused' | 'other';

const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'ECONNECTION'],
]);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);
/** What Node calls a certificate that it does not accept, by OpenSSL's names or its own. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME|CHAIN|CRL/u;

/**
 * A failed hand-over as a `ConsoleError`. Only codes and status numbers go along: the texts of servers may repeat what was
 * sent, a password for instance.
 */
export function deliveryFailure(
  target: string,
  error: unknown,
  known?: { reason: DeliveryReason; detail: string },
): ConsoleError {
  if (error instanceof ConsoleError) return error;
  const code = systemCode(error) || systemCode(causeOf(error));
  const { reason, detail } = known ?? { reason: reasonOf(code), detail: code || 'unknown' };
  return new ConsoleError('delivery.failed', { reason, target, detail }, { cause: error });
}

function reasonOf(code: string): DeliveryReason {
  if (UNREACHABLE.has(code)) return 'unreachable';
  if (TIMED_OUT.has(code)) return 'late';
  return CERTIFICATE.test(code) ? 'certificate' : 'other';
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
