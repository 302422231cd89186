import type { Instant } from '../../shared/instant.ts';

/** Possible states of a part of a sample fleet; with six clusters or more each occurs at least once. */
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

/** A cluster of the fleet or its cloud agent, with its state. */
export interface SamplePart {
  /** Its name in the inventory. */
  name: string;
  kind: 'cloud-agent' | 'management' | 'workload';
  states: readonly SampleState[];
}

/** Contents of a sample fleet. */
export interface SampleSummary {
  /** The fleet's present. */
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
