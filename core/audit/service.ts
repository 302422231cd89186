import type { Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { Translate } from '../shared/text/text.ts';
import type { AuditApi } from './contract.ts';
import { exportAudit } from './export/audit-export.ts';
import { auditPage, auditVerdict } from './export/audit-view.ts';
import type { AuditTrail } from './store/audit.ts';

export interface AuditContext {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'tickets'>;
  trail: AuditTrail;
  /** Searches also cover the texts of actions in this language. */
  translate: () => Translate;
}

/** Returns the service for the window. Its methods throw `file.not-readable` or `file.not-writable`. */
export function auditService({ ports, trail, translate }: AuditContext): Service<AuditApi> {
  return {
    list: (request) => auditPage(trail, request, translate()),
    verify: () => auditVerdict(trail),
    export: ({ format, target }) =>
      exportAudit(ports, { format, lines: trail.check(), path: ports.tickets.take(target, `write:${format}`) }),
  };
}
