import { SERIAL_SPELLINGS, type DraftEntry, type RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import { instantFromMs, epochMs, type Instant } from '../../shared/instant.ts';
import { draftWithDefaults } from '../model/fix.ts';
import { findingRecord, guardRecord, planRecord, revocationImpactRecord } from '../export/records.ts';
import { getUndoPath, saveManifest } from '../file.ts';
import type { Evaluation } from '../evaluation.ts';
import type { JudgedFinding } from '../model/view.ts';
import { buildManifest, type Manifest } from '../manifest/manifest.ts';
import { writeDraft } from '../manifest/writer.ts';
import { describePublication } from '../publish.ts';
import type { JudgedFor, RevocationService } from '../service.ts';
import { choice, moment, requireOption } from '../../shared/verb/values.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { chooseKubeconfig, readNarrowed, refuseInventory, serviceOver } from './source.ts';
import { tellPlaced } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

const ENTRY_OPTIONS = ['serial', 'credential', 'group', 'dns', 'ip'] as const;

/**
 * Creates a manifest from options, or from the only object in a file.
 * Prints the manifest; with `--out`, writes it and its undo manifest and records this in the audit trail.
 */
export async function revocationBuild(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate } = invocation;
  const inventory = await readNarrowed(invocation, invocation.words.length > 0 ? 1 : 0);
  const service = serviceOver(invocation, inventory);
  const path = line.values.out === undefined ? undefined : world.absolute(line.values.out);
  const serialSpelling = choice(invocation, 'serial-spelling', SERIAL_SPELLINGS);
  const about: Partial<JudgedFor> = { ...chooseKubeconfig(invocation), file: path, serialSpelling };
  const { judged: given, findings } = await judgeGiven(invocation, service, about);
  const refused = refuseInventory(invocation, inventory);
  if (refused !== undefined) return refused;
  if (!given.judgement.isSound) {
    invocation.note({ code: 'revocation.not-sound' });
    if (line.json) world.json(await buildRecord(invocation, service, given, findings));
    else tellPlaced(invocation, findings);
    return EXIT.attention;
  }
  const judged = service.judgePublished(given, about);
  const manifest = buildManifest(judged, line.values['i-understand']);
  if (path !== undefined) {
    await saveManifest(ports, path, manifest);
    invocation.note(describePublication(manifest, ports, { path }));
    if (!line.json) world.notice(translate('cli.revocation.written', { path, undo: getUndoPath(path) }));
  }
  if (line.json) {
    const record = await buildRecord(invocation, service, judged, findings, { manifest, path });
    world.json({ ...record, plan: planRecord(judged.judgement.plan) });
  } else if (path === undefined) world.document(manifest.text);
  if (!line.json) tellPlaced(invocation, findings);
  return EXIT.fine;
}

async function buildRecord(
  invocation: Invocation,
  service: RevocationService,
  judged: Evaluation,
  findings: readonly JudgedFinding[],
  written: { manifest?: Manifest; path?: string | undefined } = {},
): Promise<object> {
  const { manifest, path = null } = written;
  const { impact, guard } = judged.judgement;
  const { entries } = await service.preview(judged, chooseKubeconfig(invocation).kubeconfig);
  return {
    generatedAt: invocation.ports.clock.now(),
    manifest: manifest?.text ?? null,
    undo: manifest?.undo ?? null,
    path,
    undoPath: path && getUndoPath(path),
    entries: entries.map(revocationImpactRecord),
    exposureUntil: impact.exposureUntil ?? null,
    guard: guardRecord(guard),
    findings: findings.map(findingRecord),
  };
}

async function judgeGiven(
  invocation: Invocation,
  service: RevocationService,
  about: Partial<JudgedFor>,
): Promise<{ judged: Evaluation; findings: readonly JudgedFinding[] }> {
  const { line, words, paths } = invocation;
  const given = ENTRY_OPTIONS.filter((option) => line.values[option] !== undefined);
  if (words.length === 0) {
    if (given.length === 0)
      throw new UsageError('cli.usage.no-entries', {
        options: ENTRY_OPTIONS.map((option) => `--${option}`).join(', '),
      });
    const judged = service.judge(writeDraft(optionsDraft(invocation, service)), about);
    // Options have no line numbers.
    return { judged, findings: judged.findings.map((finding) => ({ ...finding, place: {} })) };
  }
  const [foreign] = given;
  if (foreign !== undefined)
    throw new UsageError('cli.usage.option-not-for', { option: `--${foreign}`, use: 'revocation build FILE' });
  const path = paths[0] ?? '';
  const judged = await service.judgeFile(path, about);
  const count = judged.judgement.objects.length;
  if (count !== 1) throw new UsageError('cli.usage.one-object', { path, count: String(count) });
  return { judged, findings: judged.findings };
}

function optionsDraft(invocation: Invocation, service: RevocationService): RevocationDraft {
  const { values } = invocation.line;
  const { description } = values;
  const name = requireOption(invocation, 'name');
  const notBefore = findCutoff(invocation);
  const entries: DraftEntry[] = [
    ...(values.serial ?? []).map((text) => serialEntry(invocation, text, service)),
    ...(values.credential ?? []).map((id) => credentialEntry(id, service)),
    ...(values.group ?? []).map((group) => ({ kind: 'Group', group })),
    ...(values.dns ?? []).map((dns) => ({ kind: 'DNS', dns })),
    ...(values.ip ?? []).map((ip) => ({ kind: 'IP', ip })),
  ];
  return draftWithDefaults({ name, description, entries: entries.map((entry) => ({ ...entry, notBefore })) });
}

function findCutoff(invocation: Invocation): Instant | undefined {
  const isNow = invocation.line.values['not-before'] === 'now';
  return isNow ? instantFromMs(epochMs(invocation.ports.clock.now())) : moment(invocation, 'not-before');
}

/** `decimal:1234` states the notation of the number; without a prefix, the inventory decides. */
function serialEntry({ translate }: Invocation, text: string, service: RevocationService): DraftEntry {
  const [, form, given = text] = /^(hex|decimal|reversed):(.*)$/su.exec(text) ?? [];
  const { readings, resolved } = service.resolveSerial(given);
  const reading = form === undefined ? resolved : readings.find((each) => each.form === form);
  if (reading !== undefined) return { kind: 'serialnumber', serialNumber: reading.serialHex };
  if (readings.length === 0 && form === undefined) return { kind: 'serialnumber', serialNumber: given };
  const all = readings.map(({ form: each, serialHex, certificates }) =>
    translate('cli.revocation.reading', {
      form: each,
      value: given,
      serial: serialHex,
      count: certificates.length,
      name: certificates[0]?.name ?? '',
    }),
  );
  throw new UsageError('cli.usage.serial-ambiguous', { value: text, readings: all.join(' ') });
}

const SHORTEST_ID = 8;

function credentialEntry(id: string, { certificates }: RevocationService): DraftEntry {
  const lower = id.toLowerCase();
  const [only, ...others] = certificates.filter((certificate) => certificate.id.startsWith(lower));
  if (lower.length < SHORTEST_ID || only === undefined || others.some((one) => one.id !== only.id))
    throw new UsageError('cli.usage.certificate-unknown', { id, shortest: String(SHORTEST_ID) });
  return { description: only.name, kind: 'serialnumber', serialNumber: only.serialHex };
}
