import type { ExemptReason } from '../../inventory/model/exempt-reason.ts';
import { MOC_IDENTITY, OVERVIEW_REVOCATION, citeText } from '../../knowledge/model/sources/sources.ts';
import { ROW_AUTHORITY, ROW_MOC } from '../../knowledge/model/sources/sources-revocation.ts';
import type { Statement } from '../../shared/citation.ts';

/** Each needs the `name` of the certificate and its `cluster`, and has a remedy. */
export const EXEMPT_STATEMENTS: Record<ExemptReason, Statement> = {
  'kubelet-server': citeText('finding.revocation.kubelet-server', OVERVIEW_REVOCATION),
  authority: citeText('finding.revocation.authority', ROW_AUTHORITY),
  moc: citeText('finding.revocation.moc-certificate', ROW_MOC, MOC_IDENTITY),
};
