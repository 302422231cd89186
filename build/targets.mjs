/**
 * The oldest engines that the bundles must support: those of the Electron used in tests. The pinned release is newer
 * and supports them as well.
 */
export const NODE_TARGET = 'node18';
export const BROWSER_TARGET = 'chrome114';
