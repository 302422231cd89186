import { type CertificateCredential, type Cluster, listCertificates } from '../model/credential.ts';
import { hashText } from '../../shared/text-numbers.ts';
import { factsOnce, isAuthority } from '../store/stored-certificate.ts';
import { listServerNames } from './kubeconfig-ca.ts';
import { numberKey, placeKey } from './known-certificates.ts';

/** Hashes of texts. With them, a search in a million certificates takes milliseconds and decodes nothing. */
export interface ClusterKeys {
  /** Issuer and serial number of each certificate, including replaced ones. */
  numbers: Float64Array;
  /** Places of current credentials in files. */
  places: Float64Array;
  /** Paths of the files that contain these places, each once. */
  paths: Float64Array;
  /** Subject, key id (`NaN` without one) and certificate of each authority, including replaced ones. */
  authorities: Float64Array;
  hosts: Float64Array;
}

export const AUTHORITY_NUMBERS = 3;

const made = new WeakMap<Cluster, ClusterKeys>();

export function clusterKeys(cluster: Cluster): ClusterKeys {
  const known = made.get(cluster);
  if (known !== undefined) return known;
  const { credentials } = cluster;
  const certificates = listCertificates(cluster);
  const sources = credentials.flatMap((credential) => credential.sources);
  const servers = credentials.filter(({ role }) => role === 'apiserver');
  const keys: ClusterKeys = {
    numbers: numberTexts(certificates.map(numberKey)),
    places: numberTexts(sources.map(placeKey)),
    paths: numberTexts(new Set(sources.map(({ path }) => path))),
    authorities: Float64Array.from(certificates.filter(isAuthority).flatMap(authorityNumbers)),
    hosts: numberTexts(servers.flatMap((one) => (one.kind === 'certificate' ? listServerNames(factsOnce(one)) : []))),
  };
  made.set(cluster, keys);
  return keys;
}

function authorityNumbers(authority: CertificateCredential): number[] {
  const { subject, subjectKeyId } = factsOnce(authority);
  return [hashText(subject.text), subjectKeyId === undefined ? NaN : hashText(subjectKeyId), hashText(authority.id)];
}

function numberTexts(texts: Iterable<string>): Float64Array {
  return Float64Array.from(texts, hashText);
}
