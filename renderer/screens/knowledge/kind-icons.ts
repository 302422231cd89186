import type { CommandRisk } from '../../../core/domain/cmdlet.ts';
import type { KnowledgeKind } from '../../../core/domain/knowledge.ts';
import type { ExpiryState } from '../../../core/domain/lifetime.ts';
import type { IconName } from '../../ui/icons.ts';

/** The glyph of each kind of article, the same in list, filter and links. */
export const KIND_ICONS: Record<KnowledgeKind, IconName> = {
  failure: 'report',
  cmdlet: 'from-code',
  credential: 'certificate',
  contradiction: 'replaced',
};

/** The mark beside what a command does; the word says it. */
export const COMMAND_RISK_MARKS = {
  reads: 'fine',
  changes: 'fine',
  interrupts: 'renewal-overdue',
  loses: 'urgent',
} as const satisfies Record<CommandRisk, ExpiryState>;
