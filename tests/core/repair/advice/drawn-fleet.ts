import fc from 'fast-check';

/*
 * Random fleets, drawn without any knowledge of the product: how many deployments and clusters there are, what has
 * expired, which files somebody collected, and which old copies were collected with them.
 */

/** Credentials whose expiry is drawn: those of hosts, of the management cluster, and of workload clusters. */
const HOST_CREDENTIALS = ['mocctl', 'kvactl', 'kvactl-token', 'node-agent', 'node-agent-token'] as const;
export const MANAGEMENT_CREDENTIALS = ['caph', 'management-kubeconfig', 'management-kms-token'] as const;
const WORKLOAD_CREDENTIALS = ['cluster-ca', 'apiserver', 'kubelet-server', 'kms-token', 'kubeconfig'] as const;
const COPIES = ['node', 'host', 'monitoring', 'kubeconfig', 'access-file'] as const;
export type Copy = (typeof COPIES)[number];

/** `dead`: expired. `missing`: valid, but not collected. */
export type Drawn<Name extends string> = Readonly<Record<Name, 'alive' | 'dead' | 'missing'>>;

export interface DrawnCluster {
  name: string;
  /** Whether the names of the machines contain the name of the cluster. */
  hasOwnNodeNames: boolean;
  controlPlanes: 1 | 3;
  credentials: Drawn<(typeof WORKLOAD_CREDENTIALS)[number]>;
  copies: readonly Copy[];
  /** Whether the login file is the only file of its node, if no other deployment has a cluster with this name. */
  hasLoneLogin: boolean;
  /** Whether an old kubeconfig, from before the cluster was rebuilt, was also collected. */
  wasRebuilt: boolean;
  /** No file shows this or either of the next two fields. */
  isKmsDown: boolean;
  servingBy: 'cloud' | 'kubelet';
  isWithoutEffect: boolean;
}

/** `overlap`: the former CA is still valid. `replaced`: the former CA has expired. */
export type Roots = 'one' | 'expired' | 'overlap' | 'replaced';

export interface DrawnDeployment {
  roots: Roots;
  /**
   * The CA certificates in the access files of clients, which take these values in turn. `former`: the former CA also
   * signed the certificate of the client.
   */
  trusts: readonly ('current' | 'former' | 'both')[];
  hosts: number;
  /**
   * Name of the management cluster; the default name if its kubeconfig was not collected, since no other file shows
   * that a cluster with another name is the management cluster.
   */
  managementName: string;
  host: Drawn<(typeof HOST_CREDENTIALS)[number]>;
  management: Drawn<(typeof MANAGEMENT_CREDENTIALS)[number]>;
  copies: readonly Copy[];
  /** Whether the configuration of the modules, which may contain a login, was collected. */
  config: 'missing' | 'plain' | 'with-login';
  isKmsDown: boolean;
  clusters: readonly DrawnCluster[];
}

export interface DrawnFleet {
  deployments: readonly DrawnDeployment[];
  /** Whether all cloud agents have the same name. */
  haveSameAgentName: boolean;
  /** Clusters of other distributions. */
  foreign: readonly ('k3s' | 'rke2' | 'minikube' | 'openshift')[];
  /** How the collected folders are organised. */
  layout: 'by-machine' | 'in-profile' | 'by-site';
  /** `once`: all folders are imported together; otherwise one after another, in this direction. */
  order: 'once' | 'forwards' | 'backwards';
}

const CLUSTER_NAMES = ['edge', 'pos', 'retail-east', 'depot', 'lab', 'plant'];

function drawEnds<Name extends string>(names: readonly Name[]): fc.Arbitrary<Drawn<Name>> {
  const end = fc.oneof(
    { weight: 5, arbitrary: fc.constant('alive' as const) },
    { weight: 2, arbitrary: fc.constant('dead' as const) },
    { weight: 1, arbitrary: fc.constant('missing' as const) },
  );
  return fc
    .tuple(...names.map(() => end))
    .map((ends) => Object.fromEntries(names.map((name, at) => [name, ends[at]])) as Drawn<Name>);
}

const rarely = fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 5);

const cluster: fc.Arbitrary<DrawnCluster> = fc.record({
  name: fc.constantFrom(...CLUSTER_NAMES),
  controlPlanes: fc.constantFrom(1 as const, 1 as const, 1 as const, 3 as const),
  hasOwnNodeNames: fc.boolean(),
  credentials: drawEnds(WORKLOAD_CREDENTIALS),
  copies: fc.subarray([...COPIES]),
  hasLoneLogin: rarely,
  wasRebuilt: rarely,
  isKmsDown: fc.boolean(),
  servingBy: fc.constantFrom('cloud' as const, 'kubelet' as const),
  isWithoutEffect: rarely,
});

const deployment: fc.Arbitrary<DrawnDeployment> = fc
  .record({
    roots: fc.oneof(
      { weight: 4, arbitrary: fc.constant('one' as const) },
      { weight: 1, arbitrary: fc.constantFrom('expired' as const, 'overlap' as const, 'replaced' as const) },
    ),
    trusts: fc.array(fc.constantFrom('current' as const, 'former' as const, 'both' as const), {
      minLength: 4,
      maxLength: 4,
    }),
    hosts: fc.integer({ min: 1, max: 2 }),
    managementName: fc.constantFrom('clustergroup-management', 'management'),
    host: drawEnds(HOST_CREDENTIALS),
    management: drawEnds(MANAGEMENT_CREDENTIALS),
    copies: fc.subarray([...COPIES]),
    config: fc.constantFrom('missing' as const, 'plain' as const, 'with-login' as const),
    isKmsDown: fc.boolean(),
    clusters: fc.uniqueArray(cluster, { maxLength: 6, selector: ({ name }) => name }),
  })
  .map((drawn) =>
    drawn.management['management-kubeconfig'] === 'missing'
      ? { ...drawn, managementName: 'clustergroup-management' }
      : drawn,
  );

export const drawnFleet: fc.Arbitrary<DrawnFleet> = fc.record({
  deployments: fc.array(deployment, { minLength: 1, maxLength: 4 }),
  haveSameAgentName: rarely,
  foreign: fc.subarray(['k3s', 'rke2', 'minikube', 'openshift'] as const).map((all) => all.slice(0, 2)),
  layout: fc.constantFrom('by-machine' as const, 'in-profile' as const, 'by-site' as const),
  order: fc.constantFrom('once' as const, 'forwards' as const, 'backwards' as const),
});
