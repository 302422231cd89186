import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../../core/simulation/actions/actions.ts';
import type { SimulationEvent } from '../../../core/simulation/events.ts';
import { Future } from '../../../core/simulation/future.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs } from '../../../core/shared/instant.ts';
import { deployment, Life } from './deployment.ts';

const ACTIONS: readonly Action[] = [
  { kind: 'power', cluster: 'retail', on: false },
  { kind: 'power', cluster: 'retail', on: true },
  { kind: 'power', on: false },
  { kind: 'power', on: true },
  { kind: 'stall-renewer', cluster: 'retail', renewer: 'renewal-controller' },
  { kind: 'resume-renewer', cluster: 'retail', renewer: 'renewal-controller' },
  { kind: 'stall-client', identity: 'kvactl-admin' },
  { kind: 'resume-client', identity: 'kvactl-admin' },
  { kind: 'Update-AksHci' },
  { kind: 'Update-AksHciCluster', name: 'retail' },
  { kind: 'Invoke-AksHciRotateCACertificate' },
  { kind: 'set-clock', cluster: 'retail', offsetMs: 30 * HOUR_MS },
  { kind: 'set-clock', cluster: 'retail', offsetMs: -30 * HOUR_MS },
  { kind: 'stall-renewer', cluster: 'retail', renewer: 'kubelet' },
  { kind: 'delete-revocation', cluster: 'retail', name: 'nodes' },
  {
    kind: 'apply-revocation',
    cluster: 'retail',
    revocation: { name: 'nodes', namespace: 'kube-system', entries: [{ kind: 'Group', value: 'system:nodes' }] },
  },
];

const STORY = fc.array(fc.tuple(fc.constantFrom(...ACTIONS), fc.oneof(fc.nat(5 * 24), fc.nat(60 * 24))), {
  maxLength: 8,
});

const noPause = (): Promise<void> => Promise.resolve();

function isRepeat({ kind, params }: SimulationEvent): boolean {
  return kind === 'certificate-renewed' && Number(params.renewCount) > 1;
}

describe('a computed future', () => {
  test('has the same result as a simulation that alternates between acting and advancing, except for repeated events', async () => {
    await fc.assert(
      fc.asyncProperty(STORY, async (story) => {
        const begun = deployment();
        const life = new Life(begun);
        const future = new Future(begun);
        for (const [action, hours] of story) {
          const outcome = life.do(action);
          const [failure] = future.perform([action]);
          expect(failure).toEqual(outcome.ok ? undefined : outcome);
          life.pass(hours * HOUR_MS);
          await future.advanceTo(life.state.now, noPause);
          expect(future.currentInstant).toBe(life.state.now);
        }
        const repeats = new Set<SimulationEvent['kind']>([
          ...(['certificate-refused', 'login-refused', 'token-refused', 'token-rotated'] as const),
        ]);
        const told = life.events.filter((event) => !repeats.has(event.kind) && !isRepeat(event));
        expect(future.events.filter(({ kind }) => !repeats.has(kind))).toEqual(told);
        const issued = future.countIssued();
        const before = new Map(begun.certificates.map((each) => [each.slot, each.issueNumber]));
        for (const { slot, issueNumber } of life.state.certificates)
          if (before.has(slot)) expect(issued.get(slot)).toBe(issueNumber - (before.get(slot) ?? 0));
      }),
      { numRuns: 60 },
    );
  });

  test('reports one renewal per certificate of a healthy year, and counts all renewals', async () => {
    const begun = deployment();
    const future = new Future(begun);
    await future.advanceTo(instantFromMs(epochMs(begun.now) + 365 * DAY_MS), noPause);
    const apiserver = begun.certificates.find(
      ({ profile, cluster }) => profile === 'apiserver' && cluster === 'retail',
    );
    const of = future.events.filter(
      ({ kind, certificate }) =>
        kind === 'certificate-renewed' && certificate?.startsWith(`${apiserver?.slot}.`) === true,
    );
    expect(of).toHaveLength(1);
    // A renewal is due when a quarter of four days and five minutes is left.
    expect(future.countIssued().get(apiserver?.slot ?? 0)).toBe(121);
  });

  test('allows other work after every twenty thousand steps', async () => {
    let turns = 0;
    const begun = deployment({
      clusters: Array.from({ length: 12 }, (_, at) => ({
        name: `cluster-${at}`,
        controlPlane: 3,
        workers: 8,
        network: `10.0.${at}`,
      })),
    });
    // An entry by serial number prevents shortcuts, since each new certificate has to be compared with it.
    const watched = {
      name: 'lost',
      namespace: 'kube-system',
      entries: [{ kind: 'serialnumber' as const, value: '77fdf4b1033b387aaace6ce1c18710c2' }],
    };
    const clusters = begun.clusters.map((cluster) => ({ ...cluster, revocations: [watched] }));
    const future = new Future({ ...begun, clusters });
    await future.advanceTo(instantFromMs(epochMs(future.currentInstant) + 365 * DAY_MS), () => {
      turns += 1;
      return Promise.resolve();
    });
    expect(turns).toBe(3);
  });
});
