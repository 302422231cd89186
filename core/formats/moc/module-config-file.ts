import { decodeBase64 } from '../der/base64.ts';
import { createFound, type Found, type ModuleFact } from '../parsed-file.ts';
import { secretLineIn } from '../text/secrets-in-text.ts';
import { decodeText } from '../text/text-encoding.ts';
import { cutName } from '../yaml/fields.ts';
import { readYaml } from '../yaml/yaml.ts';
import { readLoginFile } from './login-file.ts';
import { readModuleConfig, type ConfigSection, type ModuleConfig } from './module-config.ts';

const IDENTITY_ENTRY = 'Kva.identity';

const FACTS: readonly (readonly [fact: ModuleFact['fact'], section: ConfigSection, setting: string])[] = [
  ['version', 'AksHci', 'version'],
  ['module', 'AksHci', 'moduleVersion'],
  ['state', 'AksHci', 'installState'],
  ['cloud-agent', 'Moc', 'cloudFqdn'],
  ['cluster-role', 'Moc', 'clusterRoleName'],
  ['access-files', 'Moc', 'accessFileDirPath'],
  ['moc-login', 'Moc', 'mocLoginYAML'],
  ['ssh-key', 'Moc', 'sshPrivateKey'],
  ['management', 'Kva', 'kvaName'],
  ['kubeconfig', 'Kva', 'kubeconfig'],
];
const PASSWORD = /(?:password|passwd|passphrase)$/u;

/**
 * Reads the expiry of the token in `Kva.identity`, and facts that are not secret. The result contains neither the token
 * nor passwords. `undefined` if the text is no configuration.
 */
export function recogniseModuleConfig(text: string): Found | undefined {
  const config = readModuleConfig(text);
  if (config === undefined) return undefined;
  const found = createFound('module-config');
  found.moduleFacts = factsIn(config);
  if (config.cutSections.length > 0) found.findings.push({ rule: 'module-config.cut', severity: 'warning', place: {} });
  if (hasSecrets(config)) found.findings.push({ rule: 'module-config.secrets', severity: 'warning', place: {} });
  addIdentity(found, config);
  return found;
}

function factsIn({ sections }: ModuleConfig): ModuleFact[] {
  return FACTS.flatMap(([fact, section, setting]): ModuleFact[] => {
    const { text = '', cut = false } = sections[section]?.get(setting.toLowerCase()) ?? {};
    const isPlain = text !== '' && !cut && secretLineIn(`${setting} : ${text}`) === undefined;
    return isPlain ? [{ fact, entry: `${section}.${setting}`, value: cutName(text) }] : [];
  });
}

function hasSecrets({ sections }: ModuleConfig): boolean {
  return Object.values(sections).some((settings) =>
    [...settings].some(([name, { text }]) => text !== '' && (name === 'identity' || PASSWORD.test(name))),
  );
}

function addIdentity(found: Found, { sections }: ModuleConfig): void {
  const identity = sections.Kva?.get('identity');
  if (identity === undefined || identity.text === '') return;
  const place = { entry: IDENTITY_ENTRY };
  if (identity.cut) {
    found.findings.push({ rule: 'module-config.identity-cut', severity: 'warning', place });
    return;
  }
  const login = readIdentity(identity.text);
  if (login === undefined) {
    found.findings.push({ rule: 'module-config.identity-unreadable', severity: 'warning', place });
    return;
  }
  const cloudFqdn = sections.Moc?.get('cloudfqdn');
  const known = cloudFqdn === undefined || cloudFqdn.cut || cloudFqdn.text === '' ? undefined : cutName(cloudFqdn.text);
  for (const { entry, token, origin } of login.tokens) {
    if (origin.format !== 'login-file') continue;
    // The client type in the login applies to the owner of the identity, not to an administrator.
    const { clientType: _, ...own } = origin;
    found.tokens.push({
      entry: `${IDENTITY_ENTRY}.${entry}`,
      token,
      origin: { ...own, cloudFqdn: own.cloudFqdn ?? known },
    });
  }
  for (const { entry, der, origin } of login.certificates)
    found.certificates.push({ entry: `${IDENTITY_ENTRY}.${entry}`, der, origin });
  for (const { rule, severity, params } of login.findings) found.findings.push({ rule, severity, place, params });
}

function readIdentity(text: string): Found | undefined {
  const bytes = decodeBase64(text);
  const yaml = bytes === undefined ? undefined : readYaml(decodeText(bytes)?.text ?? '');
  if (yaml?.ok !== true || yaml.root?.kind !== 'map') return undefined;
  const login = readLoginFile(yaml.root);
  return login.tokens.length > 0 ? login : undefined;
}
