import type { CheckId } from '../checks.ts';
import type { Failure, FailureId, FailureRow, RemedyStep, StepRow } from '../failure.ts';
import { citeText } from '../sources/sources.ts';
import { F01, F02, F03, F34, F36 } from './control-plane.ts';
import { F21, F22 } from './idle.ts';
import { F07, F08, F09 } from './kms.ts';
import { F10, F11, F13, F24 } from './kubeconfig.ts';
import { F04, F05, F06, F12, F25, F31, F32 } from './moc-clients.ts';
import { F14, F15, F16, F26 } from './node-agent.ts';
import { F18, F19, F20, F33 } from './nodes.ts';
import { F28, F29, F30 } from './sign-in.ts';
import { F17, F23, F27, F35 } from './updates.ts';

/** To add a failure, add it to a file beside this one, its texts, and its name and look-alikes here. */
const ROWS: Readonly<Record<FailureId, FailureRow>> = {
  F01,
  F02,
  F03,
  F04,
  F05,
  F06,
  F07,
  F08,
  F09,
  F10,
  F11,
  F12,
  F13,
  F14,
  F15,
  F16,
  F17,
  F18,
  F19,
  F20,
  F21,
  F22,
  F23,
  F24,
  F25,
  F26,
  F27,
  F28,
  F29,
  F30,
  F31,
  F32,
  F33,
  F34,
  F35,
  F36,
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

export const FAILURES: readonly Failure[] = (Object.keys(ROWS) as FailureId[]).map((id) =>
  createFailure(id, ROWS[id]!),
);

const BY_ID = new Map<string, Failure>(FAILURES.map((failure) => [failure.id, failure]));

export function findFailure(id: FailureId): Failure | undefined {
  return BY_ID.get(id);
}
