import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../core/shared/instant.ts';
import { NOW_MS, openConsole } from '../../support/console.ts';
import { certificateFiles, type CertificateWish } from '../../support/fleet.ts';

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
