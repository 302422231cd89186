import type { Instant } from '../../shared/instant.ts';
import type { Ports, TlsIdentity, TlsListener, TlsServer } from '../../shared/ports.ts';
import type { Lab, LabMachine, LabService } from '../model/lab.ts';
import type { LabFolder } from '../store/files.ts';

export type MachinePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys' | 'scheduler' | 'tls' | 'ids'>;

export interface MachineContext {
  ports: MachinePorts;
  lab: LabFolder;
  description: Lab;
  machine: LabMachine;
  log: (line: string) => void;
}

/** The part of a machine that runs: `tick` does what is due, about once a second. */
export interface RunningMachine {
  tick(now: Instant): Promise<void>;
  close(): Promise<void>;
}

/** A TLS server whose certificate is in a file. Takes up a renewed certificate without ending connections. */
export class ServedFile {
  readonly #context: Pick<MachineContext, 'ports' | 'lab'>;
  readonly #service: LabService;
  readonly #read: () => Promise<TlsIdentity>;
  readonly #options: Pick<TlsServer, 'answer' | 'asksForCertificate'>;
  #listener: TlsListener | undefined;
  #version: string | undefined;

  constructor(
    context: Pick<MachineContext, 'ports' | 'lab'>,
    service: LabService,
    given: Pick<TlsServer, 'answer' | 'asksForCertificate'> & { read: () => Promise<TlsIdentity> },
  ) {
    this.#context = context;
    this.#service = service;
    this.#read = given.read;
    this.#options = given;
  }

  get isListening(): boolean {
    return this.#listener !== undefined;
  }

  /** Throws `tls.port-taken` or `tls.identity-invalid`. */
  async open(): Promise<void> {
    if (this.#listener !== undefined) return;
    const { address, port } = this.#service;
    const { answer, asksForCertificate } = this.#options;
    [this.#version] = await this.#context.lab.versions([this.#service.file]);
    const identity = await this.#read();
    this.#listener = await this.#context.ports.tls.listen({ address, port, identity, asksForCertificate, answer });
  }

  async takeUpRenewal(): Promise<void> {
    const [version] = await this.#context.lab.versions([this.#service.file]);
    if (this.#listener === undefined || version === undefined || version === this.#version) return;
    this.#listener.replaceIdentity(await this.#read());
    this.#version = version;
  }

  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = undefined;
    await listener?.close();
  }
}
