export const PLAN_FILE_FORMATS = ['ps1', 'md', 'html'] as const;
export type PlanFileFormat = (typeof PLAN_FILE_FORMATS)[number];
