/**
 * The oldest engines that the bundles must run on: those of the Electron that tests run on. The pinned release is
 * newer and runs them as well.
 */
export const NODE_TARGET = 'node18';
export const BROWSER_TARGET = 'chrome114';
