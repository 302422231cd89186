import type { CommandRisk } from '../../core/knowledge/model/cmdlets/cmdlet.ts';
import type { KnowledgeKind } from '../../core/knowledge/model/article.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { IconName } from '../ui/icons.ts';

export const KIND_ICONS: Record<KnowledgeKind, IconName> = {
  failure: 'report',
  cmdlet: 'from-code',
  credential: 'certificate',
  contradiction: 'replaced',
};

export const COMMAND_RISK_MARKS = {
  reads: 'fine',
  changes: 'fine',
  interrupts: 'renewal-overdue',
  loses: 'urgent',
} as const satisfies Record<CommandRisk, ExpiryState>;
