import type { Found, ModuleFact } from '../../formats/parsed-file.ts';
import { CONFIG_PRINT } from '../../knowledge/model/sources/sources-repair.ts';
import type { Finding } from '../../shared/finding.ts';

const RULES: Readonly<Record<ModuleFact['fact'], string>> = {
  version: 'module-config.version',
  module: 'module-config.module',
  state: 'module-config.state',
  'cloud-agent': 'module-config.cloud-agent',
  'cluster-role': 'module-config.cluster-role',
  'access-files': 'module-config.access-files',
  'moc-login': 'module-config.moc-login',
  'ssh-key': 'module-config.ssh-key',
  management: 'module-config.management',
  kubeconfig: 'module-config.kubeconfig',
};

/** What a configuration of the modules tells beside its credentials, each as a notice. */
export function moduleFacts({ moduleFacts: facts = [] }: Found): Finding[] {
  return facts.map(({ fact, entry, value }) => ({
    rule: RULES[fact],
    severity: 'notice',
    place: { entry },
    params: { value },
    citation: CONFIG_PRINT,
  }));
}
