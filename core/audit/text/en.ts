import audit from './en/audit.ts';

const english = { ...audit } as const;
export default english;

type AuditMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends AuditMessages {}
}
