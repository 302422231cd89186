import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../core/shared/instant.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import type { CredentialAction } from '../../../renderer/expiry/credential-actions.svelte.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { NOW_MS, openConsole } from '../../support/console.ts';
import { certificateFiles, kubeconfigFile, loginFile, type CertificateWish } from '../../support/fleet.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Opens details of the first certificate; the files were last read `readMs` before now. */
async function openDetails(wishes: CertificateWish[], readMs = 0) {
  const console = await openConsole();
  const files = await certificateFiles(...wishes);
  // A single reading is no evidence of a failed renewal.
  console.clockMs = NOW_MS - readMs - DAY_MS;
  await console.import(files);
  console.clockMs = NOW_MS - readMs;
  await console.import(files);
  console.clockMs = NOW_MS;
  const state = await console.open({ language: 'en-GB' });
  const credentialId = console.credentialId(SCHEDULER);
  state.showCredential({ clusterId: console.clusterId('retail-east'), credentialId });
  await vi.advanceTimersByTimeAsync(100);
  const { state: judged, obstacle } = state.details;
  return { state: judged, obstacle, console };
}

const SCHEDULER = 'system:kube-scheduler';
/** At a share of 0.9, certificates with a lifetime of four days are overdue, but not urgent. */
const scheduler = (share: number): CertificateWish => ({ role: 'scheduler', share });
/** At that time, a certificate now at 90 % of its lifetime was not yet due for renewal. */
const LONG_AGO = 2 * DAY_MS;

describe('the reason why the renewal of the shown credential fails', () => {
  test('states the reason for a stalled renewal, with its sources', async () => {
    const { state, obstacle } = await openDetails([scheduler(0.9)]);
    expect(state).toBe('stalled');
    expect(obstacle).toMatchObject({
      statement: { text: 'obstacle.unchanged', citations: [{ certainty: 'inferred' }] },
    });
    expect(obstacle?.by).toBeUndefined();
  });

  test('links the reason to the credential that blocks the renewal, even if the blocked credential is urgent', async () => {
    for (const share of [0.9, 0.97]) {
      const server = { role: 'apiserver', leftMs: -DAY_MS } as const;
      const { obstacle, console } = await openDetails([scheduler(share), server], LONG_AGO);
      const credentialId = console.credentialId('kube-apiserver');
      expect(obstacle?.by).toEqual({
        reference: { clusterId: console.clusterId('retail-east'), credentialId },
        name: 'kube-apiserver',
        role: 'apiserver',
      });
    }
  });

  test('states no reason if the CA has expired, because its certificates then count as expired', async () => {
    const ca = { role: 'cluster-ca', leftMs: -DAY_MS } as const;
    const { state, obstacle } = await openDetails([scheduler(0.9), ca], LONG_AGO);
    expect(state).toBe('expired');
    expect(obstacle).toBeUndefined();
  });

  test('does not take the reason from credentials of another cluster', async () => {
    const ca = { role: 'cluster-ca', leftMs: -DAY_MS, cluster: 'tokyo' } as const;
    const { state, obstacle } = await openDetails([scheduler(0.9), ca], LONG_AGO);
    expect(state).toBe('renewal-overdue');
    expect(obstacle).toBeUndefined();
  });

  test('states no reason for a credential that is valid, merely overdue, or expired', async () => {
    for (const share of [0.2, 0.9, 1.1])
      expect((await openDetails([scheduler(share)], LONG_AGO)).obstacle).toBeUndefined();
    expect((await openDetails([scheduler(1.1)], MINUTE_MS)).obstacle).toBeUndefined();
  });
});

/** Opens a console with these files, and shows the details of a credential. */
async function showDetails(files: Readonly<Record<string, string>>, name: string) {
  const console = await openConsole();
  await console.import(files);
  const state = await console.open({ language: 'en-GB' });
  const row = state.inventory.rows.find((one) => one.name === name)!;
  state.showCredential({ clusterId: row.clusterId, credentialId: row.id });
  await vi.advanceTimersByTimeAsync(100);
  return { console, state, row, details: state.details };
}

describe('what to do about the shown credential', () => {
  const server = (share: number): CertificateWish => ({ role: 'apiserver', share });

  test('is the step of the repair plan that is for the credential', async () => {
    const { console, details, row } = await showDetails(await certificateFiles(server(1.2), scheduler(1.1)), SCHEDULER);
    const plan = await console.api.repair.plan({ clusters: [row.clusterId], failures: [], texts: [], answers: {} });
    const steps = plan.ok ? plan.value.plan.steps : [];
    const own = steps.findIndex(({ because }) => because.credentials.includes(row.id));
    expect(own).not.toBe(-1);
    expect(details.planned).toMatchObject({ step: { id: steps[own]?.id, number: own + 1 }, count: steps.length });
  });

  test('is never a step for another credential', async () => {
    const roles = ['scheduler', 'etcd-peer', 'kubelet-client', 'admin', 'cluster-ca'] as const;
    const files = await certificateFiles(server(1.2), ...roles.map((role) => ({ role, share: 0.97 })));
    const { state, details } = await showDetails(files, 'kube-apiserver');
    for (const row of state.inventory.rows) {
      state.showCredential({ clusterId: row.clusterId, credentialId: row.id });
      await vi.advanceTimersByTimeAsync(100);
      const { credentials = [row.id] } = details.planned?.step ?? {};
      expect(credentials, row.role).toContain(row.id);
    }
  });

  test('is nothing if the credential is fine, even if its cluster needs a repair', async () => {
    const { details, state, row } = await showDetails(await certificateFiles(server(1.2), scheduler(0.2)), SCHEDULER);
    expect(state.powerOff.needByCluster(row.clusterId)?.steps).not.toHaveLength(0);
    expect([details.needsWork, details.planned]).toEqual([false, undefined]);
  });

  test('never contains the host name of a cloud agent in place of a cluster', async () => {
    const agent = 'ca-0f1e2d3c.contoso.example';
    const token = loginFile({ identity: 'depot-cloud-provider', ageDays: 2, agent });
    const { details } = await showDetails(Object.fromEntries([token]), 'depot-cloud-provider');
    const commands = details.shown!.role.remedies.map((remedy) => details.command(remedy, details.shown!));
    expect(commands.join()).toContain('-name <cluster>');
    expect(commands.join()).not.toContain(agent);
  });
});

describe('the actions on a credential', () => {
  function runAction(state: ConsoleState, row: BoardRow, wanted: CredentialAction['id']): void {
    const found = state.credentialActions.list(row).find(({ id }) => id === wanted);
    found?.run();
  }

  const listIds = async (wishes: CertificateWish[], name = SCHEDULER) => {
    const { state, row } = await showDetails(await certificateFiles(...wishes), name);
    return state.credentialActions.list(row).map(({ id }) => id);
  };

  test('begin with the repair if the credential needs one, and leave it out if not', async () => {
    expect(await listIds([scheduler(1.1)])).toEqual(['repair', 'snooze', 'folder']);
    expect(await listIds([scheduler(0.2), { role: 'apiserver', share: 1.2 }])).toEqual(['revoke', 'snooze', 'folder']);
  });

  test('include no revocation of a token', async () => {
    const token = loginFile({ identity: 'depot-cloud-provider', ageDays: 2 });
    const { state, row } = await showDetails(Object.fromEntries([token]), 'depot-cloud-provider');
    expect(state.credentialActions.list(row).map(({ id }) => id)).toEqual(['snooze', 'folder']);
  });

  test('revoke begins a revocation of exactly this certificate', async () => {
    const files = await certificateFiles(scheduler(0.2), { role: 'apiserver', share: 0.2 });
    const { state, row, details } = await showDetails(files, SCHEDULER);
    runAction(state, row, 'revoke');
    await vi.waitFor(() => expect(state.revocation.step).toBe('impact'));
    const { hex } = details.shown!.certificate!.serial;
    const entries = state.revocation.judgement?.objects.flatMap(({ draft }) => draft.entries);
    expect(entries?.map(({ serialNumber }) => serialNumber?.toLowerCase())).toEqual([hex.toLowerCase()]);
  });

  test('revoke of a person’s kubeconfig begins with the lost kubeconfig', async () => {
    const files = Object.fromEntries([await kubeconfigFile({ share: 0.2, name: 'tanaka' })]);
    const { state, row } = await showDetails(files, 'tanaka');
    runAction(state, row, 'revoke');
    await vi.waitFor(() => expect(state.revocation.step).toBe('impact'));
    expect(state.revocation.goal).toBe('lost-kubeconfig');
  });
});

test('the chosen tab stays for the next credential, unless that has no such tab', async () => {
  const files = await certificateFiles(scheduler(0.2), { role: 'cluster-ca', share: 0.1 });
  const token = loginFile({ identity: 'depot-cloud-provider', ageDays: 2 });
  const { state, details } = await showDetails({ ...files, [token[0]]: token[1] }, SCHEDULER);
  details.chooseTab('chain');
  const showOther = async (name: string) => {
    const { clusterId, id: credentialId } = state.inventory.rows.find((row) => row.name === name)!;
    state.showCredential({ clusterId, credentialId });
    await vi.advanceTimersByTimeAsync(100);
    return details.tab;
  };
  expect(await showOther('kubernetes')).toBe('chain');
  expect(await showOther('depot-cloud-provider')).toBe('overview');
  expect(await showOther(SCHEDULER)).toBe('chain');
});
