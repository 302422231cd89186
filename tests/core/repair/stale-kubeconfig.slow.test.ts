import { afterAll, expect, test } from 'vitest';
import { judgeFleet } from '../../../core/expiry/fleet.ts';
import { fleetSource } from '../../../core/inventory/fleet.ts';
import { importPaths } from '../../../core/inventory/import.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { instant } from '../../../core/shared/instant.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { kubeconfig, Pki } from '../inventory/pki.ts';
import { stepCommand } from './fleet-by-hand.ts';

const pki = new Pki();
afterAll(() => pki.remove());

test.each([
  ['edge', true],
  ['other', false],
])(
  'a kubeconfig from before “edge” was rebuilt explains an unknown authority only for “edge”: %s',
  async (cluster, isExplained) => {
    const former = pki.issue({ subject: '/CN=kubernetes', days: [-400, 3000], usage: 'ca' });
    const live = pki.issue({ subject: '/CN=kubernetes', days: [-30, 3000], usage: 'ca' });
    const server = 'https://10.4.0.9:6443';
    const clients = [former, live].map((issuer, at) =>
      pki.issue({ subject: '/O=system:masters/CN=kubernetes-admin', issuer, days: at === 0 ? [-300, 65] : [-20, 345] }),
    );
    const contents: Record<string, string> = {
      '/me/.kube/config': kubeconfig({ cluster: 'edge', server, ca: live.crt, client: clients[1]! }),
      '/other.yaml': kubeconfig({
        cluster: 'other',
        server: 'https://10.4.0.10:6443',
        ca: pki.ca('/CN=kubernetes').crt,
      }),
      '/old/edge.yaml': kubeconfig({ cluster: 'edge', server, ca: former.crt, client: clients[0]! }),
    };
    const files = new MemoryFiles();
    for (const [path, content] of Object.entries(contents)) files.put(path, content);
    const store = memoryStore();
    await importPaths(testPorts(files), store, Object.keys(contents));
    const fleet = judgeFleet(fleetSource(store), DEFAULT_SETTINGS, instant(TEST_NOW));
    const texts = ['x509: certificate signed by unknown authority'];
    const id = store.clusters().find(({ name }) => name === cluster)!.id;
    const { plan, causes } = planRepair(fleet, { clusters: [id], failures: [], texts, answers: {} });
    expect(plan.steps.map(stepCommand).includes(`Get-AksHciCredential -name ${cluster}`)).toBe(true);
    expect(plan.warnings.some(({ text }) => text === 'repair.plan.unsure')).toBe(!isExplained);
    expect(causes).toEqual([{ failure: 'F13', cluster }]);
    // Without an error, a kubeconfig that was set apart raises no alarm.
    const unasked = planRepair(fleet, { clusters: [id], failures: [], texts: [], answers: {} });
    expect([unasked.causes, unasked.plan.steps]).toEqual([[], []]);
  },
);
