import { ConsoleError } from '../../shared/problem.ts';
import { systemCode } from '../system-error.ts';

/** Each reason has a text in `problem.delivery.failed`. */
type DeliveryReason = 'certificate' | 'unreachable' | 'late' | 'unencrypted' | 'login' | 'refused' | 'other';

const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPIPE'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'ECONNECTION'],
]);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ALTNAME|CHAIN|CRL/u;

/**
 * Returns only codes and status numbers, since the server's text may repeat parts of the message, such as a password.
 */
export function deliveryFailure(
  target: string,
  error: unknown,
  known?: { reason: DeliveryReason; detail: string },
): ConsoleError {
  if (error instanceof ConsoleError) return error;
  const code = systemCode(error) || (error instanceof Error && systemCode(error.cause)) || '';
  const { reason, detail } = known ?? { reason: findDeliveryReason(code), detail: code || 'unknown' };
  return new ConsoleError('delivery.failed', { reason, target, detail }, { cause: error });
}

function findDeliveryReason(code: string): DeliveryReason {
  if (UNREACHABLE.has(code)) return 'unreachable';
  if (TIMED_OUT.has(code)) return 'late';
  return CERTIFICATE.test(code) ? 'certificate' : 'other';
}
