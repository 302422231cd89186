export const AUTHORITY_SHARE = { least: 36, most: 76, usual: 54 };

declare module '../../shared/settings.ts' {
  interface Settings {
    /** Width of the pane beside the tree, in percent, within `AUTHORITY_SHARE`. */
    authorityShare: number;
  }
}
