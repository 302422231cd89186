import { z } from 'zod';
import { clusterId, instantField, isCredentialId } from '../../shared/contract/schemas.ts';
import { ROLE_IDS } from '../../knowledge/model/credentials/credentials.ts';
import { OBSTACLES } from '../../knowledge/model/obstacles.ts';
import type { RenewalObstacle } from '../../expiry/model/renewal-obstacle.ts';
import { NAME_EVIDENCE } from '../../plan/model/cluster-name.ts';
import { LAYERS, type CredentialId } from '../../shared/ids.ts';
import { isInstant, type Instant } from '../../shared/instant.ts';
import type { ReportedAlarm, ReportedAlarms } from '../changes.ts';
import { ALARM_STATES, type ReportedCredential } from '../model/notice.ts';

const OBSTACLE_IDS = Object.keys(OBSTACLES) as [RenewalObstacle['rule']];

export const commonFields = {
  clusterId,
  cluster: z.string(),
  commandName: z.string().optional(),
  nameEvidence: z.enum(NAME_EVIDENCE).optional(),
  layer: z.enum(LAYERS),
  role: z.enum(ROLE_IDS),
  kind: z.enum(['certificate', 'token']),
  assumed: z.literal(true).optional(),
  obstacle: z.enum(OBSTACLE_IDS).optional(),
};

type CredentialEntry = [CredentialId, string, Instant | null, Instant | null];

/** Checks an entry without schemas, which take three times as long: there may be a million entries. */
function isCredentialEntry(entry: unknown): boolean {
  if (!Array.isArray(entry) || entry.length !== 4) return false;
  const [id, name, notBefore, notAfter] = entry as unknown[];
  const areInstants = [notBefore, notAfter].every((each) => each === null || isInstant(each));
  return isCredentialId(id) && typeof name === 'string' && areInstants;
}

export const alarmGroup = z.object({
  ...commonFields,
  state: z.enum(ALARM_STATES),
  at: instantField,
  credentials: z.array(z.custom<CredentialEntry>(isCredentialEntry)),
});
type AlarmGroup = z.infer<typeof alarmGroup>;

/**
 * Writes shared fields once: a million expired credentials fit into a file, but would take twice the size limit
 * ungrouped.
 */
export function groupAlarms(alarms: ReportedAlarms): AlarmGroup[] {
  const all: AlarmGroup[] = [];
  // Credentials of a cluster mostly follow each other. If they do not, there are more groups.
  let ofCluster: AlarmGroup[] = [];
  for (const { state, at, credential } of Object.values(alarms)) {
    const { credentialId: id, name, notBefore = null, notAfter = null, ...common } = credential;
    if (ofCluster[0]?.clusterId !== common.clusterId) ofCluster = [];
    let group = ofCluster.find((each) => isOfGroup(each, { state, at, ...common }));
    if (group === undefined) {
      group = { ...common, state, at, credentials: [] };
      ofCluster.push(group);
      all.push(group);
    }
    group.credentials.push([id, name, notBefore, notAfter]);
  }
  return all;
}

function isOfGroup(group: AlarmGroup, wanted: Omit<AlarmGroup, 'credentials'>): boolean {
  return (
    group.role === wanted.role &&
    group.state === wanted.state &&
    group.at === wanted.at &&
    group.layer === wanted.layer &&
    group.kind === wanted.kind &&
    group.cluster === wanted.cluster &&
    group.commandName === wanted.commandName &&
    group.nameEvidence === wanted.nameEvidence &&
    group.assumed === wanted.assumed &&
    group.obstacle === wanted.obstacle
  );
}

export function ungroupAlarms(groups: readonly AlarmGroup[]): ReportedAlarms {
  const alarms: Record<string, ReportedAlarm> = {};
  for (const { credentials, state, at, ...common } of groups)
    for (const [id, name, notBefore, notAfter] of credentials) {
      const credential: ReportedCredential = { ...common, credentialId: id, name };
      if (notBefore !== null) credential.notBefore = notBefore;
      if (notAfter !== null) credential.notAfter = notAfter;
      alarms[id] = { state, at, credential };
    }
  return alarms;
}
