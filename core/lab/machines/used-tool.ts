import type { Instant } from '../../shared/instant.ts';
import { SESSION_FAILED } from '../../simulation/actions/refusals.ts';
import type { LabClient } from '../model/lab.ts';
import type { LabFolder } from '../store/files.ts';
import { describeFailure, type AgentCalls } from './agent-calls.ts';
import { MocClient } from './moc-client.ts';

/** A tool of an admin, mocctl or kvactl: it runs only while it is used. Source: Azure/aksArc issues 168 and 169. */
export class UsedTool {
  readonly #client: LabClient;
  readonly #calls: AgentCalls;
  readonly #log: (line: string) => void;
  readonly #renewing: MocClient;

  constructor(client: LabClient, given: { calls: AgentCalls; lab: LabFolder; log: (line: string) => void }) {
    this.#client = client;
    this.#calls = given.calls;
    this.#log = given.log;
    this.#renewing = new MocClient({ client, ...given });
  }

  /** Renews what is due, then calls the cloud agent. The log has what the tool would print. */
  async use(now: Instant): Promise<void> {
    const { identity, profile } = this.#client;
    try {
      await this.#renewing.tick(now);
      const access = await this.#calls.readAccess(this.#client);
      if (access !== undefined) await this.#calls.send(access, 'GET', '/v1/self');
    } catch (error) {
      this.#log(`${identity}: ${profile === 'kvactl' ? SESSION_FAILED : ''}${describeFailure(error)}`);
    }
  }
}
