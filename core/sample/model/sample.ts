import type { Instant } from '../../shared/instant.ts';

/** A sample of six clusters contains every state. */
export const SAMPLE_STATES = [
  'healthy',
  'renewal-due',
  'renewal-stalled',
  'off-6-days',
  'off-35-days',
  'revoked',
  'kubeconfig-expired',
  'ca-horizon',
  'clock-skew',
] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

export interface SamplePart {
  name: string;
  kind: 'cloud-agent' | 'management' | 'workload';
  states: readonly SampleState[];
}

export interface SampleSummary {
  now: Instant;
  parts: readonly SamplePart[];
  files: number;
  certificates: number;
  tokens: number;
  privateKeys: number;
}

export const DEFAULT_SAMPLE_CLUSTERS = 6;
/** Each cluster needs its own network. */
export const MOST_SAMPLE_CLUSTERS = 40;
