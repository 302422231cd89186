export const TARGET_FORMATS = [
  'csv',
  'json',
  'html',
  'pem',
  'der',
  'p7b',
  'pfx',
  'kubeconfig',
  'crl',
  'yaml',
  'ics',
  'xml',
  'ps1',
  'md',
  'prom',
  'zip',
] as const;
export type TargetFormat = (typeof TARGET_FORMATS)[number];
