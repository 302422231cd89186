import type { CheckId } from '../checks.ts';
import type { Failure, FailureId, FailureRow } from '../failure.ts';
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

/** To add a failure, add it to one of the files beside this one, its texts to the catalogues, and its name here. */
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

export const FAILURES: readonly Failure[] = (Object.keys(ROWS) as FailureId[]).map((id) =>
  createFailure(id, ROWS[id]!),
);

function createFailure(id: FailureId, { lookAlikes = {}, cause, look, ...row }: FailureRow): Failure {
  return {
    kind: 'certificate',
    supports: [],
    citations: cause,
    ...row,
    id,
    lookAlikes: (Object.entries(lookAlikes) as [FailureId, CheckId][]).map(([other, check]) => ({
      id: other,
      apart: `failure.apart.${[id, other].sort().join('-')}`,
      check,
    })),
    cause: citeText(`failure.${id}.cause`, ...cause),
    look: look && citeText(`failure.${id}.look`, ...look),
  };
}

const BY_ID = new Map<string, Failure>(FAILURES.map((failure) => [failure.id, failure]));

export function findFailure(id: FailureId): Failure | undefined {
  return BY_ID.get(id);
}
