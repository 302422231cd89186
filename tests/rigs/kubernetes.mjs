import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { runSuccessfully } from '../../build/processes.mjs';
import { isAtLeast, versionIn } from '../../build/tools.mjs';
import { userCache } from '../../build/machine/user-cache.mjs';
import { CachedPart, findMissingProgram } from './cached-part.mjs';
import { PackageArchive } from './package-archive.mjs';

/** Source packages of later versions lack files and need a module proxy. */
const VERSION = '1.20.2';
const RELEASE = 'bookworm';
const BUILT = /** @type {const} */ (['kube-apiserver', 'kube-controller-manager', 'kubeadm', 'kubectl']);
const PROGRAMS = /** @type {const} */ ([...BUILT, 'etcd']);
/** @typedef {Record<(typeof PROGRAMS)[number], string>} KubernetesPrograms their paths */

const IMPORT_PATH = 'k8s.io/kubernetes';
/** This vendored package misreads maps of newer versions of Go, so that the first custom resource causes a panic. */
const REFLECT = { package: 'golang-github-modern-go-reflect2-dev', path: 'github.com/modern-go/reflect2' };
/**
 * The linker of newer versions of Go refuses access to internals of the standard library that Kubernetes and its
 * libraries use.
 */
const STRICT_LINKER = '1.23';
/** The API description contains the types in these folders. */
const DESCRIBED = ['pkg', 'cmd', 'staging/src/k8s.io'];
const NOT_DESCRIBED = ['staging/src/k8s.io/code-generator', 'staging/src/k8s.io/sample-'];
/** These packages report the version. */
const VERSIONED = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
const BUILD_TIMEOUT_MS = 60 * 60_000;

/** In addition to Debian's packages. */
const NEEDED = ['apt-get', 'apt-cache', 'dpkg-deb', 'tar', 'setpriv'];
/** Mostly for the build cache, which is removed at the end. */
const DISK_GB = 5;

export const CONTROL_PLANE = new CachedPart({
  name: 'kubernetes',
  title: 'Kubernetes',
  folder: `kubernetes-${VERSION}`,
  without: 'tests on a real Kubernetes',
  says: () => `Kubernetes ${VERSION}`,
  /** @returns {KubernetesPrograms | undefined} undefined unless all are present */
  find(folder) {
    const paths = PROGRAMS.map((name) => [name, join(folder, name)]);
    return paths.every(([, path = '']) => existsSync(path)) ? Object.fromEntries(paths) : undefined;
  },
  obstacle(environment) {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'it is built on Linux x64 alone';
    return findMissingProgram(NEEDED, environment);
  },
  async install({ work, environment, progress }) {
    const { bavail, bsize } = statfsSync(work);
    if (bavail * bsize < DISK_GB * 1024 ** 3)
      throw new Error(`building it needs ${DISK_GB} GB in ${userCache(environment)}`);
    progress.say(`Kubernetes ${VERSION}: building it from Debian's source (7 minutes on two idle cores)`);
    const programs = join(work, 'programs');
    mkdirSync(programs);
    await buildKubernetes({ work, programs, environment, say: progress.say });
    return programs;
  },
});

/**
 * @param {{ work: string, programs: string, environment: NodeJS.ProcessEnv, say: (text: string) => void }} place
 * `programs` is the folder for the results
 */
async function buildKubernetes({ work, programs, environment, say }) {
  const archive = new PackageArchive(work, environment);
  await archive.open({ sourcesOf: RELEASE });
  const [go] = (await archive.dependencies('golang-go')).filter((name) => /^golang-[\d.]+-go$/u.test(name));
  if (go === undefined) throw new Error('Debian has no Go here');
  say('downloading Go, etcd and the source (130 MB)');
  const files = await archive.unpack([go, go.replace(/-go$/u, '-src'), 'etcd-server', REFLECT.package]);
  const tarball = await archive.source('kubernetes');
  if (!tarball.includes(VERSION)) throw new Error(`${tarball} is not Kubernetes ${VERSION}`);

  const goRoot = join(files, 'usr/lib', go.replace(/^golang-(.*)-go$/u, 'go-$1'));
  const source = join(work, 'go/src', IMPORT_PATH);
  const env = {
    PATH: `${join(goRoot, 'bin')}:${environment['PATH'] ?? '/usr/bin:/bin'}`,
    HOME: join(work, 'home'),
    GOROOT: goRoot,
    GOPATH: join(work, 'go'),
    GOCACHE: join(work, 'go-cache'),
    GOTMPDIR: work,
    GOENV: 'off',
    GOFLAGS: '',
    // No modules and no other version of Go are downloaded.
    GO111MODULE: 'off',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  const runHere = (/** @type {string} */ program, /** @type {string[]} */ ...args) =>
    runSuccessfully(program, args, { cwd: source, env, timeoutMs: BUILD_TIMEOUT_MS });
  const goProgram = join(goRoot, 'bin/go');

  mkdirSync(source, { recursive: true });
  await runHere('tar', '-xf', tarball, '-C', source, '--strip-components=1', '--no-same-owner');
  const vendored = join(source, 'vendor', REFLECT.path);
  rmSync(vendored, { recursive: true });
  cpSync(join(files, 'usr/share/gocode/src', REFLECT.path), vendored, { recursive: true });

  // The package lacks only this source file.
  const generator = join(work, 'openapi-gen');
  await runHere(goProgram, 'build', '-o', generator, './vendor/k8s.io/kube-openapi/cmd/openapi-gen');
  await runHere(
    generator,
    '--logtostderr',
    ...['-i', listDescribedPackages(source).join(',')],
    ...['-p', `${IMPORT_PATH}/pkg/generated/openapi`],
    ...['-O', 'zz_generated.openapi'],
    ...['-h', 'vendor/k8s.io/code-generator/hack/boilerplate.go.txt'],
    ...['-r', join(work, 'openapi-report')],
    ...['--output-base', join(work, 'go/src')],
  );

  say(`compiling ${BUILT.join(', ')}`);
  const goVersion = versionIn(await runHere(goProgram, 'version'));
  const [gitMajor, gitMinor] = VERSION.split('.');
  const told = Object.entries({ gitVersion: `v${VERSION}`, gitMajor, gitMinor });
  const linker = [
    ...['-s', '-w'],
    ...VERSIONED.flatMap((path) =>
      told.flatMap(([name, value]) => ['-X', `${IMPORT_PATH}/vendor/${path}.${name}=${value}`]),
    ),
    ...(isAtLeast(goVersion, STRICT_LINKER) ? ['-checklinkname=0'] : []),
  ];
  const folders = BUILT.map((name) => `./cmd/${name}`);
  await runHere(goProgram, 'build', '-trimpath', '-ldflags', linker.join(' '), '-o', `${programs}/`, ...folders);
  copyFileSync(join(files, 'usr/bin/etcd'), join(programs, 'etcd'));
}

/**
 * Lists import paths of packages tagged for the API description, sorted and without duplicates.
 *
 * @param {string} source
 */
function listDescribedPackages(source) {
  const files = DESCRIBED.flatMap((folder) =>
    readdirSync(join(source, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.go'))
      .map((entry) => relative(source, join(entry.parentPath, entry.name))),
  );
  const tagged = files.filter(
    (file) =>
      !NOT_DESCRIBED.some((each) => file.startsWith(each)) &&
      readFileSync(join(source, file), 'utf8').includes('+k8s:openapi-gen='),
  );
  const paths = tagged.map((file) => `${IMPORT_PATH}/${dirname(file).replace(/^staging\/src\//u, 'vendor/')}`);
  return [...new Set(paths)].toSorted();
}
