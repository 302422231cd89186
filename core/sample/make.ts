import type { Instant } from '../shared/instant.ts';
import type { SamplePart, SampleSummary } from './model/sample.ts';
import type { PrivateKey } from '../shared/ports.ts';
import type { IssuePorts } from '../pki/issue/issue.ts';
import type { CertificateState, DeploymentState } from '../simulation/state.ts';
import { INSTALLER, OPERATOR, SECOND_ADMIN, workloadClusters, type SampleCluster } from './fleet.ts';
import { makeInParallel } from '../simulation/files/make-in-parallel.ts';
import { hostFiles, providerFile, workstationFiles } from '../simulation/files/host-files.ts';
import { simulateFleet } from './history.ts';
import { nodeFiles } from '../simulation/files/node-files.ts';
import { recentBootstrapToken, requestsFile, secretsFile } from '../simulation/files/object-files.ts';
import type { MadeFile } from '../simulation/files/made-file.ts';
import { Workshop } from '../simulation/files/workshop.ts';

export interface SampleRequest {
  now: Instant;
  /** Determines names and dates. */
  seed: string;
  /** At least one workload cluster. */
  clusters: number;
  /** Called at least every 30 ms. */
  pause: () => Promise<void>;
  onProgress?: (progress: { made: number; total: number }) => void;
}

export interface Sample {
  files: MadeFile[];
  summary: SampleSummary;
}

/**
 * Makes the files of a fleet more than a year old, with real certificates, keys and tokens. The seed and the instant
 * determine names, dates and serial numbers, but not keys.
 */
export async function makeSample(ports: IssuePorts, request: SampleRequest): Promise<Sample> {
  const { now, pause } = request;
  const clusters = workloadClusters(request.clusters);
  const state = await simulateFleet({ ...request, clusters });
  const workshop = new Workshop(ports, state, await ports.keys.generate('rsa-2048'));
  const serviceAccounts = await makeAll(ports, workshop, request);
  const files = await allFiles(ports, workshop, { clusters, now, pause, serviceAccounts });
  const { tokens, ...counts } = workshop.counts;
  const summary: SampleSummary = {
    now,
    parts: listParts(state, clusters),
    files: files.length,
    ...counts,
    tokens: tokens + BOOTSTRAP_TOKENS,
  };
  return { files, summary };
}

/** The token of the management cluster. It belongs to no identity, so the builder does not count it. */
const BOOTSTRAP_TOKENS = 1;

async function makeAll(
  { keys }: IssuePorts,
  workshop: Workshop,
  { onProgress, pause }: SampleRequest,
): Promise<ReadonlyMap<string, PrivateKey>> {
  const serviceAccounts = new Map<string, PrivateKey>();
  // RSA keys take longest and are therefore started first.
  const tasks = [
    ...workshop.state.clusters.map(({ name }) => async () => {
      serviceAccounts.set(name, await keys.generate('rsa-2048'));
    }),
    ...recordsToIssue(workshop).map((record) => () => workshop.materialise(record)),
  ];
  await makeInParallel(tasks, { onProgress, pause });
  return serviceAccounts;
}

/** Lists the certificates to issue, without clients of the cloud agent that have no access file. */
function recordsToIssue(workshop: Workshop): CertificateState[] {
  const { certificates, identities } = workshop.state;
  const ofFiles = new Set(
    identities.filter(({ profile }) => HAS_ACCESS_FILE.includes(profile)).map(({ certificate }) => certificate),
  );
  return [
    workshop.cloudAgentCertificate('cloud-agent-ca'),
    workshop.cloudAgentCertificate('cloud-agent-server'),
    ...certificates.filter(({ id }) => ofFiles.has(id)),
    ...certificates.filter(({ holder }) => holder.kind === 'cluster'),
    ...certificates.filter(({ holder }) => holder.kind === 'node' || holder.kind === 'workstation'),
  ];
}

const HAS_ACCESS_FILE: readonly string[] = ['node-agent', 'mocctl', 'kvactl', 'extra-admin', 'caph'];

interface FilesRequest extends Pick<SampleRequest, 'now' | 'pause'> {
  clusters: readonly SampleCluster[];
  serviceAccounts: ReadonlyMap<string, PrivateKey>;
}

async function allFiles(
  ports: IssuePorts,
  workshop: Workshop,
  { clusters, now, pause, serviceAccounts }: FilesRequest,
): Promise<MadeFile[]> {
  const files = [
    ...(await hostFiles(workshop, { installer: INSTALLER, secondAdmin: SECOND_ADMIN })),
    ...(await workstationFiles(workshop, OPERATOR)),
    await providerFile(workshop),
  ];
  await pause();
  for (const cluster of workshop.state.clusters) {
    const serviceAccount = serviceAccounts.get(cluster.name);
    if (serviceAccount === undefined) throw new Error(`no key for ${cluster.name}`);
    for (const node of cluster.nodes) {
      files.push(...(await nodeFiles(workshop, { cluster, node, serviceAccount })));
      await pause();
    }
    const bootstrap = cluster.kind === 'management' ? recentBootstrapToken(ports, now) : undefined;
    files.push(await secretsFile(workshop, cluster, bootstrap));
    const state = clusters.find(({ plan }) => plan.name === cluster.name)?.state;
    if (state === 'renewal-due' || state === 'renewal-stalled')
      files.push(await requestsFile(ports, workshop, cluster));
    await pause();
  }
  return files;
}

function listParts({ cloudAgent, clusters }: DeploymentState, samples: readonly SampleCluster[]): SamplePart[] {
  return [
    { name: cloudAgent.fqdn, kind: 'cloud-agent', states: ['ca-horizon', 'clock-skew'] },
    ...clusters.map(({ name, kind }): SamplePart => {
      return { name, kind, states: [samples.find(({ plan }) => plan.name === name)?.state ?? 'healthy'] };
    }),
  ];
}
