import type { Instant } from '../../shared/instant.ts';
import type { ProfileId } from '../../pki/model/profile.ts';

/* A lab as its file describes it: which machines there are, where they listen, and which files they use. */

/** The failures that a new lab can begin with. */
export const LAB_OUTAGES = ['off-5-days', 'kms-token', 'ca-rotated'] as const;
export type LabOutage = (typeof LAB_OUTAGES)[number];

export const ETCD_CLIENT_ISSUERS = ['etcd-ca', 'cluster-ca'] as const;
export type EtcdClientIssuer = (typeof ETCD_CLIENT_ISSUERS)[number];

/** A day of the lab takes at least a minute: shorter lifetimes are lost in the rounding to seconds. */
export const FASTEST_PACE = 1_440;

export const SERVICE_KINDS = ['login', 'work', 'node-agent', 'api-server', 'etcd', 'kubelet'] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** A TLS server on an address of this computer. */
export interface LabService {
  /** Unique in the lab. */
  name: string;
  kind: ServiceKind;
  address: string;
  port: number;
  /** The name in the server's certificate by which clients check it. */
  serverName: string;
  /** The file that has the certificate, relative to the lab. */
  file: string;
  /** The node of a kubelet or an etcd. */
  node?: string;
}

export const MACHINE_KINDS = ['cloud-agent', 'host', 'cluster'] as const;

/** A process of its own; the machines of a cluster are one. */
export interface LabMachine {
  name: string;
  kind: (typeof MACHINE_KINDS)[number];
  services: readonly LabService[];
}

/** A client of the cloud agent, with its files relative to the lab. */
export interface LabClient {
  identity: string;
  profile: ProfileId;
  /** The machine that runs the client; absent for a tool that runs only while it is used. */
  machine?: string;
  loginFile: string;
  accessFile: string;
  autoRotate: boolean;
}

/** A certificate of a node, with its key in the same file or beside it. */
export interface LabCertificate {
  profile: ProfileId;
  /** Relative to the lab: a `.crt` with its `.key`, a kubeconfig, or a `.pem` with both. */
  file: string;
}

export interface LabNode {
  name: string;
  role: 'control-plane' | 'worker';
  ip: string;
  certificates: readonly LabCertificate[];
}

export interface LabCluster {
  name: string;
  kind: 'management' | 'workload';
  /** The kubeconfig of an admin, relative to the lab. */
  kubeconfig: string;
  nodes: readonly LabNode[];
}

export interface Lab {
  createdAt: Instant;
  /** Days of the lab per day. Every lifetime is shorter in this proportion. */
  pace: number;
  outage?: LabOutage;
  etcdClientIssuer: EtcdClientIssuer;
  /** The name of the cloud agent. */
  fqdn: string;
  location: string;
  machines: readonly LabMachine[];
  clients: readonly LabClient[];
  clusters: readonly LabCluster[];
}

export type MachineState = 'running' | 'off' | 'ended';

export interface ServiceStatus extends LabService {
  /** Absent if the service answers; otherwise a code of the system or of TLS, such as `CERT_HAS_EXPIRED`. */
  fault?: string;
}

export interface MachineStatus extends Omit<LabMachine, 'services'> {
  state: MachineState;
  pid?: number;
  /** Absolute. */
  log: string;
  services: readonly ServiceStatus[];
}

export interface LabStatus extends Pick<Lab, 'createdAt' | 'pace' | 'outage'> {
  folder: string;
  running: boolean;
  machines: readonly MachineStatus[];
}

/** Folders and files of a lab, relative to it. */
export const LAB_FILES = {
  description: 'lab.json',
  /** Keys and state that no import needs. */
  private: 'lab',
  agent: 'lab/cloud-agent',
  logs: 'lab/logs',
  processes: 'lab/processes',
  signals: 'lab/signals',
} as const;
