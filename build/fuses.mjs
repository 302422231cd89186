/**
 * The switches that are set in the executable of a release, under electron-builder's names. The tests drive an
 * executable without them: Playwright needs the inspector that one of them takes away.
 */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
};
