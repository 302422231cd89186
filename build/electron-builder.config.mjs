/** @typedef {import('electron-builder').Configuration} Configuration */
/** @typedef {import('electron-builder').TargetConfiguration} TargetConfiguration */

/** @returns {TargetConfiguration} */
const x64 = (/** @type {string} */ target) => ({ target, arch: ['x64'] });

/** Tests drive an executable without these fuses, because Playwright needs the inspector that one of them disables. */
export const FUSES = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
};

/**
 * The environment configures signing (CSC_LINK and CSC_KEY_PASSWORD, or a `signtoolOptions` overlay). Arcwarden
 * registers no file type, not even `.yaml`.
 *
 * @type {Configuration}
 */
const config = {
  appId: 'io.arcwarden.console',
  productName: 'Arcwarden',
  copyright: 'The Arcwarden authors',
  directories: { output: 'dist', buildResources: 'build/icons' },
  files: [
    'package.json',
    'out/main*.cjs',
    'out/services*.cjs',
    'out/computing*.cjs',
    'out/preload.cjs',
    'out/renderer/**',
    '!node_modules/**',
    '!**/*.map',
  ],
  // The command line runs in plain Node, which cannot read the application's archive.
  extraResources: [
    { from: 'out/arcwarden.cjs', to: 'arcwarden.cjs' },
    { from: 'out/arcwarden', to: 'arcwarden', filter: '*.cjs' },
    { from: 'out/licences.txt', to: 'licences.txt' },
    { from: 'out/sbom.cdx.json', to: 'sbom.cdx.json' },
    { from: 'out/authority-create.schema.json', to: 'authority-create.schema.json' },
    { from: 'LICENSE', to: 'LICENSE' },
  ],
  asar: true,
  npmRebuild: false,
  publish: null,
  electronFuses: FUSES,
  win: {
    target: [x64('nsis'), x64('portable'), x64('zip')],
    artifactName: '${productName}-${version}-windows-${arch}.${ext}',
    requestedExecutionLevel: 'asInvoker',
  },
  nsis: {
    artifactName: '${productName}-${version}-windows-${arch}-setup.${ext}',
    oneClick: false,
    perMachine: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
    include: 'build/installer.nsh',
  },
  portable: { artifactName: '${productName}-${version}-windows-${arch}-portable.${ext}' },
  mac: {
    target: ['zip'],
    category: 'public.app-category.utilities',
    artifactName: '${productName}-${version}-macos-${arch}.${ext}',
  },
  linux: {
    target: [x64('tar.gz')],
    executableName: 'arcwarden',
    category: 'Utility',
    artifactName: '${productName}-${version}-linux-${arch}.${ext}',
  },
};

export default config;
