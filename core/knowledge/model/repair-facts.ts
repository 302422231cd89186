import type { Citation, Statement } from '../../shared/citation.ts';
import {
  CAPH_LOGIN,
  DOC_CREDENTIAL,
  conclusion,
  ISSUE_127,
  ISSUE_168,
  ISSUE_169,
  MOC_SDK_RENEWAL,
  MOC_SIGNER_START,
} from './sources/sources.ts';
import { CONFIG_PATH, READ_ONLY_CHECK, TRIAGE_ORDER } from './sources/sources-repair.ts';
import { ROW_DELETION } from './sources/sources-revocation.ts';
import { ISSUE_234, REPAIR_BEFORE_UPDATE } from './sources/sources-update.ts';

/* Statements of repair plans with their sources, wherever they are shown. Texts: `repair.fact.<id>`. */

const REPAIR_SOURCES = {
  done: [REPAIR_BEFORE_UPDATE],
  'revocation.title': [ROW_DELETION],
  'revocation.undo': [ROW_DELETION],
  // A wrong clock.
  'clock.look': [READ_ONLY_CHECK],
  'clock.source': [READ_ONLY_CHECK],
  'clock.correct': [TRIAGE_ORDER],
  'clock.why': [TRIAGE_ORDER, MOC_SIGNER_START],
  'clock.expected': [READ_ONLY_CHECK],
  // Values for a later step.
  'find.machines': [READ_ONLY_CHECK],
  'find.pods': [READ_ONLY_CHECK],
  'find.revocations': [READ_ONLY_CHECK],
  'find.kms-container': [READ_ONLY_CHECK],
  'find.kube-vip': [READ_ONLY_CHECK],
  'find.tattoo-files': [READ_ONLY_CHECK],
  'find.why': [READ_ONLY_CHECK],
  'find.expected': [READ_ONLY_CHECK],
  // An expired root of a cluster.
  rebuild: [conclusion('source.inferred.no-ca-rotation')],
  'rebuild.save': [conclusion('source.inferred.no-ca-rotation')],
  'rebuild.save.expected': [conclusion('source.inferred.no-ca-rotation')],
  'rebuild.data': [conclusion('source.inferred.no-ca-rotation')],
  'rebuild.title': [conclusion('source.inferred.no-ca-rotation')],
  'rebuild.expected': [conclusion('source.inferred.no-ca-rotation')],
  // Identities of MOC, by their remaining credentials.
  'identity.until-login': [MOC_SDK_RENEWAL, ISSUE_127],
  'identity.log-in-again': [MOC_SDK_RENEWAL, CAPH_LOGIN],
  'identity.locked-out': [MOC_SDK_RENEWAL, ISSUE_169],
  'identity.look': [ISSUE_168],
  'identity.look.why': [MOC_SDK_RENEWAL, ISSUE_169],
  'own-folder.title': [DOC_CREDENTIAL, CONFIG_PATH],
  'own-folder.why': [DOC_CREDENTIAL, CONFIG_PATH],
  'own-folder.expected': [CONFIG_PATH],
  'own-folder.fetched': [DOC_CREDENTIAL, CONFIG_PATH],
  'after.read-again': [ISSUE_234],
} as const satisfies Record<string, readonly [Citation, ...Citation[]]>;

export type RepairFact = keyof typeof REPAIR_SOURCES;
export const REPAIR_FACTS = Object.keys(REPAIR_SOURCES) as readonly RepairFact[];

/** Returns a statement of a repair plan: the text `repair.fact.<id>` with its sources. */
export function repairFact(id: RepairFact): Statement {
  return { text: `repair.fact.${id}`, citations: REPAIR_SOURCES[id] };
}
