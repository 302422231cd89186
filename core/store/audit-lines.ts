import type { Instant } from '../domain/instant.ts';
import { z } from 'zod';
import { instant } from './schemas.ts';

/** One line of the trail; documented in docs/data-formats.md. */
export interface AuditEntry {
  /** 1-based. */
  line: number;
  at: Instant;
  by: string;
  action: string;
  subject: string;
  params: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of the line before, in hex; zeros in the first. */
  previous: string;
}

export interface AuditHead {
  lines: number;
  hash: string;
}

/** Before the first line. */
export const NO_LINE: AuditHead = { lines: 0, hash: '0'.repeat(64) };

export const AUDIT_FAULT_RULES = [
  'audit.line-unreadable',
  'audit.chain-broken',
  'audit.line-missing',
  'audit.end-changed',
  'audit.head-behind',
  'audit.head-unknown',
] as const;

/** Texts: `finding.<rule>`. */
export interface AuditFault {
  rule: (typeof AUDIT_FAULT_RULES)[number];
  /** 1-based, as the file is now. */
  line: number;
}

const auditLine = z.strictObject({
  line: z.int().min(1),
  at: instant,
  by: z.string(),
  action: z.string().min(1),
  subject: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  previous: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** The text of a line, without its end. */
export function lineOf({ line, at, by, action, subject, params, previous }: AuditEntry): string {
  return JSON.stringify({ line, at, by, action, subject, params, previous });
}

function read(text: string): AuditEntry | undefined {
  try {
    return auditLine.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function linesIn(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The lines that can be read, in the order of the file. */
export function entriesIn(text: string): AuditEntry[] {
  return linesIn(text).flatMap((line) => read(line) ?? []);
}

/**
 * Where a trail is not what was written. A line that does not name the one before it is told once, there; so is an end that
 * is not the one that the head knows. One line more than the head knows is what a killed process leaves.
 */
export function auditFaults(
  text: string,
  head: AuditHead,
  hashOf: (line: string) => string,
): { lines: number; head: string; faults: AuditFault[] } {
  const lines = linesIn(text);
  const faults: AuditFault[] = [];
  let previous = NO_LINE.hash;
  lines.forEach((raw, index) => {
    const line = index + 1;
    const entry = read(raw);
    if (entry === undefined) faults.push({ rule: 'audit.line-unreadable', line });
    else if (entry.previous !== previous || entry.line !== line || lineOf(entry) !== raw)
      faults.push({ rule: 'audit.chain-broken', line });
    previous = hashOf(raw);
    if (line === head.lines && previous !== head.hash)
      faults.push({ rule: 'audit.end-changed', line });
  });
  if (lines.length < head.lines)
    faults.push({ rule: 'audit.line-missing', line: lines.length + 1 });
  if (lines.length > head.lines + 1)
    faults.push({ rule: 'audit.head-behind', line: head.lines + 1 });
  return { lines: lines.length, head: previous, faults };
}
