import { KUBECTL } from '../../../../core/knowledge/model/sources/sources-repair.ts';
import { citeText, UPDATE_COMMANDS } from '../../../../core/knowledge/model/sources/sources.ts';
import { updateFact } from '../../../../core/knowledge/model/update-facts.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { HOUR_MS, instant, MINUTE_MS } from '../../../../core/shared/instant.ts';
import type { Plan, PlanStep } from '../../../../core/plan/model/plan.ts';
import type { PlanWording } from '../../../../core/plan/text/plan-text.ts';
import { translator } from '../../../../core/shared/text/text.ts';

export const ENGLISH: PlanWording = { language: 'en', translate: translator('en'), zone: 'utc' };
export const JAPANESE: PlanWording = { language: 'ja', translate: translator('ja'), zone: 'utc' };

const SIMPLE: Pick<PlanStep, 'needsApiServer' | 'because' | 'target' | 'risk'> = {
  needsApiServer: false,
  because: { failures: [], credentials: [] },
  target: { kind: 'host' },
  risk: 'low',
};
const TITLE = updateFact('host.title');
const WHY = citeText('remedy.cloud-repair', UPDATE_COMMANDS);

/** Makes a plan with every kind of step, in which every value is `name`. */
export function samplePlan(name: string): Plan {
  const word = { name: 'cluster', value: name };
  const steps: PlanStep[] = [
    {
      ...SIMPLE,
      id: 'read',
      title: updateFact('pools.title'),
      why: WHY,
      cluster: name,
      risk: 'none',
      expected: updateFact('pools.expected-version', { version: 'v1.22.11' }),
      command: { kind: 'cmdlet', name: 'Get-AksHciNodePool', parameters: [{ name: 'clusterName', value: word }] },
    },
    {
      ...SIMPLE,
      id: 'repair',
      title: TITLE,
      why: WHY,
      cluster: name,
      needsApiServer: true,
      command: {
        kind: 'cmdlet',
        name: 'Update-AksHciClusterCertificates',
        parameters: [{ name: 'name', value: word }, { name: 'fixCloudCredentials' }],
      },
      check: {
        command: {
          kind: 'program',
          program: 'kubectl',
          args: [{ literal: 'get' }, { literal: 'nodes' }, { literal: '--kubeconfig' }, word],
        },
        expected: updateFact('nodes.expected'),
      },
      undo: {
        statement: updateFact('cluster.undo'),
        command: { kind: 'cmdlet', name: 'Copy-Item', parameters: [{ name: 'LiteralPath', value: word }] },
      },
      takes: { usualMs: 10 * MINUTE_MS, longestMs: 2 * HOUR_MS, citations: [KUBECTL] },
    },
    {
      ...SIMPLE,
      id: 'update',
      title: updateFact('cluster.title', { version: 'v1.22.11' }),
      why: WHY,
      risk: 'disruptive',
      cluster: name,
      command: {
        kind: 'cmdlet',
        name: 'Update-AksHciCluster',
        parameters: [
          { name: 'name', value: word },
          { name: 'kubernetesVersion', value: { name: 'kubernetes_version' } },
        ],
      },
      instead: {
        statement: updateFact('cluster.host-first'),
        steps: [
          {
            ...SIMPLE,
            id: 'host',
            title: TITLE,
            why: WHY,
            command: { kind: 'cmdlet', name: 'Update-AksHci', parameters: [] },
          },
        ],
      },
    },
    {
      ...SIMPLE,
      id: 'rotate',
      title: TITLE,
      why: WHY,
      command: {
        kind: 'program',
        program: 'mocctl.exe',
        outFile: { name: 'file', value: `${name}.yaml` },
        args: [{ literal: 'security' }, { literal: '--name' }, word, { literal: '--encode=false' }],
      },
    },
    {
      ...SIMPLE,
      id: 'script',
      title: TITLE,
      why: WHY,
      command: {
        kind: 'script',
        script: 'kubectl get nodes --kubeconfig (Get-KvaConfig).kubeconfig\nWrite-Output $Values.cluster',
        values: { cluster: word },
      },
    },
    {
      ...SIMPLE,
      id: 'machine',
      title: TITLE,
      why: WHY,
      target: { kind: 'vm', cluster: name, address: '10.0.0.21' },
      command: { kind: 'program', program: 'ssh', args: [{ literal: '-i' }, word, { literal: 'sudo' }] },
    },
    {
      ...SIMPLE,
      id: 'everywhere',
      title: updateFact('module.title'),
      why: WHY,
      target: { kind: 'every-host' },
      command: { kind: 'cmdlet', name: 'Update-Module', parameters: [{ name: 'Name', value: { literal: 'AksHci' } }] },
    },
    { ...SIMPLE, id: 'hand', title: TITLE, why: WHY, cluster: name },
    { ...SIMPLE, id: 'elsewhere', title: TITLE, why: WHY, target: { kind: 'workstation' }, risk: 'none' },
  ];
  return {
    kind: 'update',
    madeAt: instant('2026-11-25T12:00:00Z'),
    knownAt: instant('2026-11-24T12:00:00Z'),
    clusters: [
      { id: 'agent' as ClusterId, name: 'ca-1.contoso.example', isHost: true },
      { name, isHost: false },
    ],
    warnings: [updateFact('warning.deprecated-first', { clusters: name })],
    steps,
    after: [
      updateFact('after.window-60', { at: instant('2027-01-24T12:00:00Z') }),
      updateFact('after.next-end', { name, cluster: name, at: instant('2027-01-04T09:00:00Z') }),
    ],
  };
}
