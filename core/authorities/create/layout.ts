import type { Profile } from '../../pki/model/profile.ts';

/*
 * The target folder corresponds to /etc/kubernetes. Sources: the article for the folder pki, the profiles for the
 * names. The folder moc is our own choice: the product's folder is not published.
 */

export const SERVICE_ACCOUNT_PAIR = 'pki/sa';
/** Source: kubeadm. */
export const BOOTSTRAP_FILE = 'bootstrap-kubelet.conf';

/** Returns the path of a pair without extensions; `file` replaces the file name of the profile. */
export function getPair({ id, layer, file: known }: Profile, file?: string): string {
  if (layer === 'moc') return `moc/${file ?? id}`;
  const named = known !== undefined && 'pki' in known.value ? known.value.pki : undefined;
  return `pki/${file ?? named ?? id}`;
}

export function getKubeconfig({ id, file: known }: Profile, file?: string): string {
  const named = known !== undefined && 'kubeconfig' in known.value ? known.value.kubeconfig : undefined;
  return file ?? named ?? `${id}.conf`;
}
