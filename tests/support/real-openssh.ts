import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OPENSSH_SERVER } from '../rigs/debian-servers.mjs';
import { freePorts } from './free-ports.ts';
import { ServerProcess } from './server-process.ts';

/*
 * A real sshd serves as a node of a cluster, with the account that the platform's nodes have. It runs in a mount
 * namespace with a separate list of accounts; neither an account nor a service is added to the computer.
 */

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

const ACCOUNT = 'clouduser';
const START_LIMIT_MS = 120_000;

/** Skips the running test, with the reason, if no server can be started. */
export function needOpenSsh({ skip }: Skippable): void {
  skip(OPENSSH_SERVER.find() === undefined, `there is no OpenSSH server: ${OPENSSH_SERVER.whyAbsent()}`);
  for (const name of ['ssh', 'scp', 'ssh-keygen'])
    skip(spawnSync('which', [name]).status !== 0, `there is no ${name} on the path`);
  const namespace = spawnSync('unshare', ['--mount', '--propagation', 'private', '--', 'true']);
  skip(namespace.status !== 0, 'only root can give the server a list of accounts of its own');
}

export class OpenSshNode {
  readonly home: string;
  /** Path of the account's login key. */
  readonly key: string;
  /** Path of a key that the node does not accept. */
  readonly foreignKey: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #process: ServerProcess;

  private constructor(folder: string, port: number, process: ServerProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#process = process;
    this.home = join(folder, 'home');
    this.key = join(folder, 'key');
    this.foreignKey = join(folder, 'foreign');
  }

  static async start(): Promise<OpenSshNode> {
    const server = OPENSSH_SERVER.find();
    if (server === undefined) throw new Error(OPENSSH_SERVER.whyAbsent());
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-node-'));
    const pathTo = (name: string): string => join(folder, name);
    for (const name of ['home', 'run']) mkdirSync(pathTo(name));
    for (const name of ['host', 'key', 'foreign'])
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', pathTo(name)]);
    writeFileSync(pathTo('authorized'), readFileSync(pathTo('key.pub')), { mode: 0o600 });
    writeFileSync(
      pathTo('passwd'),
      [
        'root:x:0:0:root:/root:/bin/sh',
        'sshd:x:105:65534::/run/sshd:/usr/sbin/nologin',
        `${ACCOUNT}:x:0:0::${pathTo('home')}:/bin/sh`,
        '',
      ].join('\n'),
    );
    const [port = 0] = await freePorts(1);
    writeFileSync(
      pathTo('sshd_config'),
      [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${pathTo('host')}`,
        'PidFile none',
        `AuthorizedKeysFile ${pathTo('authorized')}`,
        // The folder lies below /tmp, whose permissions strict mode would refuse.
        'StrictModes no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'PermitRootLogin yes',
        'UsePAM no',
        'Subsystem sftp internal-sftp',
        '',
      ].join('\n'),
    );
    const script = [
      'set -e',
      'mount --bind "$1/passwd" /etc/passwd',
      'mount -t tmpfs tmpfs /run',
      'mkdir -m 755 /run/sshd',
      'if [ -n "$3" ] && [ -d /usr/lib/openssh ]; then mount --bind "$3" /usr/lib/openssh; fi',
      'exec "$2" -D -e -f "$1/sshd_config"',
    ].join('\n');
    const words = ['--mount', '--propagation', 'private', '--', 'sh', '-c', script, 'sh'];
    const log = pathTo('log');
    const process = new ServerProcess(
      'sshd',
      'unshare',
      [...words, folder, server.program, server.root === '/' ? '' : join(server.root, 'usr/lib/openssh')],
      log,
      { LD_LIBRARY_PATH: server.libraries.join(':') },
    );
    const node = new OpenSshNode(folder, port, process);
    try {
      await process.waitUntilReady(async () => process.lastWords().includes('Server listening'), START_LIMIT_MS);
    } catch (error) {
      await node.stop();
      throw error;
    }
    return node;
  }

  /**
   * Writes wrappers around `ssh` and `scp` that set the port and the file of known hosts, which contains this node only
   * if `isKnown` is true.
   */
  putPrograms(folder: string, { isKnown = true } = {}): void {
    mkdirSync(folder, { recursive: true });
    const known = join(folder, 'known_hosts');
    const [type, publicKey] = readFileSync(join(this.#folder, 'host.pub'), 'utf8').split(' ');
    writeFileSync(known, isKnown ? `[127.0.0.1]:${this.#port} ${type} ${publicKey}\n` : '');
    const config = join(folder, 'ssh_config');
    writeFileSync(config, `Host *\n  Port ${this.#port}\n  UserKnownHostsFile ${known}\n  GlobalKnownHostsFile none\n`);
    for (const name of ['ssh', 'scp']) {
      const path = join(folder, name);
      const program = spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
      writeFileSync(path, `#!/bin/sh\nexec ${program} -F '${config}' "$@"\n`);
      chmodSync(path, 0o755);
    }
  }

  /** Returns the arguments with which ssh runs a command on the node. */
  words(...command: readonly string[]): string[] {
    return ['-i', this.key, `${ACCOUNT}@127.0.0.1`, ...command];
  }

  async stop(): Promise<void> {
    await this.#process.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
