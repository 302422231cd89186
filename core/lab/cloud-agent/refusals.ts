import { ConsoleError } from '../../shared/problem.ts';
import { PUBLIC_TEXTS } from '../../simulation/actions/refusals.ts';
import { ResourceConflict, type ResourceFault } from '../model/resources.ts';

/** An answer that says no. `code` is for programs; `message` is the product's own sentence, if it is public. */
export interface CallRefusal {
  status: number;
  code: string;
  message?: string;
  /** The wrong part of the request, such as `body.properties.cpuCount`. */
  place?: string;
  /** The reason of a decision about access; see `AccessReason`. */
  reason?: string;
  /** Names the obstacle, such as another resource. */
  detail?: string;
}

class RefusalError extends Error {
  readonly refusal: CallRefusal;

  constructor(refusal: CallRefusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

export function createRefusal(status: number, code: string, more: Omit<CallRefusal, 'status' | 'code'> = {}): Error {
  return new RefusalError({ status, code, ...more });
}

const NOT_FOUND: readonly ResourceFault[] = ['not-found'];
const PRECONDITION: readonly ResourceFault[] = ['version-differs'];
const NEEDED: readonly ResourceFault[] = ['version-needed'];

/** By code of a problem: the status, and the sentence that the product prints. Source: see `PUBLIC_TEXTS`. */
const STATUSES: Partial<Record<ConsoleError['code'], { status: number; message?: string }>> = {
  'identity.token-required': { status: 401, message: 'Valid Token Required' },
  'identity.certificate-expired': { status: 401, message: PUBLIC_TEXTS['certificate-expired'] },
  'identity.certificate-refused': { status: 401 },
  'identity.revoked': { status: 401, message: PUBLIC_TEXTS.revoked },
  'identity.unknown': { status: 404 },
  'access-role.unknown': { status: 404 },
  'access-role.not-assigned': { status: 404 },
  'identity.name-taken': { status: 409 },
  'identity.not-revoked': { status: 409 },
  'access-role.name-taken': { status: 409 },
  'access-role.built-in': { status: 409 },
  'access-role.assigned': { status: 409 },
  'identity.name-invalid': { status: 400 },
  'identity.validity-invalid': { status: 400 },
  'identity.request-refused': { status: 400 },
  'access-role.name-invalid': { status: 400 },
  'renewal.refused': { status: 400 },
  'store.not-writable': { status: 507 },
  'store.not-flushed': { status: 507 },
};

/** Returns the answer to an error; `undefined` for a bug. */
export function describeRefusal(error: unknown): CallRefusal | undefined {
  if (error instanceof RefusalError) return error.refusal;
  if (error instanceof ResourceConflict) {
    const { fault, by } = error;
    const status = NOT_FOUND.includes(fault)
      ? 404
      : PRECONDITION.includes(fault)
        ? 412
        : NEEDED.includes(fault)
          ? 428
          : 409;
    return { status, code: fault, detail: by };
  }
  if (!(error instanceof ConsoleError)) return undefined;
  const { code, params } = error;
  const known = STATUSES[code];
  if (known === undefined) return undefined;
  const reason = params['reason'];
  const message =
    code === 'identity.certificate-refused' && reason === 'unknownAuthority'
      ? PUBLIC_TEXTS['unknown-authority']
      : known.message;
  return {
    status: known.status,
    code,
    ...(message !== undefined && { message }),
    ...(reason !== undefined && { reason: String(reason) }),
  };
}
