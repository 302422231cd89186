import type { Statement } from '../../shared/citation.ts';
import {
  CAPH_LOGIN,
  DOC_CREDENTIAL,
  inference,
  ISSUE_127,
  ISSUE_168,
  ISSUE_169,
  MOC_SDK_RENEWAL,
  MOC_SIGNER_START,
  OVERVIEW_REVOCATION,
  RENEWAL_PODS,
  shareSources,
  type Sources,
} from './sources/sources.ts';
import { CONFIG_PATH, READ_ONLY_CHECK, SAME_SENTENCE, TRIAGE_ORDER } from './sources/sources-repair.ts';
import { ROW_DELETION } from './sources/sources-revocation.ts';
import { ISSUE_234, NEXT_END, REPAIR_BEFORE_UPDATE } from './sources/sources-update.ts';

/* Statements of repair plans with their sources. Message keys: `repair.fact.<id>`. */

const REPAIR_SOURCES = {
  done: [REPAIR_BEFORE_UPDATE],
  ...shareSources([ROW_DELETION], 'revocation.title', 'revocation.undo'),
  ...shareSources([READ_ONLY_CHECK], 'clock.look', 'clock.source'),
  'clock.correct': [TRIAGE_ORDER],
  'clock.why': [TRIAGE_ORDER, MOC_SIGNER_START],
  'clock.expected': [READ_ONLY_CHECK],
  ...shareSources(
    [READ_ONLY_CHECK],
    'find.machines',
    'find.pods',
    'find.revocations',
    'find.kms-container',
    'find.kube-vip',
    'find.tattoo-files',
    'find.why',
    'find.expected',
  ),
  ...shareSources(
    [inference('no-ca-rotation')],
    'rebuild',
    'rebuild.save',
    'rebuild.save.expected',
    'rebuild.data',
    'rebuild.title',
    'rebuild.expected',
  ),
  'identity.until-login': [MOC_SDK_RENEWAL, ISSUE_127],
  'identity.log-in-again': [MOC_SDK_RENEWAL, CAPH_LOGIN],
  'identity.locked-out': [MOC_SDK_RENEWAL, ISSUE_169],
  'identity.look': [ISSUE_168],
  'identity.look.why': [MOC_SDK_RENEWAL, ISSUE_169],
  ...shareSources([DOC_CREDENTIAL, CONFIG_PATH], 'own-folder.title', 'own-folder.why'),
  'own-folder.expected': [CONFIG_PATH],
  'own-folder.fetched': [DOC_CREDENTIAL, CONFIG_PATH],
  'off-contradicted': [RENEWAL_PODS],
  'after.read-again': [ISSUE_234],
  'after.upcoming': [NEXT_END],
  whose: [SAME_SENTENCE],
  ...shareSources([inference('which-cluster')], 'which', 'named', 'other-cluster'),
  tried: [inference('same-effect')],
  lint: [OVERVIEW_REVOCATION],
} as const satisfies Record<string, Sources>;

type RepairFact = keyof typeof REPAIR_SOURCES;
export const REPAIR_FACTS = Object.keys(REPAIR_SOURCES) as readonly RepairFact[];

export function repairFact(id: RepairFact): Statement {
  return { text: `repair.fact.${id}`, citations: REPAIR_SOURCES[id] };
}
