import type { Found, ModuleFact } from '../../formats/parsed-file.ts';
import {
  ACCESS_FILE_FOLDER,
  CLEANUP_SCRIPT,
  CONFIG_PRINT,
  ISSUE_152,
  MODULE_MESSAGES,
} from '../../knowledge/model/sources/sources-repair.ts';
import type { Citation } from '../../shared/citation.ts';
import type { Finding } from '../../shared/finding.ts';

/** The configuration is the source of the setting; the advice may have another source. */
const RULES: Readonly<Record<ModuleFact['fact'], readonly [rule: string, citation: Citation]>> = {
  version: ['module-config.version', CONFIG_PRINT],
  module: ['module-config.module', CONFIG_PRINT],
  state: ['module-config.state', ISSUE_152],
  'cloud-agent': ['module-config.cloud-agent', CONFIG_PRINT],
  'cluster-role': ['module-config.cluster-role', CLEANUP_SCRIPT],
  'access-files': ['module-config.access-files', ACCESS_FILE_FOLDER],
  'moc-login': ['module-config.moc-login', CONFIG_PRINT],
  'ssh-key': ['module-config.ssh-key', CONFIG_PRINT],
  management: ['module-config.management', MODULE_MESSAGES],
  kubeconfig: ['module-config.kubeconfig', CONFIG_PRINT],
};

export function citeConfig(finding: Finding): Finding {
  return finding.rule.startsWith('module-config.') ? { citation: CONFIG_PRINT, ...finding } : finding;
}

export function moduleFacts({ moduleFacts: facts = [] }: Found): Finding[] {
  return facts.map(({ fact, entry, value }) => {
    const [rule, citation] = RULES[fact];
    return { rule, severity: 'notice', place: { entry }, params: { value }, citation };
  });
}
