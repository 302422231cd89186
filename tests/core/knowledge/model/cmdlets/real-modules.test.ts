import { describe, expect, test } from 'vitest';
import { commandNamed } from '../../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { CONTRADICTIONS } from '../../../../../core/knowledge/model/contradictions.ts';
import { aksHciVersion, releaseMonth } from '../../../../../core/knowledge/model/aks-hci-version.ts';
import type { Certainty } from '../../../../../core/shared/citation.ts';
import { translator, type MessageKey } from '../../../../../core/shared/text/text.ts';

/* Published code and output of the modules, which add to the documentation pages or contradict them. */

const NOTES: [command: string, note: string, certainty: Certainty, says: RegExp][] = [
  ['Update-AksHci', 'in-progress', 'from-code', /Updating,? .*already in progress/u],
  ['Update-AksHci', 'any.restarts', 'reported', /all VMs of a node restart/u],
  ['Repair-Moc', 'any.restarts', 'reported', /all VMs of a node restart/u],
  ['Restart-Service', 'node-agent', 'reported', /wssdagent .*all VMs of a node restart/u],
  ['Get-AksHciUpdates', 'items', 'inferred', /recommendation/u],
  ['Get-AksHciVersion', 'newest', 'reported', /1\.0\.24\.11029 .*1\.2\.16.*1\.0\.14\.10929.*1\.0\.25\.10226/u],
  ['Get-AksHciCluster', 'states', 'reported', /Deployed .*ClusterPending .*provisioned/u],
  ['Get-AksHciCredential', 'prompts', 'reported', /Asks before/u],
  ['Get-AksHciCredential', 'target', 'from-code', /workload clusters only.*Kva\.kubeconfig/u],
  ['Get-AksHciConfig', 'states', 'from-code', /Installed, NotInstalled, Updating or UpdateFailed/u],
  ['Get-AksHciConfig', 'threshold', 'reported', /90.*days or percent/u],
  ['Get-MocConfig', 'access-files', 'inferred', /accessFileDirPath/u],
  ['Get-MocConfig', 'role', 'reported', /clusterRoleName/u],
  ['Get-ClusterGroup', 'role', 'reported', /clusterRoleName/u],
  ['Get-Service', 'cloud-agent', 'reported', /wssdcloudagent is normally stopped/u],
  ['Sync-AksHciBilling', 'no-proof', 'reported', /Upload Successful!.*OutOfPolicy/u],
  ['kvactl', 'errors', 'reported', /generic_non_zero.*every language/u],
  ['Restart-AksHci', 'name', 'reported', /1\.2\.x it is called Reinstall-AksHci/u],
];

test.each(NOTES)('%s has a note with its certainty: %s', (name, about, certainty, says) => {
  const key = `cmdlet.${about.startsWith('any.') ? about : `${name}.${about}`}`;
  const note = commandNamed(name)?.notes.find(({ text }) => text === key);
  expect(note?.citations[0]?.certainty).toBe(certainty);
  expect(translator('en')(key as MessageKey)).toMatch(says);
});

describe('if the code and the pages differ, both sides are shown', () => {
  test.each([
    ['update-cluster-sets', 'documented', 'from-code'],
    ['config-path', 'from-code', 'reported'],
    ['access-file-folder', 'documented', 'inferred'],
    ['cloud-agent-role', 'reported', 'reported'],
  ])('%s', (id, a, b) => {
    const sides = CONTRADICTIONS.find((each) => each.id === id)?.sides ?? [];
    expect(sides.map(({ citations }) => citations[0]?.certainty)).toEqual([a, b]);
  });
});

test('the release months of the newest builds are known', () => {
  const parseMonth = (text: string): unknown => {
    const version = aksHciVersion(text);
    return version && releaseMonth(version);
  };
  expect(parseMonth('1.0.24.11029')).toEqual({ year: 2024, month: 10 });
  expect(parseMonth('1.0.25.10226')).toEqual({ year: 2025, month: 2 });
});
