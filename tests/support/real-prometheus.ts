import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE_EXPORTER, PROMETHEUS_SERVER, type DebianServer } from '../rigs/debian-servers.mjs';
import { freePorts } from './free-ports.ts';
import { ServerProcess } from './server-process.ts';

/*
 * Prometheus as an admin runs it: a real exporter with the textfile collector reads a folder, and a real Prometheus
 * scrapes the exporter and evaluates alerting rules.
 */

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

const START_LIMIT_MS = 120_000;
const WAIT_LIMIT_MS = 120_000;
const POLL_MS = 100;

/** Skips the running test, with the reason, if there is no promtool. */
export function needPromtool({ skip }: Skippable): void {
  skip(PROMETHEUS_SERVER.find() === undefined, `there is no Prometheus: ${PROMETHEUS_SERVER.whyAbsent()}`);
}

/** Skips the running test, with the reason, if no Prometheus with an exporter can be started. */
export function needPrometheus(context: Skippable): void {
  needPromtool(context);
  context.skip(NODE_EXPORTER.find() === undefined, `there is no exporter: ${NODE_EXPORTER.whyAbsent()}`);
}

function findProgram(server: DebianServer): string {
  const { program } = server.find() ?? {};
  if (program === undefined) throw new Error(server.whyAbsent());
  return program;
}

/** Runs promtool; returns its output, including standard error, and its exit code. */
export function promtool(args: readonly string[], input = ''): { code: number | null; said: string } {
  const program = join(findProgram(PROMETHEUS_SERVER), '..', 'promtool');
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8' });
  return { code: status, said: `${stdout}${stderr}` };
}

interface Sample {
  metric: Record<string, string>;
  value: [at: number, value: string];
}

export interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'pending' | 'firing';
}

export class RealPrometheus {
  /** The folder that the collector reads. */
  readonly textfiles: string;
  readonly #address: string;
  readonly #processes: readonly ServerProcess[];

  private constructor(textfiles: string, address: string, processes: readonly ServerProcess[]) {
    this.textfiles = textfiles;
    this.#address = address;
    this.#processes = processes;
  }

  /** Starts Prometheus and an exporter in an empty folder. Scrapes and evaluates the rule file every second. */
  static async start(folder: string, rules: string): Promise<RealPrometheus> {
    const [port = 0, exporterPort = 0] = await freePorts(2);
    const pathTo = (name: string): string => join(folder, name);
    mkdirSync(pathTo('textfiles'));
    const configuration = {
      global: { scrape_interval: '1s', evaluation_interval: '1s' },
      rule_files: [rules],
      scrape_configs: [{ job_name: 'windows', static_configs: [{ targets: [`127.0.0.1:${exporterPort}`] }] }],
    };
    // JSON is valid YAML.
    writeFileSync(pathTo('prometheus.yml'), JSON.stringify(configuration));
    const exporter = new ServerProcess(
      'the exporter',
      findProgram(NODE_EXPORTER),
      [
        '--collector.disable-defaults',
        '--collector.textfile',
        `--collector.textfile.directory=${pathTo('textfiles')}`,
        `--web.listen-address=127.0.0.1:${exporterPort}`,
      ],
      pathTo('exporter.log'),
    );
    const server = new ServerProcess(
      'Prometheus',
      findProgram(PROMETHEUS_SERVER),
      [
        `--config.file=${pathTo('prometheus.yml')}`,
        `--storage.tsdb.path=${pathTo('data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      pathTo('prometheus.log'),
    );
    const prometheus = new RealPrometheus(pathTo('textfiles'), `http://127.0.0.1:${port}`, [server, exporter]);
    try {
      await server.waitUntilReady(() => prometheus.#isReady(), START_LIMIT_MS);
    } catch (error) {
      await prometheus.stop();
      throw error;
    }
    return prometheus;
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.#address}/-/ready`)).ok;
    } catch {
      return false;
    }
  }

  async #get<T>(path: string): Promise<T> {
    const answer = (await (await fetch(`${this.#address}${path}`)).json()) as { status: string; data: T };
    if (answer.status !== 'success') throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.data;
  }

  async query(query: string): Promise<Sample[]> {
    return (await this.#get<{ result: Sample[] }>(`/api/v1/query?query=${encodeURIComponent(query)}`)).result;
  }

  async alerts(): Promise<Alert[]> {
    return (await this.#get<{ alerts: Alert[] }>('/api/v1/alerts')).alerts;
  }

  /** Waits until a condition is met, which may take several scrapes or evaluations. Throws after two minutes. */
  async waitUntil(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + WAIT_LIMIT_MS;
    while (!(await isSo())) {
      if (Date.now() > end) {
        const words = this.#processes.map((process) => process.lastWords()).join('\n');
        throw new Error(`${what}: not in time; alerts: ${JSON.stringify(await this.alerts())}\n${words}`);
      }
      await sleep(POLL_MS);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
  }
}
