import { isSameBytes } from '../../shared/lists.ts';
import { readKubeconfig } from '../../formats/kubernetes/kubeconfig.ts';
import { readYaml } from '../../formats/yaml/yaml.ts';
import type { IssuedCertificate } from '../../pki/issue/issue.ts';
import type { MismatchField } from './creation-plan.ts';
import type { KubeconfigWish } from './creation-spec.ts';
import { certificatesIn, keyIn, getPlace, readExistingText, type Folder, type FoundPair } from './found-files.ts';
import { fieldsWhere } from './mismatch.ts';

export interface FoundKubeconfig extends FoundPair {
  differs: MismatchField[];
}

/** Examines only the requested user and cluster. `trusted` is the content of the cluster's CA file. */
export async function findKubeconfig(
  at: Folder,
  wish: KubeconfigWish,
  trusted: readonly IssuedCertificate[],
): Promise<FoundKubeconfig> {
  const text = await readExistingText(at.ports, getPlace(at, wish.file));
  if (text === undefined) return unusable('absent');
  const reading = readYaml(text);
  if (!reading.ok || reading.root?.kind !== 'map') return unusable('unreadable');
  const { certificates, keys } = readKubeconfig(reading.root);
  const userName = wish.subject.commonName;
  const clients = certificates.filter(
    ({ origin }) =>
      origin.format === 'kubeconfig' && origin.part === 'client-certificate' && origin.userName === userName,
  );
  const origin = clients[0]?.origin;
  if (origin?.format !== 'kubeconfig') return { ...unusable('absent'), key: { state: 'unreadable' } };
  const authorities = certificates.filter(
    (each) =>
      each.origin.format === 'kubeconfig' &&
      each.origin.part === 'certificate-authority' &&
      each.origin.clusterName === wish.clusterName,
  );
  const key = keys.find(({ pair }) => pair !== undefined && pair === clients[0]?.pair);
  return {
    certificates: certificatesIn(clients.map(({ der }) => der)),
    key: key === undefined ? { state: 'absent' } : keyIn(at.ports, key.keyPem),
    isInterrupted: false,
    differs: fieldsWhere({
      server: origin.server !== wish.server,
      cluster: origin.clusterName !== wish.clusterName,
      'certificate-authority': !areSame(
        authorities.map(({ der }) => der),
        trusted.map(({ der }) => der),
      ),
    }),
  };
}

function unusable(state: 'absent' | 'unreadable'): FoundKubeconfig {
  return { certificates: { state }, key: { state }, isInterrupted: false, differs: [] };
}

/** Compares two lists of certificates regardless of their order. */
function areSame(left: readonly Uint8Array[], right: readonly Uint8Array[]): boolean {
  return left.length === right.length && left.every((each) => right.some((other) => isSameBytes(each, other)));
}
