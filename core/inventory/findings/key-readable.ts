import type { Citation } from '../../shared/citation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Found, FoundKey } from '../../formats/parsed-file.ts';
import type { FileFacts } from '../../shared/ports.ts';
import { findOtherReaders } from '../model/file-mode.ts';

const CIS_BENCHMARK: Citation = { certainty: 'documented', work: 'CIS Kubernetes Benchmark', place: '1.1.21' };

/**
 * A finding when a file holds a private key in the clear and its mode lets others than its owner read it. Where the file
 * system has no modes there is none.
 */
export function keyReadable({ path, mode }: FileFacts, { keys }: Found): Finding[] {
  const params = findOtherReaders(mode);
  if (params === undefined || !keys.some(isInClear)) return [];
  return [{ rule: 'key.readable', severity: 'warning', place: { path }, citation: CIS_BENCHMARK, params }];
}

/** Of PKCS #8 the label says so, of older forms a header (RFC 1421). */
function isInClear({ keyPem, isSealed }: FoundKey): boolean {
  return isSealed !== true && !/-----BEGIN ENCRYPTED |^Proc-Type:[ \t]*4[ \t]*,[ \t]*ENCRYPTED/mu.test(keyPem);
}
