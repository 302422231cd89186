import { readCreationSpec } from '../../../../core/authorities/create/specification/specification.ts';
import type { CreationSpec } from '../../../../core/authorities/create/creation-spec.ts';
import type { CreationPlan, CreationRecord } from '../../../../core/authorities/create/creation-plan.ts';
import { carryOut } from '../../../../core/authorities/create/apply.ts';
import { planCreation } from '../../../../core/authorities/create/plan.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

export class PowerFailure extends Error {}

/** Files in memory that keep previous versions, record modes, and can fail between any two changes. */
export class DiskFiles extends MemoryFiles {
  readonly modes = new Map<string, number>();
  /** Number of changes until the power fails; `Infinity` for never. */
  changesLeft = Infinity;
  changes = 0;

  override async read(path: string, limitBytes: number): Promise<Uint8Array> {
    return new Uint8Array(await super.read(path, limitBytes));
  }

  override async replace(
    path: string,
    content: Uint8Array | string,
    options: { keepPrevious?: boolean; mode?: number } = {},
  ): Promise<void> {
    if (options.keepPrevious === true && this.paths().includes(path)) {
      this.#change();
      this.put(`${path}.previous`, await this.read(path, Infinity));
    }
    this.#change();
    this.modes.set(path, options.mode ?? 0o600);
    await super.replace(path, content);
  }

  override async move(from: string, to: string): Promise<void> {
    this.#change();
    await super.move(from, to);
  }

  #change(): void {
    if (this.changesLeft <= 0) throw new PowerFailure();
    this.changesLeft -= 1;
    this.changes += 1;
  }

  async text(path: string): Promise<string> {
    return new TextDecoder().decode(await this.read(path, Infinity));
  }

  async content(): Promise<Map<string, string>> {
    const entries = this.paths().map(async (path) => [path, await this.text(path)] as const);
    return new Map((await Promise.all(entries)).sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}

/** Makes ports with `DiskFiles`; tests may set `disk` and `clock`. */
export function diskPorts(disk = new DiskFiles()) {
  return { ...testPorts(), files: disk };
}

export function makeSpec(text: string, path = '/specs/spec.yaml'): CreationSpec {
  const { spec, findings } = readCreationSpec(HEAD + text, path);
  if (spec === undefined) throw new Error(JSON.stringify(findings));
  return spec;
}

export const HEAD = 'apiVersion: arcwarden/v1\nkind: CertificateSpec\n';

export const PLACE = `cluster: { name: retail, server: 'https://10.0.0.9:6443', serviceIp: 10.96.0.1 }
node: { name: cp-1, ips: [10.0.0.11] }
`;

export const OUT = '/out';

type CreationPorts = Parameters<typeof planCreation>[0];

export async function create(
  ports: CreationPorts,
  spec: CreationSpec,
  folder = OUT,
): Promise<{ plan: CreationPlan; result: CreationRecord[] }> {
  const plan = await planCreation(ports, spec, folder);
  return { plan, result: await carryOut(ports, plan) };
}

/** Formats each step as `action reason path`, with paths relative to the folder. */
export function lines({ steps, folder }: CreationPlan): string[] {
  return steps.map(({ action, reason, path, fields }) =>
    [action, reason, path.slice(folder.length + 1), ...(fields ?? [])].join(' '),
  );
}
