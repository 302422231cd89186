import type { Instant } from '../../shared/instant.ts';

/** What can be the matter with a part of a sample fleet; each is in it once at least when it has six clusters or more. */
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

/** A cluster of the fleet or its cloud agent, with what is the matter with it. */
export interface SamplePart {
  /** As the inventory calls it. */
  name: string;
  kind: 'cloud-agent' | 'management' | 'workload';
  states: readonly SampleState[];
}

/** What a sample fleet consists of. */
export interface SampleSummary {
  /** The moment that it shows. */
  now: Instant;
  parts: readonly SamplePart[];
  files: number;
  certificates: number;
  tokens: number;
  privateKeys: number;
}

export const DEFAULT_SAMPLE_CLUSTERS = 6;
/** Each has a network of its own; more would only be more of the same. */
export const MOST_SAMPLE_CLUSTERS = 40;
