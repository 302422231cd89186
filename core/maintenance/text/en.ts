import maintenance from './en/maintenance.ts';

const english = { ...maintenance } as const;
export default english;

type MaintenanceMessages = typeof english;
declare module '../../shared/text/text.ts' {
  interface Messages extends MaintenanceMessages {}
}
