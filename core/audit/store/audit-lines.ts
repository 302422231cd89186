import { z } from 'zod';
import { strictUtf8 } from '../../formats/text/text-encoding.ts';
import { instantField } from '../../shared/contract/schemas.ts';

const SHA256 = /^[0-9a-f]{64}$/u;

/** The minimum number of lines in the trail, and the SHA-256 of the last of these lines. */
export const auditHeadFile = z.object({ lines: z.int().min(0), hash: z.string().regex(SHA256) });
export type AuditHead = z.infer<typeof auditHeadFile>;

const auditLine = z.strictObject({
  /** 1-based. */
  line: z.int().min(1),
  at: instantField,
  by: z.string(),
  action: z.string().min(1),
  subject: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  /** SHA-256 of the previous line, in hex; zeros in the first line. */
  previous: z.string().regex(SHA256),
});
export type AuditEntry = z.infer<typeof auditLine>;

export const NO_LINE: AuditHead = { lines: 0, hash: '0'.repeat(64) };

export const AUDIT_FAULT_RULES = [
  'audit.line-unreadable',
  'audit.chain-broken',
  'audit.line-missing',
  'audit.end-changed',
  'audit.head-behind',
  'audit.head-unknown',
] as const;

export interface AuditFault {
  rule: (typeof AUDIT_FAULT_RULES)[number];
  line: number;
}

export interface CheckedTrail {
  lines: number;
  head: string;
  faults: AuditFault[];
}

export function serializeEntry({ line, at, by, action, subject, params, previous }: AuditEntry): string {
  return JSON.stringify({ line, at, by, action, subject, params, previous });
}

export interface AuditText {
  /** Without the line ending; absent if the bytes are not UTF-8. */
  text?: string;
  entry?: AuditEntry;
}

export function auditText(bytes: Uint8Array): AuditText {
  let text: string | undefined;
  try {
    text = strictUtf8(bytes, 'kept');
    return { text, entry: auditLine.safeParse(JSON.parse(text)).data };
  } catch {
    return { text };
  }
}

/**
 * Finds faults: unreadable, changed or missing lines, and the first of several lines beyond the head. A single line
 * beyond the head is not a fault: a killed process can leave one behind.
 */
export class AuditCheck {
  readonly #head: AuditHead;
  readonly #faults: AuditFault[] = [];
  #lines = 0;
  #hash = NO_LINE.hash;

  constructor(head: AuditHead) {
    this.#head = head;
  }

  take({ text, entry }: AuditText, hash: string): AuditFault[] {
    this.#lines += 1;
    const line = this.#lines;
    const found: AuditFault[] = [];
    if (entry === undefined) found.push({ rule: 'audit.line-unreadable', line });
    else if (entry.previous !== this.#hash || entry.line !== line || serializeEntry(entry) !== text)
      found.push({ rule: 'audit.chain-broken', line });
    this.#hash = hash;
    if (line === this.#head.lines && hash !== this.#head.hash) found.push({ rule: 'audit.end-changed', line });
    this.#faults.push(...found);
    return found;
  }

  verdict(): CheckedTrail {
    const lines = this.#lines;
    const faults = [...this.#faults];
    if (lines < this.#head.lines) faults.push({ rule: 'audit.line-missing', line: lines + 1 });
    if (lines > this.#head.lines + 1) faults.push({ rule: 'audit.head-behind', line: this.#head.lines + 1 });
    return { lines, head: this.#hash, faults };
  }
}
