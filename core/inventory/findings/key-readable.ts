import type { Citation } from '../../shared/citation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Found, FoundKey } from '../../formats/parsed-file.ts';
import type { FileFacts } from '../../shared/ports.ts';
import { findOtherReaders } from '../model/file-mode.ts';

const CIS_BENCHMARK: Citation = { certainty: 'documented', work: 'CIS Kubernetes Benchmark', place: '1.1.21' };

/** Reports an unencrypted private key that accounts other than the owner may read, on file systems with modes. */
export function keyReadable({ path, mode }: FileFacts, { keys }: Found): Finding[] {
  const params = findOtherReaders(mode);
  if (params === undefined || !keys.some(isInClear)) return [];
  return [{ rule: 'key.readable', severity: 'warning', place: { path }, citation: CIS_BENCHMARK, params }];
}

/** Returns whether the key is unencrypted, by the label of PKCS #8 or a header of older forms (RFC 1421). */
function isInClear({ keyPem, isSealed }: FoundKey): boolean {
  return isSealed !== true && !/-----BEGIN ENCRYPTED |^Proc-Type:[ \t]*4[ \t]*,[ \t]*ENCRYPTED/mu.test(keyPem);
}
