import type { Statement } from '../../shared/citation.ts';
import type { CheckId } from './checks.ts';
import {
  citeText,
  ISSUE_146,
  KNOWN_EXPIRED_CONTROL_PLANE,
  OVERVIEW_TYPES,
  UPDATE_COMMANDS,
} from './sources/sources.ts';
import { ISSUE_160, TRIAGE_ORDER } from './sources/sources-repair.ts';

/*
 * The questions of the interview, from the outermost layer inwards. Once a layer fails, answers about deeper layers are
 * worthless.
 */

type LayerOwner = 'host' | 'management' | 'workload';

/** `of`: the owner of the layer. The interview asks in this order. */
export const TRIAGE_LAYERS = {
  clock: { of: 'host', checks: ['clock'] },
  mocctl: { of: 'host', checks: ['moc-node', 'node-agent'] },
  kvactl: { of: 'host', checks: ['kvactl', 'kvactl-file'] },
  'management-kubeconfig': { of: 'management', checks: ['management-kubeconfig'] },
  'management-kms': { of: 'management', checks: ['management-kms-log'] },
  'workload-api-server': { of: 'workload', checks: ['api-server', 'api-server-port', 'control-plane-end'] },
  'workload-kms': { of: 'workload', checks: ['kms-log', 'kms-container'] },
  'logs-and-exec': { of: 'workload', checks: ['pod-logs'] },
  workers: { of: 'workload', checks: ['nodes', 'renewal-pods', 'renewal-log'] },
} as const satisfies Record<string, { of: LayerOwner; checks: readonly [CheckId, ...CheckId[]] }>;
export type TriageId = keyof typeof TRIAGE_LAYERS;
export const TRIAGE_IDS = Object.keys(TRIAGE_LAYERS) as readonly TriageId[];

export const TRIAGE = TRIAGE_IDS.map((id) => ({
  id,
  ...TRIAGE_LAYERS[id],
  statement: citeText(`triage.${id}`, TRIAGE_ORDER),
  means: citeText(`triage.${id}.means`, TRIAGE_ORDER),
}));

/** Further questions that no command answers, or only a command about the whole deployment. */
export const TRIAGE_FACT_IDS = ['offHours', 'daysSinceUpdate', 'build', 'sameUser'] as const;
export type TriageFactId = (typeof TRIAGE_FACT_IDS)[number];

export const TRIAGE_FACTS: readonly { id: TriageFactId; statement: Statement; check?: CheckId }[] = [
  { id: 'offHours', statement: citeText('triage.fact.offHours', KNOWN_EXPIRED_CONTROL_PLANE, UPDATE_COMMANDS) },
  { id: 'daysSinceUpdate', statement: citeText('triage.fact.daysSinceUpdate', OVERVIEW_TYPES) },
  { id: 'build', statement: citeText('triage.fact.build', ISSUE_146), check: 'build' },
  { id: 'sameUser', statement: citeText('triage.fact.sameUser', ISSUE_160), check: 'user' },
];
