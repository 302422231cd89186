import type { CheckId } from '../checks.ts';
import type { Failure, FailureId, FailureRow, RemedyStep, StepRow } from '../failure.ts';
import { citeText } from '../sources/sources.ts';
import * as controlPlane from './control-plane.ts';
import * as idle from './idle.ts';
import * as kms from './kms.ts';
import * as kubeconfig from './kubeconfig.ts';
import * as mocClients from './moc-clients.ts';
import * as nodeAgent from './node-agent.ts';
import * as nodes from './nodes.ts';
import * as signIn from './sign-in.ts';
import * as updates from './updates.ts';

/** To add a failure, export it from a file beside this one, and add its texts and look-alikes. */
const ROWS: Readonly<Record<FailureId, FailureRow>> = {
  ...controlPlane,
  ...idle,
  ...kms,
  ...kubeconfig,
  ...mocClients,
  ...nodeAgent,
  ...nodes,
  ...signIn,
  ...updates,
};

/** Pairs of failures that look alike, and the cheapest command that distinguishes them. */
const LOOK_ALIKES = Object.entries({
  'F01-F02': 'vm-names',
  'F01-F03': 'control-plane-end',
  'F01-F11': 'control-plane-end',
  'F01-F13': 'kubeconfig-view',
  'F01-F22': 'moc-node',
  'F01-F34': 'revocation-resource',
  'F01-F36': 'api-server-port',
  'F03-F07': 'kms-container',
  'F04-F05': 'moc-node',
  'F04-F06': 'moc-node',
  'F04-F25': 'moc-node',
  'F04-F31': 'moc-node',
  'F04-F32': 'moc-node',
  'F05-F06': 'kvactl',
  'F05-F10': 'management-kubeconfig',
  'F05-F12': 'user',
  'F05-F32': 'kvactl',
  'F06-F07': 'kvactl',
  'F06-F17': 'kvactl',
  'F07-F08': 'api-server',
  'F07-F09': 'kms-container',
  'F07-F17': 'kms-log',
  'F07-F21': 'kms-log',
  'F07-F36': 'kms-container',
  'F08-F36': 'kms-container',
  'F09-F36': 'kms-container',
  'F10-F11': 'management-kubeconfig',
  'F10-F20': 'api-server',
  'F11-F13': 'kubeconfig-view',
  'F11-F20': 'api-server',
  'F12-F13': 'kubeconfig-view',
  'F14-F15': 'node-agent',
  'F14-F16': 'node-agent',
  'F14-F26': 'moc-version',
  'F15-F16': 'node-agent',
  'F17-F27': 'billing',
  'F17-F35': 'build',
  'F18-F33': 'renewal-pods',
  'F19-F20': 'pod-logs',
  'F21-F22': 'api-server',
  'F31-F34': 'revocation-resource',
} satisfies Record<string, CheckId>);

function createFailure(id: FailureId, { kind = 'certificate', steps, cause, look, ...row }: FailureRow): Failure {
  return {
    supports: [],
    citations: cause,
    ...row,
    id,
    kind,
    lookAlikes: LOOK_ALIKES.filter(([pair]) => pair.includes(id)).map(([pair, check]) => ({
      id: pair.split('-').find((each) => each !== id) as FailureId,
      apart: `failure.apart.${pair}`,
      check,
    })),
    steps: steps.map(createStep),
    cause: citeText(`failure.${id}.cause`, ...cause),
    look: kind === 'certificate' ? undefined : citeText(`failure.${id}.look`, ...(look ?? cause)),
  };
}

function createStep({ only, precondition, expected, backup, undo, ...step }: StepRow): RemedyStep {
  return {
    ...step,
    only: only && `repair.only.${only}`,
    precondition: precondition && `repair.precondition.${precondition}`,
    expected: `repair.expected.${expected}`,
    backup: backup && { ...backup, text: `repair.backup.${backup.text}` },
    undo: undo && { ...undo, text: `repair.undo.${undo.text}` },
  };
}

export const FAILURES: readonly Failure[] = (Object.keys(ROWS) as FailureId[])
  .sort()
  .map((id) => createFailure(id, ROWS[id]!));

const BY_ID = new Map<string, Failure>(FAILURES.map((failure) => [failure.id, failure]));

export function findFailure(id: FailureId): Failure | undefined {
  return BY_ID.get(id);
}
