import { describe, expect, test } from 'vitest';
import { instantFromMs, MINUTE_MS, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../core/shared/renew-revocation/entry.ts';
import { isMessageKey } from '../../../core/shared/text/text.ts';
import { commandText } from '../../../core/plan/model/plan.ts';
import { RECOVERY_STEP_IDS, recoveryPlan, type RecoveryRequest } from '../../../core/revocation/recovery.ts';
import { NOW } from '../../support/known-certificates.ts';

const ago = (ms: number): string => instantFromMs(epochMs(NOW) - ms);
const serial: RevocationEntry = { kind: 'serialnumber', value: '0a' };
const group = (ms?: number): RevocationEntry => ({
  kind: 'Group',
  value: 'ops',
  ...(ms !== undefined && { notBefore: instantFromMs(epochMs(NOW) - ms) }),
});

function plan(entries: RevocationEntry[], changes: Partial<RecoveryRequest> = {}) {
  return recoveryPlan({ entries, now: NOW, file: 'C:\\Revoke\\lost laptop.yaml', undoFile: 'undo.yaml', ...changes });
}
const ids = (entries: RevocationEntry[]): string[] => plan(entries).steps.map(({ id }) => id);

describe('the recovery steps', () => {
  test('begin with applying the manifest and end with another check', () => {
    expect(ids([serial])).toEqual([
      ...['find-resource', 'apply', 'check-applied', 'repair', 'credential'],
      ...['check-renewed', 'check-nodes'],
    ]);
  });

  test('begin with a correction if the repair would not last', () => {
    expect(ids([serial, group()])[0]).toBe('mend');
    expect(ids([serial, group(0)])).not.toContain('mend');
  });

  test('have a fixed order, and are complete if all are needed', () => {
    const all = ids([serial, group(), group(0)]);
    expect(all).toEqual([...RECOVERY_STEP_IDS]);
  });

  test.each([
    [0, true],
    [5 * MINUTE_MS, true],
    // From this second on, new certificates start after the cutoff.
    [5 * MINUTE_MS + SECOND_MS, false],
  ])('with a cutoff %i ms ago ask the admin to wait: %s', (ms, waits) => {
    expect(ids([group(ms)]).includes('wait')).toBe(waits);
    const wait = plan([group(ms)]).steps.find(({ id }) => id === 'wait');
    if (!waits) return;
    // The script waits to the second, but the text shows the next full minute.
    const readyAt = ago(ms - 5 * MINUTE_MS - SECOND_MS);
    expect(wait?.command && commandText(wait.command)).toBe(
      `while ([DateTimeOffset]::UtcNow -lt [DateTimeOffset] '${readyAt}') { Start-Sleep -Seconds 10 }`,
    );
    expect(wait?.why.params).toEqual({ readyAt: ago(ms - 6 * MINUTE_MS) });
  });

  test('have sources and texts', () => {
    const steps = [...plan([serial, group(0), group()]).steps, ...plan([serial], { isManagement: true }).steps];
    for (const statement of steps.flatMap(({ title, why, undo }) => [title, why, undo?.statement ?? []].flat())) {
      expect(isMessageKey(statement.text), statement.text).toBe(true);
      expect(statement.citations.length).toBeGreaterThan(0);
      for (const { work, place = '' } of statement.citations)
        for (const text of [work, place]) if (text.startsWith('source.')) expect(isMessageKey(text), text).toBe(true);
    }
  });
});

describe('the recovery commands', () => {
  const commands = (changes: Partial<RecoveryRequest>): string[] =>
    plan([serial], changes).steps.flatMap(({ command, undo }) =>
      [command ?? [], undo?.command ?? []].flat().map(commandText),
    );

  test('contain the name of the cluster, and quote files and kubeconfig for PowerShell', () => {
    expect(commands({ kubeconfig: "C:\\Users\\O'Neill\\config", cluster: { name: 'retail-east' } })).toEqual([
      "kubectl api-resources --api-group=certificates.microsoft.com --kubeconfig 'C:\\Users\\O''Neill\\config'",
      "kubectl apply -f 'C:\\Revoke\\lost laptop.yaml' --kubeconfig 'C:\\Users\\O''Neill\\config'",
      "kubectl delete -f undo.yaml --kubeconfig 'C:\\Users\\O''Neill\\config'",
      "kubectl get -f 'C:\\Revoke\\lost laptop.yaml' -o yaml --kubeconfig 'C:\\Users\\O''Neill\\config'",
      'Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials',
      'Get-AksHciCredential -name retail-east',
      "kubectl get pods -n kube-system --kubeconfig 'C:\\Users\\O''Neill\\config'",
      "kubectl get nodes --kubeconfig 'C:\\Users\\O''Neill\\config'",
    ]);
  });

  test('contain placeholders for unknown values', () => {
    expect(commands({})).toContain('Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials');
    expect(commands({})).toContain('kubectl get nodes');
  });

  test('are those of the host if the cluster is the management cluster', () => {
    const all = commands({ cluster: { name: 'management' }, isManagement: true });
    expect(all).toContain('Update-AksHciCertificates');
    expect(all.join()).not.toContain('Get-AksHciCredential');
  });
});
