/** Decides how the value for a placeholder is validated. */
export type PlaceholderKind = 'name' | 'address' | 'path' | 'id' | 'version' | 'text';

/**
 * Message keys: `placeholder.<name>`, with a hyphen for a backslash. Each placeholder has one meaning, so the
 * containers of two programs have separate placeholders.
 */
export const COMMAND_PLACEHOLDERS = {
  cluster: 'name',
  'control-plane-ip': 'address',
  'worker-ip': 'address',
  'api-server': 'address',
  pod: 'name',
  'kms-pod': 'name',
  'renewal-pod': 'name',
  'webhook-pod': 'name',
  'kms-container-id': 'id',
  'kube-vip-container-id': 'id',
  'tattoo-file': 'path',
  'login-file': 'path',
  'kubeconfig-folder': 'name',
  'revocation-name': 'name',
  'image-path': 'text',
  'module-version': 'version',
  subscription: 'id',
  'resource-group': 'name',
  keytab: 'path',
  spn: 'text',
  'domain\\user': 'name',
} as const satisfies Record<string, PlaceholderKind>;

export type CommandPlaceholder = keyof typeof COMMAND_PLACEHOLDERS;

const PLACEHOLDER = /<([a-z][a-z\\-]*)>/gu;

export function placeholdersIn(command: string): string[] {
  return [...new Set([...command.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}
