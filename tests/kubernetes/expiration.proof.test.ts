import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { expect, onTestFinished, test, type TestContext } from 'vitest';
import { needKubernetes } from '../support/real-kubernetes.ts';
import { ControlPlane, specification } from './control-plane.ts';

/* Compares the table of `kubeadm certs check-expiration` with the output of the product. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The files, by the names that kubeadm gives them. */
const FILES: Readonly<Record<string, string>> = {
  'admin.conf': 'admin.conf',
  apiserver: 'pki/apiserver.crt',
  'apiserver-etcd-client': 'pki/apiserver-etcd-client.crt',
  'apiserver-kubelet-client': 'pki/apiserver-kubelet-client.crt',
  'controller-manager.conf': 'controller-manager.conf',
  'etcd-healthcheck-client': 'pki/etcd/healthcheck-client.crt',
  'etcd-peer': 'pki/etcd/peer.crt',
  'etcd-server': 'pki/etcd/server.crt',
  'front-proxy-client': 'pki/front-proxy-client.crt',
  'scheduler.conf': 'scheduler.conf',
  ca: 'pki/ca.crt',
  'etcd-ca': 'pki/etcd/ca.crt',
  'front-proxy-ca': 'pki/front-proxy-ca.crt',
};
/** The CAs, by the names that kubeadm gives them; for a kubeconfig, kubeadm names none. */
const CA_NAMES: Readonly<Record<string, string>> = {
  ca: 'kubernetes',
  'etcd-ca': 'etcd-ca',
  'front-proxy-ca': 'front-proxy-ca',
};

interface Line {
  name: string;
  /** Such as `Dec 02, 2026 06:10 UTC`. */
  expires: string;
  residual: string;
  authority: string | undefined;
}

/** Returns kubeadm's table for the files of the control plane, which are mounted at /etc/kubernetes. */
function kubeadmTable({ skip }: TestContext, plane: ControlPlane): Line[] {
  // kubeadm runs in a separate namespace, so that it neither reads nor changes files of this computer.
  const script =
    'mount -t tmpfs none /etc && mkdir /etc/kubernetes && mount --bind "$1" /etc/kubernetes && shift && exec "$@"';
  const words = ['--map-root-user', '--mount', 'sh', '-c', script, 'sh', plane.files];
  const options = { encoding: 'utf8', timeout: 240_000, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' } } as const;
  const probe = spawnSync('unshare', [...words, 'true'], options);
  skip(probe.status !== 0, `no namespace of one's own can be had here: ${probe.stderr.trim()}`);
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [...words, plane.programs.kubeadm, 'certs', 'check-expiration'],
    options,
  );
  expect(status, stderr).toBe(0);
  const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/u));
  return lines.flatMap(([name = '', expires = '', residual = '', ...others]) =>
    / UTC$/u.test(expires) ? [{ name, expires, residual, authority: others.length > 1 ? others[0] : undefined }] : [],
  );
}

interface OurRecord {
  /** Every place of the certificate: a CA also occurs in each kubeconfig. */
  sources: { path: string; entry: string }[];
  issuer: { cn: string };
  notAfter: string;
  state: string;
  role: string;
}

/** Returns the record of `inspect` for each file; for a kubeconfig, the record of its client certificate. */
function ourTable(plane: ControlPlane): Map<string, OurRecord> {
  const outcome = plane.arcwarden.run(['inspect', plane.files, '--json']);
  const { records } = JSON.parse(outcome.out) as { records: OurRecord[] };
  return new Map(
    records.flatMap((record) =>
      record.sources
        .filter(({ entry }) => !entry.startsWith('clusters['))
        .map(({ path }) => [relative(plane.files, path), record]),
    ),
  );
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Formats an instant as Go does with the layout `Jan 02, 2006 15:04 MST`. */
function formatLikeKubeadm(instant: string): string {
  const [, year = '', month = '', day = '', time = ''] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)/u.exec(instant) ?? [];
  return `${MONTHS[Number(month) - 1] ?? ''} ${day}, ${year} ${time} UTC`;
}

/**
 * Formats the time left as Kubernetes does: in the largest unit, truncated. Source: apimachinery, pkg/util/duration.
 */
function residual(ms: number): string {
  if (ms < -2_000) return '<invalid>';
  if (ms < HOUR_MS) return `${Math.trunc(ms / MINUTE_MS)}m`;
  if (ms < DAY_MS) return `${Math.trunc(ms / HOUR_MS)}h`;
  const days = Math.trunc(ms / DAY_MS);
  return days < 365 ? `${days}d` : `${Math.trunc(days / 365)}y`;
}

async function createFilesAt(context: TestContext, now: string): Promise<ControlPlane> {
  const plane = await ControlPlane.prepare(needKubernetes(context));
  onTestFinished(() => plane.stop());
  // Generating the key for service accounts takes most of the time, and kubeadm does not report this key.
  plane.create(specification(1).replace('serviceAccountKey: true\n', ''), { now });
  return plane;
}

test.for([
  ['issued today', 0],
  ['with two hours left', 4 * DAY_MS - 2 * HOUR_MS],
  ['expired yesterday', 5 * DAY_MS],
] as const)(
  'kubeadm and the product report the same expiry, time left and CA of every certificate, %s',
  async ([, ageMs], context) => {
    const plane = await createFilesAt(context, new Date(Date.now() - ageMs).toISOString());
    const before = Date.now();
    const theirs = kubeadmTable(context, plane);
    const after = Date.now();
    const ours = ourTable(plane);
    expect(theirs.map(({ name }) => name).toSorted()).toEqual(Object.keys(FILES).toSorted());
    for (const { name, expires, residual: left, authority } of theirs) {
      const record = ours.get(FILES[name] ?? '');
      expect(formatLikeKubeadm(record?.notAfter ?? ''), name).toBe(expires);
      const end = Date.parse(record?.notAfter ?? '');
      expect([residual(end - before), residual(end - after)], name).toContain(left);
      expect(record?.state === 'expired', name).toBe(left === '<invalid>');
      if (authority !== undefined) expect(record?.issuer.cn, name).toBe(CA_NAMES[authority]);
    }
    // kubeadm 1.20 does not report these files.
    expect([...ours.keys()].filter((file) => !Object.values(FILES).includes(file))).toEqual(['super-admin.conf']);
  },
);
