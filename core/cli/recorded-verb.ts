import { DEFAULT_SETTINGS } from '../settings/model/settings.ts';
import { ConsoleError, type AuditFacts } from '../shared/problem.ts';
import { checkDataFolder } from '../store/data-layout.ts';
import type { Invocation } from '../shared/verb/invocation.ts';
import { GLOBAL_OPTIONS, type OptionName } from '../shared/verb/options.ts';
import { EXIT, UsageError, type ExitCode } from '../shared/verb/usage.ts';
import type { Verb } from '../shared/verb/verb.ts';

/** `url` and `value` may contain a secret; `out` is recorded as a path. */
const NOT_RECORDED: ReadonlySet<string> = new Set<OptionName>([...GLOBAL_OPTIONS, 'url', 'value', 'out']);

/** Runs a verb, and records it in the audit trail if it changes or exports anything. */
export async function runRecorded(
  verb: Verb,
  call: Omit<Invocation, 'note' | 'startsData' | 'standardSettings'>,
): Promise<ExitCode> {
  const { ports, world, dataFolder, line } = call;
  const { effect } = verb;
  const startsData = effect.kind === 'changes' && effect.startsData === true;
  const invocation = { ...call, startsData, standardSettings: DEFAULT_SETTINGS };
  if (effect.kind === 'changes' && !startsData) await world.checkData(ports, dataFolder);
  const action = effect.kind === 'reads' ? undefined : effect.action(line);
  // A mistyped path must not create a data folder, so exports and runs are not recorded without one: there is nothing
  // to export, and runs write their own first line. Manifests are recorded without `--data` or with `--inventory`.
  const isManifest = action === 'revocation.written' || action === 'revocation.bundled';
  const hasInventory = isManifest && (line.values.data === undefined || line.values.inventory !== undefined);
  const needsData = (effect.kind === 'exports' && !hasInventory) || action === 'run.requested';
  const isThere =
    !needsData ||
    (await checkDataFolder(ports.files, dataFolder).then(
      () => true,
      () => false,
    ));
  if (action === undefined || !isThere) return verb.run({ ...invocation, note: () => undefined });
  // Verbs that only read never load the audit trail's schemas.
  const { Recorder } = await import('../audit/recorder.ts');
  const { AuditTrail } = await import('../audit/store/audit.ts');
  const trail = await AuditTrail.open(ports, dataFolder, { claim: world.claim });
  let ended: ExitCode | undefined;
  try {
    await new Recorder(ports, trail).record({ action, facts: auditFacts(invocation) }, async (note) => {
      try {
        ended = await verb.run({ ...invocation, note });
        note({ exit: ended });
      } catch (error) {
        if (error instanceof UsageError) note({ code: error.key });
        throw error;
      }
    });
  } catch (error) {
    // The verb has already printed its result, so its exit code remains even if the trail lacks the verb's last line.
    if (!(error instanceof ConsoleError) || error.code !== 'audit.end-missing' || ended === undefined) throw error;
    for (const key of ['problem.audit.end-missing', 'problem.audit.end-missing.remedy'] as const)
      world.notice(invocation.translate(key, error.params));
  }
  return ended ?? EXIT.internal;
}

function auditFacts({ line, words, world }: Pick<Invocation, 'line' | 'words' | 'world'>): AuditFacts {
  const options = Object.entries(line.values).filter(([name]) => !NOT_RECORDED.has(name));
  return {
    subject: words.join(' '),
    ...Object.fromEntries(options.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value])),
    path: line.values.out === undefined ? undefined : world.absolute(line.values.out),
  };
}
