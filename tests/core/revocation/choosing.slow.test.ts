import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { lintDraft } from '../../../core/revocation/model/lint.ts';
import { listKnownCertificates, type KnownCertificate } from '../../../core/revocation/model/inventory-index.ts';
import { revokes } from '../../support/naive-match.ts';
import { getKnownIndex } from '../../../core/revocation/model/postings.ts';
import { checkEntry } from '../../../core/shared/renew-revocation/structure.ts';
import type { CandidatesQuestion, RevocationChoice } from '../../../core/revocation/contract.ts';
import type { ProposedRevocation } from '../../../core/revocation/model/view.ts';
import { isMessageKey } from '../../../core/shared/text/text.ts';
import { candidateRows, candidatesFor } from '../../../core/revocation/choose/candidates.ts';
import { listNodes, type ClusterNode } from '../../../core/revocation/choose/nodes.ts';
import { propose } from '../../../core/revocation/choose/suggest-entries.ts';
import { serialsIn } from '../../../core/revocation/choose/serials.ts';
import { aKnown, NOW } from '../../support/known-certificates.ts';
import { certificatesFor } from '../../support/random-revocations.ts';
import { Pki } from '../inventory/pki.ts';
import { revocableCertificate } from '../../support/impact.ts';

const NOW_MS = epochMs(NOW);
const EAST = 'retail-east' as ClusterId;

/** Makes the certificates of a machine as kubeadm does, except those that do not contain its name. */
function aMachine(name: string, address: string): KnownCertificate[] {
  const pkiPath = (folder: string, file: string): string[] => [`/import/${name}/pki${folder}/${file}`];
  return [
    aKnown({
      role: 'apiserver',
      cn: 'kube-apiserver',
      name: 'kube-apiserver',
      dns: ['kubernetes', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local', name],
      ip: ['10.96.0.1', address, '172.16.255.14'],
      paths: pkiPath('', 'apiserver.crt'),
    }),
    aKnown({
      role: 'etcd-server',
      cn: name,
      name,
      dns: ['localhost', name],
      ip: ['127.0.0.1', '::1', address],
      paths: pkiPath('/etcd', 'server.crt'),
    }),
    aKubelet(name),
    aKnown({
      role: 'kubelet-server',
      cn: `system:node:${name}`,
      name: `system:node:${name}`,
      exempt: 'kubelet-server',
      dns: [name],
      ip: [address],
    }),
  ];
}

function aKubelet(name: string, change: Partial<KnownCertificate> = {}): KnownCertificate {
  return aKnown({
    role: 'kubelet-client',
    cn: `system:node:${name}`,
    name: `system:node:${name}`,
    groups: ['system:nodes'],
    ...change,
  });
}

function nodeIn(certificates: readonly KnownCertificate[], name: string): ClusterNode {
  const node = listNodes(certificates, NOW_MS).find((each) => each.name === name);
  if (node === undefined) throw new Error(`no ${name}`);
  return node;
}

const listRoles = ({ certificates }: ClusterNode): string[] => certificates.map(({ role }) => role);

describe('the machines of a cluster', () => {
  const two = [...aMachine('cp-1', '10.0.0.1'), ...aMachine('cp-2', '10.0.0.2')];

  test('have the certificates that contain their names, except those that entries cannot affect', () => {
    expect(listNodes(two, NOW_MS).map(({ name }) => name)).toEqual(['cp-1', 'cp-2']);
    const node = nodeIn(two, 'cp-1');
    expect(listRoles(node)).toEqual(['apiserver', 'etcd-server', 'kubelet-client']);
    expect(node.certificates.every(({ dns }) => !dns.includes('cp-2'))).toBe(true);
  });

  test('have their own names and addresses, without those of the cluster', () => {
    expect(nodeIn(two, 'cp-1')).toMatchObject({ dns: ['cp-1'], ip: ['10.0.0.1'] });
    // Names of the cluster are recognised even if it has only one machine.
    const [one] = listNodes(aMachine('cp-1', '10.0.0.1'), NOW_MS);
    expect(one).toMatchObject({ dns: ['cp-1'], ip: ['10.0.0.1'] });
  });

  test('have a name but no address if only the certificate of an API server contains addresses, since these are ambiguous', () => {
    const [server, , kubelet] = aMachine('cp-1', '10.0.0.1');
    if (server === undefined || kubelet === undefined) throw new Error('none');
    expect(nodeIn([server, kubelet], 'cp-1')).toMatchObject({ dns: ['cp-1'], ip: [] });
  });

  test('have no name or address that another machine or a certificate of unknown origin also has', () => {
    const shared = [
      ...two,
      aKnown({ role: 'etcd-peer', cn: 'cp-1', name: 'cp-1', dns: ['cp-1', 'etcd.example'] }),
      aKnown({ role: 'etcd-peer', cn: 'cp-2', name: 'cp-2', dns: ['cp-2', 'ETCD.example'] }),
      aKnown({ role: 'unknown', ip: ['10.0.0.2'] }),
    ];
    expect(nodeIn(shared, 'cp-1')).toMatchObject({ dns: ['cp-1'], ip: ['10.0.0.1'] });
    expect(nodeIn(shared, 'cp-2')).toMatchObject({ dns: ['cp-2'], ip: [] });
  });

  test('have the certificates that may still be accepted, up to their last second, even if they were replaced', () => {
    const makeEnding = (notAfterMs: number, change: Partial<KnownCertificate> = {}): KnownCertificate =>
      aKubelet('w-1', { notAfterMs, ...change });
    const ends = makeEnding(NOW_MS, { replaced: true });
    const over = makeEnding(NOW_MS - SECOND_MS);
    expect(nodeIn([over, ends], 'w-1').certificates).toEqual([ends]);
    expect(nodeIn([over], 'w-1').certificates).toEqual([]);
  });

  test('are recognised as control-plane nodes by their services or by name', () => {
    const certificates = [...two, aKubelet('w-1'), aKubelet('east-control-plane-x1')];
    expect(listNodes(certificates, NOW_MS).map(({ name, controlPlane }) => [name, controlPlane])).toEqual([
      ['cp-1', true],
      ['cp-2', true],
      ['east-control-plane-x1', true],
      ['w-1', false],
    ]);
  });

  describe('certificates without the name of a machine', () => {
    const nameless = (paths: string[]): KnownCertificate =>
      aKnown({ role: 'front-proxy-client', cn: 'front-proxy-client', paths });
    const conf = (paths: string[]): KnownCertificate => aKnown({ role: 'admin-conf', paths });

    test('belong to the only machine of a control plane', () => {
      const all = [...aMachine('cp-1', '10.0.0.1'), aKubelet('w-1'), nameless(['/x'])];
      expect(listRoles(nodeIn(all, 'cp-1'))).toContain('front-proxy-client');
      expect(nodeIn(all, 'cp-1').unplaced).toBe(0);
      expect(listRoles(nodeIn(all, 'w-1'))).toEqual(['kubelet-client']);
    });

    test('belong to the machine whose other certificates were in the same folder, on Windows and Linux', () => {
      const beside = [...two, nameless(['/import/cp-2/pki/front-proxy-client.crt'])];
      expect(listRoles(nodeIn(beside, 'cp-2'))).toContain('front-proxy-client');
      expect(listRoles(nodeIn(beside, 'cp-1'))).not.toContain('front-proxy-client');
      const windows = [aKubelet('cp-1', { paths: ['C:\\a\\kubelet.crt'] }), ...two, conf(['C:\\a\\admin.conf'])];
      expect(listRoles(nodeIn(windows, 'cp-1'))).toContain('admin-conf');
    });

    test('are only counted if their machine is unknown', () => {
      const both = ['/import/cp-1/pki/x.crt', '/import/cp-2/pki/x.crt'];
      for (const paths of [['/elsewhere/x.crt'], [], both]) {
        const all = [...two, nameless(paths)];
        expect(nodeIn(all, 'cp-1').unplaced).toBe(1);
        expect(listRoles(nodeIn(all, 'cp-1'))).not.toContain('front-proxy-client');
      }
    });
  });

  test('have all of their own certificates, and no others, in a simulated deployment', () => {
    const { clusters } = certificatesFor(3);
    const certificates = listKnownCertificates(clusters);
    const nodes = listNodes(certificates, epochMs(certificatesFor(3).state.state.now));
    const owned = nodes.flatMap((node) => node.certificates);
    expect(new Set(owned).size).toBe(owned.length);
    for (const node of nodes.filter(({ controlPlane }) => controlPlane)) {
      // All certificates of the machine were read from one folder.
      expect(listRoles(node).sort()).toEqual(
        [
          ...['admin-conf', 'apiserver', 'apiserver-etcd-client', 'apiserver-kubelet-client'],
          ...['controller-manager', 'etcd-healthcheck-client', 'etcd-peer', 'etcd-server'],
          ...['front-proxy-client', 'kubelet-client', 'scheduler'],
          ...(listRoles(node).includes('super-admin-conf') ? ['super-admin-conf'] : []),
        ].sort(),
      );
      expect(node.dns).toEqual([node.name]);
      expect(node.ip).toHaveLength(1);
    }
  });
});

const SAMPLE = { id: EAST, name: 'retail-east', kind: 'kubernetes', sample: true } as Cluster;

describe('the available choices', () => {
  const admin = (change: Partial<KnownCertificate> = {}): KnownCertificate =>
    aKnown({
      role: 'admin-kubeconfig',
      layer: 'workstation',
      name: 'kubernetes-admin',
      groups: ['system:masters'],
      paths: ['C:\\Users\\a\\.kube\\config'],
      ...change,
    });
  const ask = (certificates: KnownCertificate[], question: Partial<CandidatesQuestion>, clusters: Cluster[] = []) =>
    candidatesFor(
      { goal: 'serial', query: '', offset: 0, limit: 100, ...question },
      { clusters, certificates, nowMs: NOW_MS, roleName: (role) => `name of ${role}` },
    );
  const listIds = ({ certificates }: ReturnType<typeof ask>): string[] => certificates.map(({ id }) => id);

  test('for a lost kubeconfig are the certificates of people that may still be accepted', () => {
    const own = admin();
    const former = admin({ replaced: true, cluster: 'a', paths: [] });
    const over = admin({ notAfterMs: NOW_MS - SECOND_MS });
    const found = ask([aKnown(), over, former, own], {
      goal: 'lost-kubeconfig',
      kubeconfig: 'c:/users/A/.kube/config',
    });
    expect(listIds(found)).toEqual([own.id, former.id]);
    expect(found.leftOut).toBe(1);
    expect(found.certificates).toMatchObject([{ inUse: true }, { replaced: true }]);
    const chosen = ask([own], { goal: 'lost-kubeconfig', kubeconfig: 'D:\\other' });
    expect(chosen.certificates.map(({ inUse }) => inUse)).toEqual([undefined]);
  });

  test('name the file of each certificate and its machine, and are found by the file', () => {
    const machines = [...aMachine('cp-1', '10.0.0.1'), ...aMachine('cp-2', '10.0.0.2')];
    const files = ['/import/cp-1/pki/admin.conf', '/import/cp-2/pki/admin.conf', 'D:\\tanaka\\.kube\\config'];
    const [one, two, tanaka] = files.map((path, at) =>
      admin(at < 2 ? { role: 'admin-conf', layer: 'kubernetes', paths: [path] } : { paths: [path] }),
    );
    const all = [...machines, ...(one && two && tanaka ? [one, two, tanaka] : [])];
    const found = ask(all, { goal: 'lost-kubeconfig' });
    expect(found.certificates.map(({ path }) => path).sort()).toEqual(files);
    const machineByPath = new Map(found.certificates.map(({ path, machine }) => [path, machine]));
    expect(files.map((path) => machineByPath.get(path))).toEqual(['cp-1', 'cp-2', undefined]);
    expect(listIds(ask(all, { goal: 'lost-kubeconfig', query: 'TANAKA' }))).toEqual([tanaka?.id]);
  });

  test('for a serial number are all certificates that an entry can affect, expired ones last', () => {
    const over = aKnown({ notAfterMs: NOW_MS - SECOND_MS, cluster: 'a' });
    const exempt = aKnown({ exempt: 'kubelet-server' });
    const valid = aKnown();
    expect(listIds(ask([over, exempt, valid], {}))).toEqual([valid.id, over.id]);
  });

  test('can be searched by words in cluster, name, role and serial number, ignoring case', () => {
    const one = aKnown({ cluster: 'West', name: 'a', serialHex: '0abc', role: 'etcd-peer' });
    const other = aKnown({ cluster: 'West', name: 'b', serialHex: '0def' });
    const all = [one, other];
    expect(ask(all, { query: ' west ' }).total).toBe(2);
    expect(listIds(ask(all, { query: 'WEST 0AB' }))).toEqual([one.id]);
    expect(listIds(ask(all, { query: 'name of etcd-peer' }))).toEqual([one.id]);
    expect(listIds(ask(all, { query: 'scheduler' }))).toEqual([other.id]);
    expect(ask(all, { query: 'west nothing' })).toMatchObject({ total: 0, certificates: [] });
  });

  test('are listed page by page in the same order', () => {
    const all = Array.from({ length: 25 }, (_, at) => aKnown({ name: `n-${at % 7}` }));
    const whole = listIds(ask(all, {}));
    const pages = [0, 10, 20].flatMap((offset) => listIds(ask(all, { offset, limit: 10 })));
    expect(pages).toEqual(whole);
    expect(ask(all, { offset: 10, limit: 10 }).total).toBe(25);
  });

  test('include machines with their certificates, and indicate which machines are samples', () => {
    const certificates = [...aMachine('cp-1', '10.0.0.1'), aKubelet('w-1')];
    const { nodes, total } = ask(certificates, { goal: 'node' }, [SAMPLE]);
    expect(total).toBe(2);
    expect(nodes).toMatchObject([
      { name: 'cp-1', controlPlane: true, certificates: 3, dns: ['cp-1'], sample: true },
      { name: 'w-1', controlPlane: false, certificates: 1, dns: [], ip: [] },
    ]);
    expect(ask(certificates, { goal: 'node', query: 'EAST 10.0.0.1' }).nodes).toHaveLength(1);
    const ended = certificates.map((one) => ({ ...one, notAfterMs: NOW_MS - SECOND_MS }));
    expect(ask(ended, { goal: 'node' }).nodes).toMatchObject([
      { name: 'cp-1', certificates: 0, expired: 3 },
      { name: 'w-1', certificates: 0, expired: 1 },
    ]);
  });

  test('include groups with their clusters and the number of certificates that may still be accepted', () => {
    const certificates = [
      admin(),
      admin({ cluster: 'a', groups: ['system:masters', 'ops', 'ops'] }),
      admin({ notAfterMs: NOW_MS - SECOND_MS, groups: ['ops'] }),
      aKnown({ groups: ['moc'], exempt: 'moc' }),
    ];
    expect(ask(certificates, { goal: 'group' }).groups).toEqual([
      { group: 'ops', certificates: 1, clusters: ['a'] },
      { group: 'system:masters', certificates: 2, clusters: ['a', 'retail-east'] },
    ]);
    expect(ask(certificates, { goal: 'group', query: 'OPS' }).total).toBe(1);
  });
});

describe('pasted serial numbers', () => {
  const known = aKnown({ serialHex: '77fdf4b1033b387aaace6ce1c18710c2' });
  const read = (text: string, certificates: KnownCertificate[] = [known]) =>
    serialsIn(text, getKnownIndex(certificates), candidateRows({ clusters: [], certificates }));
  const listValues = (text: string): (string | undefined)[] =>
    read(text).map(({ readings, resolved = -1 }) => readings[resolved]?.serialHex);

  test.each([
    ['openssl x509 -serial', 'serial=77FDF4B1033B387AAACE6CE1C18710C2'],
    ['openssl on one line', '        Serial Number: 77:fd:f4:b1:03:3b:38:7a:aa:ce:6c:e1:c1:87:10:c2'],
    ['openssl on two lines', 'Serial Number:\n    77:fd:f4:b1:03:3b:38:7a:aa:ce:6c:e1:c1:87:10:c2\n'],
    ['certutil', 'Serial Number: 77fdf4b1033b387aaace6ce1c18710c2'],
    ['PowerShell', 'SerialNumber : 77FDF4B1033B387AAACE6CE1C18710C2'],
    ['a manifest', '    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"'],
    ['an entry of a manifest', "- serialNumber: '77fdf4b1033b387aaace6ce1c18710c2'"],
    ['JSON', '  "serialNumber": "77fdf4b1033b387aaace6ce1c18710c2",'],
    ['a list', '* 77-fd-f4-b1-03-3b-38-7a-aa-ce-6c-e1-c1-87-10-c2'],
    ['Go', BigInt('0x77fdf4b1033b387aaace6ce1c18710c2').toString()],
    ['a tool that adds spaces', '\t 0x77fdf4b1033b387aaace6ce1c18710c2 \r\n\r\n'],
  ])('as printed by %s identify the certificate', (_tool, text) => {
    const [line, ...others] = read(text);
    expect(others).toEqual([]);
    expect(line?.readings[line.resolved ?? -1]).toMatchObject({
      serialHex: known.serialHex,
      certificates: [{ id: known.id }],
    });
  });

  test('are distinguished from other numbers in a certificate printed by openssl', () => {
    const pki = new Pki();
    try {
      const { crt } = pki.ca('/CN=kubernetes');
      const runOpenssl = (...options: string[]): string =>
        execFileSync('openssl', ['x509', '-noout', ...options], { input: crt }).toString();
      const [expected] = listValues(runOpenssl('-serial'));
      expect(expected).toMatch(/^[0-9a-f]{16,40}$/u);
      expect(listValues(runOpenssl('-text'))).toEqual([expected]);
    } finally {
      pki.remove();
    }
  });

  test('are read from their hex form if openssl prints two forms', () => {
    expect(listValues('Serial Number: 4096 (0x1000)')).toEqual(['1000']);
  });

  test('are read line by line; an invalid line has no reading', () => {
    const lines = read('serial=0A\n\n not a number \n0b\n');
    expect(lines.map(({ text }) => text)).toEqual(['serial=0A', 'not a number', '0b']);
    expect(lines.map(({ readings }) => readings.length > 0)).toEqual([true, false, true]);
    expect(read('')).toEqual([]);
  });

  test('may share a line, separated by commas, or by blanks between long numbers', () => {
    const [one, two] = ['77fdf4b1033b387aaace6ce1c18710c2', '4f02aa910c1d2e3f4a5b6c7d8e9f0a1b'];
    expect(listValues(`0a, 0b;0c\nserial=${one},${two}`)).toEqual(['0a', '0b', '0c', one, two]);
    expect(listValues(`${one} ${two}`)).toEqual([one, two]);
    expect(listValues('77 fd f4 b1 03 3b 38 7a aa ce 6c e1 c1 87 10 c2')).toEqual([one]);
    expect(listValues('77fdf4b1 033b387a aace6ce1 c18710c2')).toEqual([one]);
  });

  test('are ambiguous until the admin decides or a certificate matches', () => {
    const [line] = read('10');
    expect(line?.readings.map(({ form }) => form)).toEqual(['hex', 'decimal']);
    expect(line?.resolved).toBeUndefined();
    const ten = aKnown({ serialHex: '0a' });
    expect(read('10', [ten])[0]?.resolved).toBe(1);
  });

  test('are listed with the reason why an entry for them would have no effect', () => {
    const exempt = aKnown({ serialHex: '0c', exempt: 'kubelet-server' });
    const [line] = read('0c', [exempt]);
    expect(line?.readings[0]?.certificates[0]).toMatchObject({ exempt: 'kubelet-server' });
  });

  test('are refused if the text is far too long', () => {
    expect(() => read('0'.repeat(100_001))).toThrow('revocation.too-large');
    expect(read('00:0a\n'.repeat(16_000))).toHaveLength(16_000);
  });
});

describe('a proposed revocation', () => {
  const offer = (
    choice: RevocationChoice,
    certificates: readonly KnownCertificate[],
    spelling: 'serialnumber' | 'SerialNumber' = 'serialnumber',
  ): ProposedRevocation => propose(choice, { certificates, now: NOW, serialSpelling: spelling });
  const listNotes = ({ notes }: ProposedRevocation): string[] =>
    notes.map(({ text }) => text.replace('revocation.note.', ''));
  const chooseNames = (clusterId: ClusterId, name: string): RevocationChoice => ({
    goal: 'node',
    nodes: [{ clusterId, name }],
    withNames: true,
  });
  const machines = [...aMachine('cp-1', '10.0.0.1'), ...aMachine('cp-2', '10.0.0.2')];

  test('has a name made of its purpose and the minute, in UTC', () => {
    const { draft } = offer({ goal: 'group', groups: ['ops'] }, []);
    expect(draft).toMatchObject({
      name: 'group-20261125-1200',
      namespace: 'kube-system',
      apiVersion: 'certificates.microsoft.com/v1',
      kind: 'RenewRevocation',
    });
  });

  test('for a lost kubeconfig contains only its serial number, with a warning that the API server may not check it', () => {
    const lost = aKnown({ role: 'admin-kubeconfig', layer: 'workstation', name: 'admin' });
    const proposal = offer({ goal: 'lost-kubeconfig', certificates: [lost.id] }, [aKnown(), lost]);
    expect(proposal.draft.entries).toEqual([
      { description: 'admin', kind: 'serialnumber', serialNumber: lost.serialHex },
    ]);
    expect(listNotes(proposal)).toEqual(['kubeconfig-unmanaged', 'kubeconfig-sure']);
    const own = { ...lost, paths: ['/home/a/.kube/config'] };
    const offerOwn = (kubeconfig: string) =>
      propose(
        { goal: 'lost-kubeconfig', certificates: [lost.id] },
        { certificates: [own], now: NOW, serialSpelling: 'serialnumber', kubeconfig },
      );
    expect(listNotes(offerOwn('/home/a/.kube/config'))[0]).toBe('kubeconfig-in-use');
    // A file with this path in another home folder is not the kubeconfig in use.
    expect(listNotes(offerOwn('/home/b/.kube/config'))).not.toContain('kubeconfig-in-use');
  });

  test('for a machine contains each of its certificates by serial number, and its names with the current time as the cutoff', () => {
    const { draft, notes } = offer(chooseNames(EAST, 'cp-1'), machines);
    const node = nodeIn(machines, 'cp-1');
    expect(draft.entries).toEqual([
      ...node.certificates.map(({ name, serialHex }) => ({
        description: name,
        kind: 'serialnumber',
        serialNumber: serialHex,
      })),
      { description: 'cp-1', kind: 'DNS', dns: 'cp-1', notBefore: NOW },
      { description: 'cp-1', kind: 'IP', ip: '10.0.0.1', notBefore: NOW },
    ]);
    expect(notes.map(({ text }) => text.replace('revocation.note.', ''))).toEqual([
      'kubelet-server',
      'control-plane-keys',
      'names-shared',
      'wait',
    ]);
    const without = offer({ goal: 'node', nodes: [{ clusterId: EAST, name: 'cp-1' }], withNames: false }, machines);
    expect(without.draft.entries).toHaveLength(node.certificates.length);
    expect(listNotes(without)).not.toContain('wait');
  });

  test('for a machine affects all of its certificates and no others', () => {
    const { clusters, state } = certificatesFor(3);
    const certificates = listKnownCertificates(clusters);
    const { now } = state.state;
    for (const { clusterId, name, certificates: own } of listNodes(certificates, epochMs(now))) {
      const { draft } = propose(chooseNames(clusterId, name), { certificates, now, serialSpelling: 'serialnumber' });
      const entries = draft.entries.flatMap((written) => checkEntry(written).entry ?? []);
      const reached = certificates.filter((one) => entries.some((entry) => revokes(entry, revocableCertificate(one))));
      expect(new Set(reached)).toEqual(new Set(own));
    }
  });

  test('for a worker contains no entry by name, and states the reason', () => {
    const proposal = offer(chooseNames(EAST, 'w-1'), [...machines, aKubelet('w-1')]);
    expect(proposal.draft.entries).toMatchObject([{ kind: 'serialnumber' }]);
    expect(listNotes(proposal)).toEqual(['kubelet-server', 'names-none']);
  });

  test('for a machine states how many certificates without a machine name may belong to it', () => {
    const nameless = [1, 2].map(() => aKnown({ role: 'front-proxy-client' }));
    const { notes } = offer(chooseNames(EAST, 'cp-1'), [...machines, ...nameless]);
    expect(notes.find(({ text }) => text.endsWith('nameless'))?.params).toEqual({ count: 2 });
  });

  test('for groups covers everything up to the current second, so that a repair lasts', () => {
    const proposal = offer({ goal: 'group', groups: ['system:nodes', 'ops', 'ops'] }, []);
    expect(proposal.draft.entries).toEqual([
      { kind: 'Group', group: 'system:nodes', notBefore: NOW },
      { kind: 'Group', group: 'ops', notBefore: NOW },
    ]);
    expect(listNotes(proposal)).toEqual(['group-cutoff', 'wait']);
  });

  test('for serial numbers contains each number once, in any notation, with a description if it is known', () => {
    const known = aKnown({ serialHex: '0abc', name: 'scheduler' });
    const { draft } = offer({ goal: 'serial', serials: ['0ABC', '0xabc', 'ff'], certificates: [known.id] }, [known]);
    expect(draft.entries).toEqual([
      { description: 'scheduler', kind: 'serialnumber', serialNumber: '0abc' },
      { kind: 'serialnumber', serialNumber: 'ff' },
    ]);
  });

  test('uses the chosen spelling of the kind', () => {
    const choice: RevocationChoice = { goal: 'serial', serials: ['ff'], certificates: [] };
    expect(offer(choice, [], 'SerialNumber').draft.entries).toEqual([{ kind: 'SerialNumber', serialNumber: 'ff' }]);
  });

  test('is refused if the chosen items no longer exist', () => {
    const unknown = 'f'.repeat(64) as CredentialId;
    const code = 'revocation.choice-gone';
    const gone: RevocationChoice[] = [
      { goal: 'lost-kubeconfig', certificates: [unknown] },
      { goal: 'serial', serials: [], certificates: [unknown] },
      chooseNames(EAST, 'cp-9'),
      chooseNames('west' as ClusterId, 'cp-1'),
    ];
    for (const choice of gone) expect(() => offer(choice, machines)).toThrow(code);
  });

  test('has no fault that prevents its confirmation, and a message for each note', () => {
    const { clusters, state } = certificatesFor(1);
    const certificates = listKnownCertificates(clusters);
    const { now } = state.state;
    const at = instantFromMs(epochMs(now));
    const [admin] = certificates.filter(({ role }) => role === 'admin-conf');
    const choices: RevocationChoice[] = [
      { goal: 'lost-kubeconfig', certificates: admin === undefined ? [] : [admin.id] },
      { goal: 'group', groups: ['system:nodes'] },
      { goal: 'serial', serials: ['0abc'], certificates: [] },
      ...listNodes(certificates, epochMs(now)).map((node) => chooseNames(node.clusterId, node.name)),
    ];
    for (const choice of choices) {
      const { draft, notes } = propose(choice, { certificates, now: at, serialSpelling: 'serialnumber' });
      const { object, findings } = lintDraft(draft, { now: at, certificates });
      expect(object, JSON.stringify(findings)).toBeDefined();
      expect(draft.name).toMatch(/^[a-z-]+-\d{8}-\d{4}$/u);
      for (const { text, citations } of notes) {
        expect(isMessageKey(text)).toBe(true);
        expect(citations.length).toBeGreaterThan(0);
      }
    }
  });

  test('has descriptions of limited length, however long the names are', () => {
    const long = aKnown({ name: 'n'.repeat(400), notAfterMs: NOW_MS + DAY_MS });
    const { draft } = offer({ goal: 'lost-kubeconfig', certificates: [long.id] }, [long]);
    expect(draft.description).toHaveLength(120);
    expect(draft.entries[0]?.description).toHaveLength(120);
  });
});
