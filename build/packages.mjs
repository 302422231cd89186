/**
 * What a fresh Debian lacks, by need. The 64-bit time transition renamed some libraries: the first name that the
 * machine has, or else that its package list has, is taken.
 *
 * @typedef {object} DebianPackage
 * @property {[string, ...string[]]} names
 * @property {string} why
 * @property {boolean} required whether nothing works without it; the others cost a test or a figure
 *
 * @typedef {'electron' | 'display' | 'test' | 'bench'} Need
 */

/** @type {Readonly<Record<Need, readonly DebianPackage[]>>} */
export const DEBIAN_PACKAGES = {
  electron: [
    { names: ['libgtk-3-0t64', 'libgtk-3-0'], why: 'Electron', required: true },
    { names: ['libnss3'], why: 'Electron', required: true },
    { names: ['libasound2t64', 'libasound2'], why: 'Electron', required: true },
    { names: ['libgbm1'], why: 'Electron', required: true },
    { names: ['libxss1'], why: 'Electron', required: true },
    { names: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'], why: 'Electron', required: true },
    { names: ['libcups2t64', 'libcups2'], why: 'Electron', required: true },
    { names: ['libdrm2'], why: 'Electron', required: true },
    { names: ['libxkbcommon0'], why: 'Electron', required: true },
    { names: ['libxtst6'], why: 'Electron', required: true },
  ],
  display: [
    { names: ['xvfb'], why: 'a virtual display', required: true },
    { names: ['fonts-noto-cjk'], why: 'Japanese in screenshots', required: false },
    { names: ['fonts-dejavu-core'], why: 'Latin text in screenshots', required: false },
  ],
  test: [
    { names: ['openssl'], why: 'tests that compare with OpenSSL', required: false },
    { names: ['curl'], why: 'tests that shake hands with curl', required: false },
    { names: ['libxml2-utils'], why: 'tests that validate XML by a schema', required: false },
    { names: ['gnutls-bin'], why: 'tests that compare with certtool', required: false },
    {
      names: ['python3-prometheus-client'],
      why: 'tests that read metrics with the official parser',
      required: false,
    },
    {
      names: ['kubernetes-client'],
      why: 'tests that have kubectl read manifests',
      required: false,
    },
    { names: ['unzip'], why: 'tests that have unzip read archives', required: false },
    { names: ['python3-yaml'], why: 'tests that read YAML with PyYAML', required: false },
    { names: ['ca-certificates'], why: 'tests that read real root certificates', required: false },
  ],
  bench: [{ names: ['python3-cryptography'], why: 'the decode bench', required: false }],
};
