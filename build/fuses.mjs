/**
 * Fuses of the executable in a release, by electron-builder's names. Tests drive an executable without them, because
 * Playwright needs the inspector that one of them disables; it also has a marker that lets it be debugged.
 */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
};
