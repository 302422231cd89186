import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importPaths } from '../../../core/inventory/import.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { planRepair } from '../../../core/repair/service.ts';
import { instant } from '../../../core/shared/instant.ts';
import { MemoryFiles, TEST_NOW, testPorts } from '../../support/ports.ts';
import { cloudconfig, kubeconfig, Pki, type Pair } from '../inventory/pki.ts';
import { stepCommand } from './fleet-by-hand.ts';

/*
 * A root is replaced while its holders keep certificates of the former one. openssl decides which chains are dead; the
 * plan has to repair exactly their holders.
 */

const pki = new Pki();
const folder = mkdtempSync(join(tmpdir(), 'arcwarden-roots-'));
afterAll(() => {
  pki.remove();
  rmSync(folder, { recursive: true, force: true });
});

const TRUSTED = ['current', 'former', 'both'] as const;
type Roots = Record<'former' | 'current', Pair>;

function makeRoots(subject: string, formerDays: [number, number]): Roots {
  return {
    former: pki.issue({ subject, days: formerDays, usage: 'ca' }),
    current: pki.issue({ subject, days: [-20, 345], usage: 'ca' }),
  };
}

function joinRoots({ former, current }: Roots, trusted: (typeof TRUSTED)[number]): string {
  return trusted === 'both' ? former.crt + current.crt : trusted === 'current' ? current.crt : former.crt;
}

function isAccepted({ crt }: Pair, roots: string): boolean {
  const [leaf, authorities] = [join(folder, 'leaf.crt'), join(folder, 'roots.crt')];
  writeFileSync(leaf, crt);
  writeFileSync(authorities, roots);
  const at = String(Math.floor(Date.parse(TEST_NOW) / 1000));
  try {
    execFileSync('openssl', ['verify', '-CAfile', authorities, '-attime', at, leaf], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Returns the commands of the repair plan for the only deployment. */
async function planCommands(contents: Record<string, string>): Promise<string[]> {
  const files = new MemoryFiles();
  for (const [path, content] of Object.entries(contents)) files.put(path, content);
  const store = memoryStore();
  await importPaths(testPorts(files), store, Object.keys(contents));
  const clusters = store.clusters();
  const source = {
    now: instant(TEST_NOW),
    clusters,
    rows: clusters.flatMap(listRows),
    facts: {},
    classes: LIFETIME_CLASSES,
  };
  const { plan } = planRepair(source, { clusters: [], failures: [], texts: [], answers: {} });
  return plan.steps.map(stepCommand);
}

const MOC_HOLDERS = {
  mocctl: { path: '/hosts/hv-1/users/jo/.wssd/mocctl/cloudconfig', repair: /^Repair-MocLogin$/u },
  kvactl: {
    path: '/hosts/hv-1/users/jo/.wssd/kvactl/cloudconfig',
    repair: /kvactl\\cloudconfig|^Update-AksHciCertificates/u,
  },
  'hv-1': { path: '/hosts/hv-1/programdata/wssdagent/cloudconfig', repair: /^Repair-Moc$/u },
} as const;
type MocHolder = keyof typeof MOC_HOLDERS;
const HOLDERS = Object.keys(MOC_HOLDERS) as MocHolder[];

/** Every combination of a root for each holder. */
const ISSUERS = HOLDERS.reduce<Record<MocHolder, keyof Roots>[]>(
  (all, holder) =>
    all.flatMap((each) => [
      { ...each, [holder]: 'former' },
      { ...each, [holder]: 'current' },
    ]),
  [{} as Record<MocHolder, keyof Roots>],
);

test.each([
  ['has expired', [-370, -5]],
  ['is still valid', [-340, 25]],
] satisfies readonly [string, [number, number]][])(
  'if the former CA of a cloud agent %s, the plan repairs exactly the clients whose chain is dead',
  async (_, formerDays) => {
    const roots = makeRoots('/CN=cloud-agent-ca', formerDays);
    const all = joinRoots(roots, 'both');
    const clients = Object.fromEntries(
      HOLDERS.flatMap((holder) =>
        (['former', 'current'] as const).map((by) => [
          `${holder} ${by}`,
          pki.issue({ subject: `/CN=${holder}`, issuer: roots[by], days: [-10, 80] }),
        ]),
      ),
    );
    let dead = 0;
    for (const issuers of ISSUERS)
      for (const trusted of TRUSTED) {
        const contents = Object.fromEntries(
          HOLDERS.map((holder) => [
            MOC_HOLDERS[holder].path,
            cloudconfig({
              ca: joinRoots(roots, trusted),
              client: clients[`${holder} ${issuers[holder]}`]!,
              identity: holder,
            }),
          ]),
        );
        // One more file with both roots shows that they belong to one cloud agent.
        contents['/hosts/hv-2/programdata/wssdagent/cloudconfig'] = cloudconfig({
          ca: all,
          client: pki.issue({ subject: '/CN=hv-2', issuer: roots.current, days: [-10, 80] }),
          identity: 'hv-2',
        });
        const commands = await planCommands(contents);
        const repaired = HOLDERS.filter((holder) => commands.some((each) => MOC_HOLDERS[holder].repair.test(each)));
        const expected = HOLDERS.filter((holder) => !isAccepted(clients[`${holder} ${issuers[holder]}`]!, all));
        dead += expected.length;
        expect({ issuers, trusted, repaired }).toEqual({ issuers, trusted, repaired: expected });
        expect(commands.filter((each) => each.includes('RotateCACertificate'))).toEqual([]);
      }
    expect(dead > 0).toBe(formerDays[1] < 0);
  },
  60_000,
);

test.each([
  ['cluster CA', '/CN=kubernetes', 'ca', 'apiserver', '/CN=kube-apiserver'],
  ['etcd CA', '/CN=etcd-ca', 'etcd/ca', 'etcd/server', '/CN=salt-cp-1'],
  ['front proxy CA', '/CN=front-proxy-ca', 'front-proxy-ca', 'front-proxy-client', '/CN=front-proxy-client'],
])(
  'if the %s was replaced, the plan recreates the certificates exactly if one from the former CA is still in use',
  async (_, rootSubject, root, leaf, subject) => {
    const roots = makeRoots(rootSubject, [-3_655, -5]);
    const clusterRoot = pki.ca('/CN=kubernetes');
    for (const by of ['former', 'current'] as const)
      for (const trusted of TRUSTED) {
        const certificate = pki.issue({
          subject,
          issuer: roots[by],
          days: [-1, 3],
          usage: 'both',
          names: 'DNS:salt-cp-1',
        });
        const commands = await planCommands({
          '/nodes/salt-cp-1/etc/kubernetes/pki/ca.crt': clusterRoot.crt,
          '/nodes/salt-cp-2/etc/kubernetes/pki/ca.crt': clusterRoot.crt,
          [`/nodes/salt-cp-1/etc/kubernetes/pki/${root}.crt`]: joinRoots(roots, trusted),
          [`/nodes/salt-cp-1/etc/kubernetes/pki/${leaf}.crt`]: certificate.crt,
          [`/nodes/salt-cp-2/etc/kubernetes/pki/${root}.crt`]: joinRoots(roots, 'both'),
          '/nodes/salt.kubeconfig': kubeconfig({
            cluster: 'salt',
            ca: root === 'ca' ? joinRoots(roots, 'both') : clusterRoot.crt,
          }),
        });
        const isDead = !isAccepted(certificate, joinRoots(roots, 'both'));
        const isRepaired = commands.includes('Update-AksHciClusterCertificates -name salt -fixKubeletCredentials');
        expect({ by, trusted, isRepaired }).toEqual({ by, trusted, isRepaired: isDead });
        expect(commands.filter((each) => each.startsWith('kubectl get "all'))).toEqual([]);
        expect(isDead).toBe(by === 'former');
      }
  },
  60_000,
);
