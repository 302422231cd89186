import { instant, type Instant } from '../../shared/instant.ts';
import { documentation, inference, page, type Sources } from './sources/sources.ts';

/*
 * End dates of Microsoft's support for AKS on the operating systems of hosts and of Windows node pools. The dates for
 * hosts have changed twice: all are kept, newest first for each system.
 */

export const WINDOWS_SERVERS = [
  'windows-server-2019',
  'windows-server-2022',
  'windows-server-2025',
  'azure-stack-hci-22h2',
] as const;
export type WindowsServer = (typeof WINDOWS_SERVERS)[number];

interface SupportEnd {
  windowsServer: WindowsServer;
  /** First instant without support; if a page names only a month, the safer reading applies. */
  at: Instant;
  precision: 'day' | 'month';
  /** Stated by an older page, from which a newer page differs. */
  superseded: boolean;
  citations: Sources;
}

const retirement = page('aks-windows-server-retirement');
const NODE_POOLS = retirement('source.support-end.node-pools');
const FIRST = retirement('source.support-end.first');

const FIRST_OF_MONTH = inference('first-of-month');
const MARCH_2026 = instant('2026-03-01T00:00:00Z');
const MARCH_2027 = instant('2027-03-01T00:00:00Z');

/** The newest page about hosts: "supported through March 2028". */
const THROUGH_MARCH_2028 = {
  at: instant('2028-04-01T00:00:00Z'),
  precision: 'month',
  superseded: false,
  citations: [retirement('source.support-end.newest'), inference('through-month')],
} as const;
const MOVED_FORWARD = {
  precision: 'month',
  superseded: true,
  citations: [retirement('source.support-end.moved'), FIRST_OF_MONTH],
} as const;
const NAMED_FIRST = {
  at: instant('2028-03-27T00:00:00Z'),
  precision: 'day',
  superseded: true,
  citations: [FIRST],
} as const;

export const SUPPORT_ENDS: readonly SupportEnd[] = [
  { windowsServer: 'windows-server-2019', ...THROUGH_MARCH_2028 },
  { windowsServer: 'windows-server-2019', at: MARCH_2026, ...MOVED_FORWARD },
  { windowsServer: 'windows-server-2019', ...NAMED_FIRST },
  { windowsServer: 'windows-server-2022', ...THROUGH_MARCH_2028 },
  { windowsServer: 'windows-server-2022', at: MARCH_2027, ...MOVED_FORWARD },
  { windowsServer: 'windows-server-2022', ...NAMED_FIRST },
  { windowsServer: 'windows-server-2025', ...THROUGH_MARCH_2028 },
  {
    windowsServer: 'azure-stack-hci-22h2',
    at: instant('2025-05-31T00:00:00Z'),
    precision: 'day',
    superseded: false,
    citations: [documentation('source.support-end.azure-local')],
  },
];

/** The newest page supports hosts with this system; the first pages did not. */
export const EXCLUDED_EARLIER = { windowsServer: 'windows-server-2025', citations: [FIRST] } as const;

/** Dates for Windows node pools; support for hosts, and for clusters as such, does not depend on them. */
export const NODE_POOL_ENDS = [
  { windowsServer: 'windows-server-2019', at: MARCH_2026, citations: [NODE_POOLS, FIRST_OF_MONTH] },
  { windowsServer: 'windows-server-2022', at: MARCH_2027, citations: [NODE_POOLS, FIRST_OF_MONTH] },
] as const;
