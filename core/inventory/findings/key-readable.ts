import type { Citation } from '../../shared/citation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Found, FoundKey } from '../../formats/parsed-file.ts';
import type { FileFacts } from '../../shared/ports.ts';

const CIS_BENCHMARK: Citation = { certainty: 'documented', work: 'CIS Kubernetes Benchmark', place: '1.1.21' };

const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;
const OCTAL = 8;

/**
 * A finding when a file holds a private key in the clear and its mode lets others than its owner read it. Where the file
 * system has no modes there is none.
 */
export function keyReadable({ path, mode = 0 }: FileFacts, { keys }: Found): Finding[] {
  const isReadable = (mode & (GROUP_READS | OTHERS_READ)) !== 0;
  if (!isReadable || !keys.some(isInClear)) return [];
  const params = { mode: mode.toString(OCTAL), readers: (mode & OTHERS_READ) === 0 ? 'group' : 'everybody' };
  return [{ rule: 'key.readable', severity: 'warning', place: { path }, citation: CIS_BENCHMARK, params }];
}

/** Of PKCS #8 the label says so, of older forms a header (RFC 1421). */
function isInClear({ keyPem, isSealed }: FoundKey): boolean {
  return isSealed !== true && !/-----BEGIN ENCRYPTED |^Proc-Type:[ \t]*4[ \t]*,[ \t]*ENCRYPTED/mu.test(keyPem);
}
