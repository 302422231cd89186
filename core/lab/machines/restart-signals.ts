import type { LabFolder } from '../store/files.ts';
import { LAB_FILES } from '../model/lab.ts';
import type { MocClient } from './moc-client.ts';

/** Restarts clients when somebody asks for it, as `crictl stop` or `Start-Service` would: by changing a file. */
export class RestartSignals {
  readonly #lab: LabFolder;
  readonly #clients: readonly MocClient[];
  readonly #log: (line: string) => void;
  readonly #files: readonly string[];
  #versions: readonly (string | undefined)[] = [];

  constructor(lab: LabFolder, clients: readonly MocClient[], log: (line: string) => void) {
    this.#lab = lab;
    this.#clients = clients;
    this.#log = log;
    this.#files = clients.map(({ client }) => signalFile(client.identity));
  }

  async begin(): Promise<void> {
    this.#versions = await this.#lab.versions(this.#files);
  }

  async restart(): Promise<void> {
    const versions = await this.#lab.versions(this.#files);
    const former = this.#versions;
    this.#versions = versions;
    for (const [index, each] of this.#clients.entries()) {
      if (versions[index] === former[index]) continue;
      this.#log(`${each.client.identity}: restarted`);
      await each.start();
    }
  }
}

export function signalFile(identity: string): string {
  return `${LAB_FILES.signals}/${identity}`;
}
