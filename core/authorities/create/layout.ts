import type { Profile } from '../../pki/model/profile.ts';
import type { Files } from '../../shared/ports.ts';

/*
 * Where things are below the folder that everything is written to, which stands for /etc/kubernetes. Source: the article
 * for its subfolder pki, the profiles for the names; the folder moc is our own: where the product keeps those is not known.
 */

export const SERVICE_ACCOUNT_PAIR = 'pki/sa';
/** Source: kubeadm, as all names here. */
export const BOOTSTRAP_FILE = 'bootstrap-kubelet.conf';

/** Certificate and key of a profile without their extensions; `file` in place of the name that the profile gives. */
export function pairOf({ id, layer, file: known }: Profile, file?: string): string {
  if (layer === 'moc') return `moc/${file ?? id}`;
  const named = known !== undefined && 'pki' in known.value ? known.value.pki : undefined;
  return `pki/${file ?? named ?? id}`;
}

/** The kubeconfig of a profile; `file` in place of the name that the profile gives. */
export function kubeconfigOf({ id, file: known }: Profile, file?: string): string {
  const named = known !== undefined && 'kubeconfig' in known.value ? known.value.kubeconfig : undefined;
  return file ?? named ?? `${id}.conf`;
}

export function certificateFile(pair: string): string {
  return `${pair}.crt`;
}

export function keyFile(pair: string): string {
  return `${pair}.key`;
}

/** Where the key that was replaced last is kept, as `Files.replace` does it. */
export function previousFile(file: string): string {
  return `${file}.previous`;
}

/** Where a key goes whose certificate was never written. */
export function unmatchedFile(file: string): string {
  return `${file}.unmatched`;
}

export function publicKeyFile(pair: string): string {
  return `${pair}.pub`;
}

/** The path on this system. */
export function pathOf(files: Files, folder: string, file: string): string {
  return files.join(folder, ...file.split('/'));
}
