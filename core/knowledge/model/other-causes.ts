import type { Statement } from '../../shared/citation.ts';
import type { TextSign } from './failure.ts';
import { cited } from './sources/sources.ts';
import { KUBECTL, READ_ONLY_CHECK, WINDOWS_CMDLETS } from './sources/sources-repair.ts';

/*
 * Causes that are not certificate problems of this product but appear in the same logs, and where to look instead.
 * Failures of that kind (billing, the secret of Azure Arc) are in `failures`.
 */

export const ELSEWHERE_IDS = ['clock', 'dns', 'disk', 'memory', 'rbac', 'registry', 'proxy', 'webhook'] as const;
export type ElsewhereId = (typeof ELSEWHERE_IDS)[number];

export interface Elsewhere {
  id: ElsewhereId;
  texts: readonly TextSign[];
  /** What it is and where to look: `failure.elsewhere.<id>`. */
  statement: Statement;
}

function signs(...phrases: readonly (readonly string[])[]): readonly TextSign[] {
  return phrases.map((each, at) => ({ id: `sign-${at + 1}`, phrases: each, gap: 240, weight: 0.85 }));
}

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    id: 'clock',
    texts: signs(['x509: certificate has expired or is not yet valid', 'is before']),
    statement: cited('failure.elsewhere.clock', READ_ONLY_CHECK),
  },
  {
    id: 'dns',
    texts: signs(
      ['dial tcp: lookup', 'no such host'],
      ['lookup', 'server misbehaving'],
      ['Could not resolve host'],
      ['Temporary failure in name resolution'],
      ['No such host is known'],
    ),
    statement: cited('failure.elsewhere.dns', KUBECTL),
  },
  {
    id: 'disk',
    texts: signs(
      ['no space left on device'],
      ['There is not enough space on the disk'],
      ['mvcc: database space exceeded'],
    ),
    statement: cited('failure.elsewhere.disk', KUBECTL),
  },
  {
    id: 'memory',
    texts: signs(
      ['OOMKilled'],
      ['Out of memory: Killed process'],
      ['Not enough memory in the system to start the virtual machine'],
    ),
    statement: cited('failure.elsewhere.memory', KUBECTL, WINDOWS_CMDLETS),
  },
  {
    id: 'rbac',
    texts: signs(['is forbidden: User', 'cannot', 'in API group']),
    statement: cited('failure.elsewhere.rbac', KUBECTL),
  },
  {
    id: 'registry',
    texts: signs(
      ['Failed to pull image', 'x509: certificate signed by unknown authority'],
      ['Failed to pull image', 'x509: certificate has expired or is not yet valid'],
      ['failed to resolve reference', 'x509: certificate signed by unknown authority'],
    ),
    statement: cited('failure.elsewhere.registry', KUBECTL),
  },
  {
    id: 'proxy',
    texts: signs(['proxyconnect tcp'], ['first record does not look like a TLS handshake']),
    statement: cited('failure.elsewhere.proxy', KUBECTL),
  },
  {
    id: 'webhook',
    texts: signs(
      ['failed calling webhook', 'x509: certificate has expired or is not yet valid'],
      ['failed calling webhook', 'x509: certificate signed by unknown authority'],
      ['failed to call webhook', 'x509: certificate signed by unknown authority'],
    ),
    statement: cited('failure.elsewhere.webhook', KUBECTL),
  },
];
