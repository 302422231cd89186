import type { Citation } from '../../shared/citation.ts';
import type { WindowsServer } from '../../plan/model/cluster-facts.ts';
import { instant, type Instant } from '../../shared/instant.ts';
import { inferred } from './sources/sources.ts';

/*
 * Until when Microsoft supports AKS on the hosts' operating systems. Pages disagree because the dates were moved: both
 * are shown, the newer one first.
 */

export interface SupportEnd {
  windowsServer: WindowsServer;
  /** First instant without support; with `month`, for a page that names no day, the first of that month. */
  at: Instant;
  precision: 'day' | 'month';
  /** Stated by an older page; a newer one differs. */
  superseded: boolean;
  citations: readonly [Citation, ...Citation[]];
}

const RETIREMENT: Citation = {
  certainty: 'documented',
  work: 'MicrosoftDocs/azure-stack-docs, AKS-Arc/aks-windows-server-retirement',
};
const MOVED: Citation = { ...RETIREMENT, place: 'source.support-end.moved' };
const FIRST: Citation = { ...RETIREMENT, place: 'source.support-end.first' };

export const SUPPORT_ENDS: readonly SupportEnd[] = [
  {
    windowsServer: 'windows-server-2019',
    at: instant('2026-03-01T00:00:00Z'),
    precision: 'month',
    superseded: false,
    citations: [MOVED, inferred('source.inferred.first-of-month')],
  },
  {
    windowsServer: 'windows-server-2022',
    at: instant('2027-03-01T00:00:00Z'),
    precision: 'month',
    superseded: false,
    citations: [MOVED, inferred('source.inferred.first-of-month')],
  },
  {
    windowsServer: 'windows-server-2019',
    at: instant('2028-03-27T00:00:00Z'),
    precision: 'day',
    superseded: true,
    citations: [FIRST],
  },
  {
    windowsServer: 'windows-server-2022',
    at: instant('2028-03-27T00:00:00Z'),
    precision: 'day',
    superseded: true,
    citations: [FIRST],
  },
  {
    windowsServer: 'azure-stack-hci-22h2',
    at: instant('2025-05-31T00:00:00Z'),
    precision: 'day',
    superseded: false,
    citations: [{ certainty: 'documented', work: 'source.documentation', place: 'source.support-end.azure-local' }],
  },
];
