import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import { HOW, WHY } from '../../../../core/maintenance/model/facts.ts';
import {
  CLOUD_REPAIR,
  HOST_REPAIR,
  NEW_CREDENTIAL,
} from '../../../../core/knowledge/model/credentials/roles-remedies.ts';
import { buildCommand } from '../../../../core/plan/model/command.ts';
import { maintenancePlan, type MaintenancePlan } from '../../../../core/maintenance/model/maintenance.ts';
import { DEFAULT_PLANNING, type PlanningRules } from '../../../../core/maintenance/model/rules.ts';
import type { MaintenanceTask } from '../../../../core/maintenance/model/tasks.ts';
import { type Wording, translator } from '../../../../core/shared/text/text.ts';

export const NOW_MS = epochMs(instant('2026-11-24T12:00:00Z'));

export const ENGLISH: Wording = { language: 'en', translate: translator('en') };
export const JAPANESE: Wording = { language: 'ja', translate: translator('ja') };

/** Names with characters that end a string, a line, a here-string, a cell or a document in some format. */
export const HOSTILE_NAMES = [
  "'; rm -rf /; '",
  '$(Stop-Computer)',
  '`$x`n"; Stop-Computer #',
  "\n'@\nStop-Computer\n@'",
  '@\u2019; Stop-Computer \u2018',
  '#DATA# #STEPS#',
  '</Description><Evil/>&amp;]]>',
  'a|b`c`\\d*e*[f](javascript:g)',
  'a,b;c\\nd\r\nATTENDEE:x',
  '東日本リテール店舗第一クラスター'.repeat(6),
  '\u0000\u0007\u2028\u{1F4A3}\uD800',
];

function task(name: string, change: Partial<MaintenanceTask>): MaintenanceTask {
  return {
    id: `${name}/cloud`,
    lane: 'agent' as ClusterId,
    deployment: 'agent',
    kind: 'rotate-certificates',
    step: 'cloud',
    target: { clusterId: 'east' as ClusterId, name, kind: 'workload' },
    deadlineMs: NOW_MS + 40 * DAY_MS,
    repeatsWithinMs: 90 * DAY_MS,
    durationMs: HOUR_MS / 3,
    commands: [buildCommand(CLOUD_REPAIR.command, { values: { cluster: name } })],
    needsPerson: false,
    why: { ...WHY.cloud, params: { count: 2 } },
    how: [CLOUD_REPAIR.statement],
    because: [],
    assumed: false,
    ...change,
  };
}

/** Builds a plan with a host update and, for a cluster of this name, a rotation and a task for a person. */
export function samplePlan(name: string, change: Partial<PlanningRules> = {}): MaintenancePlan {
  const host = { clusterId: 'agent' as ClusterId, name: 'ca-1.example', kind: 'host' as const };
  return maintenancePlan(
    {
      tasks: [
        task('ca-1.example', {
          id: 'agent/host',
          step: 'host',
          target: host,
          commands: [buildCommand(HOST_REPAIR.command)],
          how: [HOST_REPAIR.statement],
        }),
        task('ca-1.example', {
          id: 'agent/update',
          step: 'host-update',
          kind: 'host-update',
          target: host,
          commands: [buildCommand('Update-AksHci')],
          how: [HOW['host-update']],
          repeatsWithinMs: 60 * DAY_MS,
          durationMs: 2 * HOUR_MS,
        }),
        task(name, { after: ['agent/host'] }),
        task(name, {
          id: `${name}/ad`,
          kind: 'reinstall-ad-auth',
          step: 'ad-auth-install',
          why: WHY['ad-auth'],
          needsPerson: true,
          deadlineMs: NOW_MS + 60 * DAY_MS,
        }),
        task(name, {
          id: `${name}/credential`,
          kind: 'fetch-credential',
          step: 'credential',
          why: WHY.credential,
          commands: [buildCommand(NEW_CREDENTIAL.command, { values: { cluster: name } })],
          deadlineMs: NOW_MS + 60 * DAY_MS,
        }),
        task(name, { id: `${name}/late`, deadlineMs: NOW_MS - DAY_MS, step: 'kubelet' }),
      ],
      notes: [],
    },
    { ...DEFAULT_PLANNING, timeZone: 'Asia/Tokyo', ...change },
    NOW_MS,
  );
}
