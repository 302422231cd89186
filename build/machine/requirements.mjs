/**
 * Requirements of a machine besides Node and npm packages, by purpose. A Debian package can provide each. The
 * transition to 64-bit time renamed some libraries, so the first name known to the package list is used.
 *
 * @typedef {object} Requirement
 * @property {Evidence} has
 * @property {[string, ...string[]]} packages
 * @property {string} why
 * @property {boolean} required whether nothing works without it; without an optional one, only some tests or figures
 * are missing
 *
 * @typedef {{ program: string } | { sharedLibrary: string } | { pythonModule: string } | { fontsFor: string } | { file:
 * string }} Evidence `sharedLibrary` is a name known to the dynamic linker, `fontsFor` a language tag
 *
 * @typedef {'electron' | 'display' | 'test' | 'proof' | 'bench'} Need
 */

/** @type {(name: string, ...packages: [string, ...string[]]) => Requirement} */
const library = (name, ...packages) => ({ has: { sharedLibrary: name }, packages, why: 'Electron', required: true });

/** @type {(has: Evidence, debianPackage: string, why: string, required?: boolean) => Requirement} */
const requirement = (has, debianPackage, why, required = false) => ({ has, packages: [debianPackage], why, required });

/** @type {Readonly<Record<Need, readonly Requirement[]>>} */
export const REQUIREMENTS = {
  electron: [
    library('libgtk-3.so.0', 'libgtk-3-0t64', 'libgtk-3-0'),
    library('libnss3.so', 'libnss3'),
    library('libasound.so.2', 'libasound2t64', 'libasound2'),
    library('libgbm.so.1', 'libgbm1'),
    library('libXss.so.1', 'libxss1'),
    library('libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'),
    library('libcups.so.2', 'libcups2t64', 'libcups2'),
    library('libdrm.so.2', 'libdrm2'),
    library('libxkbcommon.so.0', 'libxkbcommon0'),
    library('libXtst.so.6', 'libxtst6'),
  ],
  display: [
    requirement({ program: 'Xvfb' }, 'xvfb', 'a virtual display', true),
    requirement({ fontsFor: 'ja' }, 'fonts-noto-cjk', 'Japanese in screenshots'),
    requirement({ fontsFor: 'en' }, 'fonts-dejavu-core', 'Latin text in screenshots'),
  ],
  test: [
    requirement({ program: 'openssl' }, 'openssl', 'tests that have OpenSSL make and judge certificates', true),
    requirement({ program: 'curl' }, 'curl', 'tests that shake hands with curl'),
    requirement({ program: 'xmllint' }, 'libxml2-utils', 'tests that validate XML by a schema'),
    requirement({ program: 'certtool' }, 'gnutls-bin', 'tests that compare with certtool'),
    requirement(
      { pythonModule: 'prometheus_client' },
      'python3-prometheus-client',
      'tests that read metrics with the official parser',
    ),
    requirement({ program: 'kubectl' }, 'kubernetes-client', 'tests that have kubectl read manifests'),
    requirement({ program: 'khal' }, 'khal', 'tests that have khal read calendars'),
    requirement({ program: 'ssh' }, 'openssh-client', 'tests that run steps by ssh and scp'),
    requirement({ program: 'pg_lsclusters' }, 'postgresql', 'tests of the shared store on a real PostgreSQL'),
    requirement(
      { file: '/usr/sbin/pgbouncer' },
      'pgbouncer',
      'a test of the shared store behind a pooler of connections',
    ),
    requirement({ program: 'unzip' }, 'unzip', 'tests that have unzip read archives'),
    requirement({ pythonModule: 'yaml' }, 'python3-yaml', 'tests that read YAML with PyYAML'),
    requirement(
      { file: '/etc/ssl/certs/ca-certificates.crt' },
      'ca-certificates',
      'tests that read real root certificates',
    ),
  ],
  proof: [
    requirement({ program: 'patroni' }, 'patroni', 'a database of three servers'),
    requirement({ program: 'etcd' }, 'etcd-server', 'the elections of these servers'),
    requirement({ program: 'strace' }, 'strace', 'the disk that fails, and the kills at each system call'),
    requirement({ program: 'spin' }, 'spin', 'the second model of the platform'),
    requirement({ program: 'gcc' }, 'gcc', 'the checker that Spin writes'),
    requirement({ file: '/usr/include/stdlib.h' }, 'libc6-dev', 'the checker that Spin writes'),
    requirement({ program: 'makensis' }, 'nsis', 'the setup program'),
    requirement(
      { program: 'i686-w64-mingw32-gcc' },
      'gcc-mingw-w64-i686-win32',
      'what stands in for parts of the setup program',
    ),
  ],
  bench: [requirement({ pythonModule: 'cryptography' }, 'python3-cryptography', 'the benches decode and import')],
};
