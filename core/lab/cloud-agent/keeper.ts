import { ConsoleError } from '../../shared/problem.ts';
import type { Ports } from '../../shared/ports.ts';
import type { CloudAgent } from '../../pki/identities/cloud-agent.ts';
import type { IssuedCertificate, SigningAuthority } from '../../pki/issue/issue.ts';
import { DurableJsonFile } from '../../store/durable-json-file.ts';
import { Queue, StoredDocument } from '../../store/document.ts';
import { MIGRATIONS } from '../../store/migrations.ts';
import { LAB_AUDIENCE } from '../create/make-lab.ts';
import { LAB_FILES } from '../model/lab.ts';
import { readCertificatePem, readKeyPem } from '../store/secret-files.ts';
import type { LabFolder } from '../store/files.ts';
import { AGENT_FORMAT, type AgentContent } from './agent-state.ts';

type KeeperPorts = Pick<Ports, 'files' | 'clock' | 'keys' | 'crypto'>;

interface AgentKeys {
  trusted: readonly IssuedCertificate[];
  signer: SigningAuthority;
  tokenKey: CloudAgent['tokenKey'];
  /** Lets an administrator of the host in, whatever has expired. */
  recoverySecret: string;
}

/** The files that the cloud agent reads again when they change. */
export const AGENT_KEY_FILES = ['trusted.crt', 'signer.crt', 'signer.key', 'token.key', 'recovery.txt'].map(
  (name) => `${LAB_FILES.agent}/${name}`,
);

/**
 * Keeps the state of a cloud agent. A change is on disk once its promise resolves; changes that come while one is being
 * written share the next write. Readers see what is on disk.
 */
export class AgentKeeper {
  readonly #document: StoredDocument<AgentContent>;
  readonly #pace: number;
  readonly #queue = new Queue();
  #keys: AgentKeys;
  #pending: AgentContent;
  #nextWrite: Promise<void> | undefined;
  /** Counts failed writes, each of which undoes the changes that were not yet on disk. */
  #failures = 0;

  private constructor(document: StoredDocument<AgentContent>, keys: AgentKeys, pace: number) {
    this.#document = document;
    this.#keys = keys;
    this.#pace = pace;
    this.#pending = document.value;
  }

  /** Throws `lab.damaged` if a file of the cloud agent cannot be read. */
  static async open(ports: KeeperPorts, lab: LabFolder, pace: number): Promise<AgentKeeper> {
    const path = lab.path(`${LAB_FILES.agent}/state.json`);
    const file = new DurableJsonFile({ ports, migrations: MIGRATIONS, readOnly: false }, path, AGENT_FORMAT);
    const content = await file.read();
    if (content === null) throw new ConsoleError('lab.damaged', { path });
    return new AgentKeeper(new StoredDocument(file, content), await readKeys(ports, lab), pace);
  }

  get content(): AgentContent {
    return this.#document.value;
  }

  get agent(): CloudAgent {
    return this.#getAgent(this.content);
  }

  isRecoverySecret(text: string): boolean {
    const { recoverySecret } = this.#keys;
    return recoverySecret !== '' && text === recoverySecret;
  }

  async readKeysAgain(ports: KeeperPorts, lab: LabFolder): Promise<void> {
    this.#keys = await readKeys(ports, lab);
  }

  /** `make` gets the newest content and returns the next, or throws and changes nothing. */
  async change<T>(make: (content: AgentContent, agent: CloudAgent) => { content: AgentContent; value: T }): Promise<T> {
    const { content, value } = make(this.#pending, this.#getAgent(this.#pending));
    const failures = this.#failures;
    if (content !== this.#pending) {
      this.#pending = content;
      this.#nextWrite ??= this.#queue.run(() => this.#write());
    }
    // Somebody else may have made the same change, which is not on disk yet.
    await (this.#nextWrite ?? this.#queue.idle());
    if (failures !== this.#failures) throw new ConsoleError('store.not-writable', { path: this.#document.file.path });
    return value;
  }

  async close(): Promise<void> {
    await this.#queue.idle();
  }

  async #write(): Promise<void> {
    this.#nextWrite = undefined;
    const content = this.#pending;
    try {
      await this.#document.replace(content);
    } catch (error) {
      this.#failures += 1;
      this.#pending = this.content;
      throw error;
    }
  }

  #getAgent({ agent: state }: AgentContent): CloudAgent {
    return { state, ...this.#keys, audience: LAB_AUDIENCE, pace: this.#pace };
  }
}

async function readKeys({ keys }: Pick<Ports, 'keys'>, lab: LabFolder): Promise<AgentKeys> {
  const [trusted = '', signer = '', signerKey = '', tokenKey = '', recovery = ''] = await Promise.all(
    AGENT_KEY_FILES.map((file) => lab.read(file)),
  );
  const [certificate] = readCertificatePem(signer);
  const [key, signingKey] = [readKeyPem(keys, tokenKey), readKeyPem(keys, signerKey)];
  if (certificate === undefined || key === undefined || signingKey === undefined)
    throw new ConsoleError('lab.damaged', { path: lab.path(LAB_FILES.agent) });
  return {
    trusted: readCertificatePem(trusted),
    signer: { ...certificate, key: signingKey },
    tokenKey: key,
    recoverySecret: recovery.trim(),
  };
}
