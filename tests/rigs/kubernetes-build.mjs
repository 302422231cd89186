import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { PackageArchive } from './package-archive.mjs';
import { runSuccessfully } from '../../build/processes.mjs';
import { isAtLeast, versionIn } from '../../build/tools.mjs';

/**
 * The Kubernetes that is built: the last one whose source package of Debian has everything in it. Later ones are of no
 * use without a module proxy.
 */
export const KUBERNETES = {
  version: '1.20.2',
  package: 'kubernetes',
  /** The release of Debian that has it. */
  release: 'bookworm',
  programs: /** @type {const} */ (['kube-apiserver', 'kube-controller-manager', 'kubeadm', 'kubectl']),
};

const IMPORT_PATH = 'k8s.io/kubernetes';
/** In place of the vendored one, which reads maps of newer versions of Go wrongly: the first custom resource panics. */
const REFLECT = { package: 'golang-github-modern-go-reflect2-dev', path: 'github.com/modern-go/reflect2' };
/** From there on the linker refuses what Kubernetes and its libraries reach for in the standard library. */
const STRICT_LINKER = '1.23';
/** Whose types are written into the description of the API. */
const DESCRIBED = ['pkg', 'cmd', 'staging/src/k8s.io'];
const NOT_DESCRIBED = ['staging/src/k8s.io/code-generator', 'staging/src/k8s.io/sample-'];
const DESCRIPTION = 'pkg/generated/openapi';
/** Packages that tell which version it is. */
const VERSIONED = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
const BUILD_TIMEOUT_MS = 60 * 60_000;

/**
 * Builds the programs, with Debian's Go, and puts etcd beside them. Nothing outside of the folders changes.
 *
 * @param {{
 *   work: string;
 *   programs: string;
 *   environment: NodeJS.ProcessEnv;
 *   say: (text: string) => void;
 * }} place
 *   `work` is an empty folder that is removed afterwards, `programs` where they go
 */
export async function buildKubernetes({ work, programs, environment, say }) {
  const archive = new PackageArchive(work, environment);
  await archive.open({ sourcesOf: KUBERNETES.release });
  const [go] = (await archive.dependencies('golang-go')).filter((name) => /^golang-[\d.]+-go$/u.test(name));
  if (go === undefined) throw new Error('Debian has no Go here');
  say('downloading Go, etcd and the source (130 MB)');
  const files = await archive.unpack([go, go.replace(/-go$/u, '-src'), 'etcd-server', REFLECT.package]);
  const tarball = await archive.source(KUBERNETES.package);
  if (!tarball.includes(KUBERNETES.version)) throw new Error(`${tarball} is not Kubernetes ${KUBERNETES.version}`);

  const goRoot = join(files, 'usr/lib', go.replace(/^golang-(.*)-go$/u, 'go-$1'));
  const builder = new Builder(work, goRoot, environment);
  await builder.unpack(tarball);
  const vendored = join(builder.source, 'vendor', REFLECT.path);
  rmSync(vendored, { recursive: true });
  cpSync(join(files, 'usr/share/gocode/src', REFLECT.path), vendored, { recursive: true });
  await builder.describeApi();
  say(`compiling ${KUBERNETES.programs.join(', ')}`);
  await builder.compile(programs);
  copyFileSync(join(files, 'usr/bin/etcd'), join(programs, 'etcd'));
}

class Builder {
  #work;
  #go;
  #environment;

  /**
   * @param {string} work
   * @param {string} goRoot
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(work, goRoot, environment) {
    this.#work = work;
    this.#go = join(goRoot, 'bin/go');
    this.#environment = {
      PATH: `${join(goRoot, 'bin')}:${environment['PATH'] ?? '/usr/bin:/bin'}`,
      HOME: join(work, 'home'),
      GOROOT: goRoot,
      GOPATH: join(work, 'go'),
      GOCACHE: join(work, 'go-cache'),
      GOTMPDIR: work,
      GOENV: 'off',
      GOFLAGS: '',
      // Neither modules nor another version of Go are downloaded.
      GO111MODULE: 'off',
      GOTOOLCHAIN: 'local',
      CGO_ENABLED: '0',
    };
  }

  get source() {
    return join(this.#work, 'go/src', IMPORT_PATH);
  }

  /** @param {string} tarball */
  async unpack(tarball) {
    mkdirSync(this.source, { recursive: true });
    await this.#run('tar', ['-xf', tarball, '-C', this.source, '--strip-components=1', '--no-same-owner']);
  }

  /** Writes the one source file that is generated and not part of the package. */
  async describeApi() {
    const generator = join(this.#work, 'openapi-gen');
    await this.#run(this.#go, ['build', '-o', generator, './vendor/k8s.io/kube-openapi/cmd/openapi-gen']);
    const packages = DESCRIBED.flatMap((folder) => this.#taggedPackages(join(this.source, folder)));
    await this.#run(generator, [
      '--logtostderr',
      ...['-i', [...new Set(packages)].toSorted().join(',')],
      ...['-p', `${IMPORT_PATH}/${DESCRIPTION}`],
      ...['-O', 'zz_generated.openapi'],
      ...['-h', 'vendor/k8s.io/code-generator/hack/boilerplate.go.txt'],
      ...['-r', join(this.#work, 'openapi-report')],
      ...['--output-base', join(this.#work, 'go/src')],
    ]);
  }

  /**
   * Import paths of the packages that ask to be described.
   *
   * @param {string} folder
   * @returns {string[]}
   */
  #taggedPackages(folder) {
    const packages = [];
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.go')) continue;
      const file = join(entry.parentPath, entry.name);
      const path = relative(this.source, file);
      if (NOT_DESCRIBED.some((each) => path.startsWith(each))) continue;
      if (readFileSync(file, 'utf8').includes('+k8s:openapi-gen='))
        packages.push(`${IMPORT_PATH}/${dirname(path).replace(/^staging\/src\//u, 'vendor/')}`);
    }
    return packages;
  }

  /** @param {string} programs */
  async compile(programs) {
    const version = versionIn(await this.#run(this.#go, ['version']));
    const [major, minor] = KUBERNETES.version.split('.');
    const told = { gitVersion: `v${KUBERNETES.version}`, gitMajor: major, gitMinor: minor };
    const linker = [
      ...['-s', '-w'],
      ...VERSIONED.flatMap((path) =>
        Object.entries(told).flatMap(([name, value]) => ['-X', `${IMPORT_PATH}/vendor/${path}.${name}=${value}`]),
      ),
      ...(isAtLeast(version, STRICT_LINKER) ? ['-checklinkname=0'] : []),
    ];
    const folders = KUBERNETES.programs.map((name) => `./cmd/${name}`);
    await this.#run(this.#go, ['build', '-trimpath', '-ldflags', linker.join(' '), '-o', `${programs}/`, ...folders]);
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @returns {Promise<string>} its output
   */
  #run(program, args) {
    const options = { cwd: this.source, env: this.#environment, timeoutMs: BUILD_TIMEOUT_MS };
    return runSuccessfully(program, args, options);
  }
}
