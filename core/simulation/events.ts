import type { Instant } from '../shared/instant.ts';

export const EVENT_KINDS = [
  /** After a login with a token, at the start of a node, or by a cmdlet. */
  'certificate-issued',
  'certificate-renewed',
  'certificate-refused',
  'certificate-expired',
  'token-rotated',
  'token-refused',
  'token-expired',
  'login-refused',
  'client-started',
  'client-not-started',
  'node-replaced',
  'node-lost',
  'ca-both-trusted',
  'ca-reissuing',
  'ca-withdrawn',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export interface SimulationEvent {
  at: Instant;
  kind: EventKind;
  cluster?: string;
  node?: string;
  identity?: string;
  certificate?: string;
  params: Record<string, string | number>;
}
