import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FactsByCluster } from '../../../../core/plan/model/cluster-facts.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { isManagementName } from '../../../../core/plan/model/cluster-name.ts';
import { listDeployments, type ClusterPlace } from '../../../../core/plan/model/deployment.ts';

function aPlace(name: string, kind: ClusterPlace['kind'], sample?: true): ClusterPlace {
  return { id: name as ClusterId, name, kind, ...(sample && { sample }) };
}

const AGENT = aPlace('ca-1', 'moc');
const OTHER_AGENT = aPlace('ca-2', 'moc');
const EAST = aPlace('retail-east', 'kubernetes');
const WEST = aPlace('retail-west', 'kubernetes');

/** Formats deployments as `ca-1: retail-east, retail-west`, with a question mark if the deployment is inferred. */
function deploymentLines(clusters: ClusterPlace[], facts: FactsByCluster = {}): string[] {
  return listDeployments(clusters, facts).map(
    ({ cloudAgent, clusters: hosted, inferred }) =>
      `${cloudAgent?.name ?? 'unknown'}${inferred ? '?' : ''}: ${hosted.map(({ name }) => name).join(', ')}`,
  );
}

describe('the deployment of a cluster', () => {
  test('is inferred if there is only one cloud agent', () => {
    expect(deploymentLines([EAST, AGENT, WEST])).toEqual(['ca-1?: retail-east, retail-west']);
  });

  test('is unknown if there are several cloud agents and the admin has not stated it', () => {
    expect(deploymentLines([AGENT, OTHER_AGENT, EAST])).toEqual(['ca-1: ', 'ca-2: ', 'unknown: retail-east']);
  });

  test('is certain if the admin stated it', () => {
    const facts = { 'retail-east': { cloudAgent: OTHER_AGENT.id } };
    expect(deploymentLines([AGENT, OTHER_AGENT, EAST, WEST], facts)).toEqual([
      'ca-1: ',
      'ca-2: retail-east',
      'unknown: retail-west',
    ]);
    expect(deploymentLines([OTHER_AGENT, EAST], facts)).toEqual(['ca-2: retail-east']);
  });

  test('counts as inferred if it is inferred for one of its clusters', () => {
    const facts = { 'retail-east': { cloudAgent: AGENT.id } };
    expect(deploymentLines([AGENT, EAST, WEST], facts)).toEqual(['ca-1?: retail-east, retail-west']);
  });

  test('is inferred if the stated cloud agent is gone and only one is left', () => {
    const facts = { 'retail-east': { cloudAgent: 'forgotten' as ClusterId } };
    expect(deploymentLines([AGENT, EAST], facts)).toEqual(['ca-1?: retail-east']);
  });

  test('is unknown if the stated cloud agent is an ordinary cluster', () => {
    const facts = { 'retail-east': { cloudAgent: WEST.id } };
    expect(deploymentLines([AGENT, OTHER_AGENT, EAST, WEST], facts)).toEqual([
      'ca-1: ',
      'ca-2: ',
      'unknown: retail-east',
      'unknown: retail-west',
    ]);
  });

  test('is that of the cloud agent in its login files, regardless of case', () => {
    const agents = [
      { ...AGENT, addresses: ['Lyon.contoso.example'] },
      { ...OTHER_AGENT, addresses: ['kyoto.contoso.example'] },
    ];
    const east = { ...EAST, cloudAgents: ['kyoto.contoso.example'] };
    const west = { ...WEST, cloudAgents: ['lyon.contoso.example'] };
    expect(deploymentLines([...agents, east, west])).toEqual(['ca-1: retail-west', 'ca-2: retail-east']);
    const facts = { 'retail-east': { cloudAgent: AGENT.id } };
    expect(deploymentLines([...agents, east, west], facts)).toEqual(['ca-1: retail-east, retail-west', 'ca-2: ']);
  });

  test('is that of the cloud agent in its login files if the stated cloud agent no longer exists', () => {
    const named = { ...EAST, cloudAgents: ['ca-2'] };
    const agents = [AGENT, { ...OTHER_AGENT, addresses: ['ca-2'] }];
    const facts = { 'retail-east': { cloudAgent: 'merged' as ClusterId } };
    expect(deploymentLines([...agents, named], facts)).toEqual(deploymentLines([...agents, named]));
    expect(deploymentLines([...agents, named], facts)).toEqual(['ca-1: ', 'ca-2: retail-east']);
  });

  test('is not inferred from the only cloud agent if its login files name another', () => {
    const agent = { ...AGENT, addresses: ['lyon.contoso.example'] };
    const kyoto = { cloudAgents: ['kyoto.contoso.example'] };
    expect(
      deploymentLines([agent, { ...EAST, ...kyoto }, { ...WEST, ...kyoto }, aPlace('cold', 'kubernetes')]),
    ).toEqual(['ca-1?: cold', 'unknown: retail-east, retail-west']);
  });

  test('is unknown if two cloud agents have the address in its login files', () => {
    const address = { addresses: ['cloud.contoso.example'] };
    const named = { cloudAgents: ['cloud.contoso.example'] };
    const agents = [
      { ...AGENT, ...address },
      { ...OTHER_AGENT, ...address },
    ];
    expect(deploymentLines([...agents, { ...EAST, ...named }, { ...WEST, ...named }])).toEqual([
      'ca-1: ',
      'ca-2: ',
      'unknown: retail-east',
      'unknown: retail-west',
    ]);
  });

  test('is that of the cloud agent with the CA in its login files, if two cloud agents have the same address', () => {
    const [former, current, other] = ['a', 'b', 'c'].map((digit) => digit.repeat(64)) as [string, string, string];
    const address = 'cloud.contoso.example';
    const agents = [
      { ...AGENT, addresses: [address], cloudAgents: [former, current] },
      { ...OTHER_AGENT, addresses: [address], cloudAgents: [other] },
    ];
    const east = { ...EAST, cloudAgents: [address, former] };
    const west = { ...WEST, cloudAgents: [address, other] };
    expect(deploymentLines([...agents, east, west])).toEqual(['ca-1: retail-east', 'ca-2: retail-west']);
    expect(deploymentLines([agents[0]!, west])).toEqual(['ca-1: ', 'unknown: retail-west']);
  });

  test('is that of the only cloud agent with the CA, although the login file of another one has the address but no CA', () => {
    const [ca, unread] = ['a'.repeat(64), 'b'.repeat(64)];
    const address = 'cloud.contoso.example';
    const agents = [
      { ...AGENT, addresses: [address], cloudAgents: [ca] },
      { ...OTHER_AGENT, addresses: [address] },
    ];
    const east = { ...EAST, cloudAgents: [address, ca] };
    expect(deploymentLines([...agents, east])).toEqual(['ca-1: retail-east', 'ca-2: ']);
    expect(deploymentLines([...agents.toReversed(), east])).toEqual(['ca-2: ', 'ca-1: retail-east']);
    const west = { ...WEST, cloudAgents: [address, unread] };
    expect(deploymentLines([...agents, west])).toEqual(['ca-1: ', 'ca-2: retail-west']);
    const both = { ...agents[1]!, cloudAgents: [ca] };
    expect(deploymentLines([agents[0]!, both, east])).toEqual(['ca-1: ', 'ca-2: ', 'unknown: retail-east']);
  });

  test('is shared by all clusters of one site, but not across sites, if no cloud agent was read', () => {
    const management = aPlace('clustergroup-management', 'kubernetes');
    const other = { ...management, id: 'other' as ClusterId, name: 'clustergroup-management (6799bd22)' };
    expect(deploymentLines([management, EAST])).toEqual(['unknown: clustergroup-management, retail-east']);
    expect(deploymentLines([management, EAST, other])).toEqual([
      'unknown: clustergroup-management',
      'unknown: retail-east',
      'unknown: clustergroup-management (6799bd22)',
    ]);
  });

  test('is never shared by a demo fleet and real clusters', () => {
    const sampleAgent = aPlace('sample-ca', 'moc', true);
    const sampleCluster = aPlace('osaka-plant', 'kubernetes', true);
    expect(deploymentLines([AGENT, sampleAgent, EAST, sampleCluster])).toEqual([
      'ca-1?: retail-east',
      'sample-ca?: osaka-plant',
    ]);
    expect(deploymentLines([sampleAgent, EAST])).toEqual(['sample-ca: ', 'unknown: retail-east']);
  });

  test('is listed once for every cluster, in the given order', () => {
    const place = fc.record({ kind: fc.constantFrom('kubernetes', 'moc'), sample: fc.boolean() });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), fc.nat(12), (made, said) => {
        const clusters = made.map(({ kind, sample }, index) =>
          aPlace(`c${String(index)}`, kind, sample ? true : undefined),
        );
        const facts = Object.fromEntries(
          clusters.map(({ id }) => [id, { cloudAgent: `c${String(said)}` as ClusterId }]),
        );
        const found = listDeployments(clusters, facts);
        const hosted = found.flatMap((deployment) => deployment.clusters);
        expect(hosted.map(({ id }) => id).sort()).toEqual(
          clusters.flatMap(({ id, kind }) => (kind === 'kubernetes' ? [id] : [])).sort(),
        );
        expect(found.flatMap(({ cloudAgent }) => cloudAgent ?? [])).toEqual(
          clusters.filter(({ kind }) => kind === 'moc'),
        );
        for (const deployment of found) {
          const order = deployment.clusters.map(({ id }) => Number(id.slice(1)));
          expect(order).toEqual([...order].sort((a, b) => a - b));
        }
      }),
    );
  });
});

test('a management cluster is recognised by its name, even if part of a fingerprint is appended', () => {
  const names = ['clustergroup-management', 'clustergroup-management (6799bd22)', 'clustergroup-management-2', 'edge'];
  expect(names.map((name) => isManagementName(name))).toEqual([true, true, false, false]);
});
