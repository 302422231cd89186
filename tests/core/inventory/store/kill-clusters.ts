import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { clusterId, sampleCluster } from './sample-clusters.ts';

export const CLUSTERS = 5;
const CERTIFICATES = 40;
const TEMPLATE = sampleCluster('template', CERTIFICATES);

export const killId = (number: number): ClusterId => clusterId(`cluster-${number % CLUSTERS}`);

export function killCluster(number: number): Cluster {
  const id = killId(number);
  return { ...TEMPLATE, id, name: id, addresses: [`update ${number}`] };
}
