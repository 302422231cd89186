import type { Profile } from '../../pki/model/profile.ts';

/*
 * Layout of the target folder, which stands for /etc/kubernetes. Source: the article for its subfolder pki, the
 * profiles for the names; the folder moc is our own, since it is unknown where the product keeps those files.
 */

export const SERVICE_ACCOUNT_PAIR = 'pki/sa';
/** Source: kubeadm, as for all names here. */
export const BOOTSTRAP_FILE = 'bootstrap-kubelet.conf';

/** Certificate and key of a profile, without extensions; `file` replaces the name that the profile gives. */
export function getPair({ id, layer, file: known }: Profile, file?: string): string {
  if (layer === 'moc') return `moc/${file ?? id}`;
  const named = known !== undefined && 'pki' in known.value ? known.value.pki : undefined;
  return `pki/${file ?? named ?? id}`;
}

/** The kubeconfig of a profile; `file` replaces the name that the profile gives. */
export function getKubeconfig({ id, file: known }: Profile, file?: string): string {
  const named = known !== undefined && 'kubeconfig' in known.value ? known.value.kubeconfig : undefined;
  return file ?? named ?? `${id}.conf`;
}

export function certificateFile(pair: string): string {
  return `${pair}.crt`;
}

export function keyFile(pair: string): string {
  return `${pair}.key`;
}

/** Where the most recently replaced key is kept, following `Files.replace`. */
export function previousFile(file: string): string {
  return `${file}.previous`;
}

export function publicKeyFile(pair: string): string {
  return `${pair}.pub`;
}
