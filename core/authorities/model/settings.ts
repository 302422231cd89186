export const AUTHORITY_SHARE = { least: 36, most: 76, usual: 54 };

declare module '../../shared/settings.ts' {
  interface Settings {
    /** In percent, within `AUTHORITY_SHARE`. */
    authorityShare: number;
  }
}
