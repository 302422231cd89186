import {
  API_VERSION,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
  SERIAL_SPELLINGS,
  type RevocationDraft,
  type DraftEntry,
} from '../../shared/renew-revocation/draft.ts';
import { instantFromMs, msOf, type Instant } from '../../shared/instant.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { resolveSerial, serialIndex, type SerialForm, type SerialIndex } from '../model/serial.ts';
import { guardRecord, stepRecord } from '../export/records.ts';
import { manifestRecord } from '../audit-record.ts';
import { saveManifest, undoPathOf } from '../file.ts';
import { lintText, type PlacedFinding } from '../lint-text.ts';
import { manifestOf, type Manifest } from '../manifest/manifest.ts';
import { UNNAMED_FILE } from '../plan.ts';
import type { Preview } from '../impact/preview.ts';
import { choice } from '../../authorities/cli/values.ts';
import type { Invocation } from '../../cli/invocation.ts';
import { instantOption } from '../../cli/options.ts';
import { inputFault } from '../../cli/outcome.ts';
import { planIn, previewIn, wanted } from './preview.ts';
import { entryRecords, placedRecord } from './records.ts';
import { fileOf, inventoryOf, tellInventory, type RevocationInventory } from './source.ts';
import { placedLines } from './text.ts';
import { EXIT, UsageError, type ExitCode } from '../../cli/usage.ts';

const ENTRY_OPTIONS = ['serial', 'credential', 'group', 'dns', 'ip'] as const;

/**
 * `arcwarden revocation build [FILE] [OPTION...]`: a manifest of options, or of the one object in a file; to standard output,
 * or with `--out` to a file with its undo manifest beside it, and into the audit trail.
 */
export async function revocationBuild(invocation: Invocation): Promise<ExitCode> {
  const { line, world } = invocation;
  const inventory = wanted(invocation, await inventoryOf(invocation, invocation.words.length > 0 ? 1 : 0));
  const { draft, findings } = await draftOf(invocation, inventory);
  const preview = await previewIn(invocation, inventory, draft);
  if (inputFault(inventory.findings)) {
    tellInventory(invocation, inventory);
    return EXIT.usage;
  }
  if (preview.linted === undefined) {
    if (line.json) world.out(`${JSON.stringify(recordOf(invocation, { preview, findings }), null, 2)}\n`);
    tellFindings(invocation, findings);
    return EXIT.attention;
  }
  const spelling = choice(invocation, 'serial-spelling', SERIAL_SPELLINGS);
  const understood = line.values['i-understand'];
  const manifest = manifestOf(preview.linted, preview.guard, {
    serialSpelling: spelling ?? inventory.serialSpelling,
    understood,
  });
  const path = line.out === undefined ? undefined : world.absolute(line.out);
  if (path !== undefined) await write(invocation, { path, manifest, preview });
  if (line.json) {
    const steps = planIn(invocation, inventory, {
      file: path ?? UNNAMED_FILE,
      matched: preview.impact.matched,
      objects: [preview.linted.object],
    });
    const record = recordOf(invocation, { preview, findings, manifest, path });
    world.out(`${JSON.stringify({ ...record, plan: steps.map(stepRecord) }, null, 2)}\n`);
  } else if (path === undefined) world.out(manifest.text);
  tellFindings(invocation, findings);
  return EXIT.fine;
}

function tellFindings(invocation: Invocation, findings: readonly PlacedFinding[]): void {
  if (invocation.line.json) return;
  for (const finding of findings) for (const text of placedLines(invocation, finding)) invocation.world.notice(text);
}

function recordOf(
  { ports }: Invocation,
  {
    preview,
    findings,
    manifest,
    path,
  }: { preview: Preview; findings: readonly PlacedFinding[]; manifest?: Manifest; path?: string | undefined },
): object {
  return {
    generatedAt: ports.clock.now(),
    manifest: manifest?.text ?? null,
    undo: manifest?.undo ?? null,
    path: path ?? null,
    undoPath: path === undefined ? null : undoPathOf(path),
    entries: entryRecords(preview.linted?.object.name ?? '', preview),
    exposureUntil: preview.exposureUntilMs === undefined ? null : instantFromMs(preview.exposureUntilMs),
    guard: guardRecord(preview.guard),
    findings: findings.map(placedRecord),
  };
}

/** Both files, then the line in the audit trail: nothing is told as written before it is. */
async function write(
  { ports, world, dataFolder, translate, line }: Invocation,
  { path, manifest, preview }: { path: string; manifest: Manifest; preview: Preview },
): Promise<void> {
  const { linted, impact, exposureUntilMs, guard } = preview;
  await world.withNotifications(ports, dataFolder, async ({ notifications }) => {
    const { sha256 } = await saveManifest(ports, path, manifest);
    await notifications.audit.append(
      manifestRecord(
        'revocation.written',
        ports.host.user(),
        {
          names: [linted?.object.name ?? ''],
          sha256,
          guard,
          entries: impact.entries.length,
          matched: impact.matched.length,
          exposureUntilMs,
        },
        { path },
      ),
    );
  });
  if (!line.json) world.notice(translate('cli.revocation.written', { path, undo: undoPathOf(path) }));
}

// ---- Drafts ------------------------------------------------------------------------------------------------------------

async function draftOf(
  invocation: Invocation,
  inventory: RevocationInventory,
): Promise<{ draft: RevocationDraft; findings: PlacedFinding[] }> {
  const { line, words } = invocation;
  const given = ENTRY_OPTIONS.filter((option) => line.given.has(option));
  if (words.length === 0) {
    if (given.length === 0)
      throw new UsageError('cli.usage.no-entries', {
        options: ENTRY_OPTIONS.map((option) => `--${option}`).join(', '),
      });
    const draft = optionsDraft(invocation, inventory);
    return { draft, findings: judged(draft, invocation, inventory) };
  }
  const [foreign] = given;
  if (foreign !== undefined)
    throw new UsageError('cli.usage.option-not-for', { option: `--${foreign}`, use: 'revocation build FILE' });
  const { objects, findings, path } = await fileOf(invocation, inventory);
  const [only, ...others] = objects;
  if (only === undefined || others.length > 0)
    throw new UsageError('cli.usage.one-object', { path, count: String(objects.length) });
  return { draft: only.written.draft, findings };
}

/** Findings of a draft that no file holds have their places in the text that it would be. */
function judged(draft: RevocationDraft, { ports }: Invocation, { certificates }: RevocationInventory): PlacedFinding[] {
  const { apiVersion, kind, name, namespace, description, entries } = draft;
  const text = JSON.stringify({
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: { description, revocations: entries },
  });
  return lintText(text, { now: ports.clock.now(), certificates }).findings.map((finding) => {
    const { line: _line, column: _column, ...place } = finding.place;
    return { ...finding, place };
  });
}

function optionsDraft(invocation: Invocation, { certificates }: RevocationInventory): RevocationDraft {
  const { line } = invocation;
  const { name, description, values } = { ...line.values, values: line.values };
  if (name === undefined) throw new UsageError('cli.usage.option-needed', { option: '--name' });
  const notBefore = cutoffOf(invocation);
  const common = notBefore === undefined ? {} : { notBefore };
  const index = serialIndex(certificates);
  const entries: DraftEntry[] = [
    ...(values.serial ?? []).map((text) => serialEntry(invocation, text, index)),
    ...(values.credential ?? []).map((id) => credentialEntry(id, certificates)),
    ...(values.group ?? []).map((group) => ({ kind: 'Group', group, ...common })),
    ...(values.dns ?? []).map((dns) => ({ kind: 'DNS', dns, ...common })),
    ...(values.ip ?? []).map((ip) => ({ kind: 'IP', ip, ...common })),
  ];
  return { apiVersion: API_VERSION, kind: OBJECT_KIND, name, namespace: PUBLISHED_NAMESPACE, description, entries };
}

/** `--not-before now`, or a moment; not for serial numbers, which it could only make ineffective. */
function cutoffOf({ line, ports }: Invocation): Instant | undefined {
  const value = line.values['not-before'];
  if (value === undefined) return undefined;
  return value === 'now' ? instantFromMs(msOf(ports.clock.now())) : instantOption('--not-before', value);
}

const FORMS = ['hex', 'decimal', 'reversed'] as const satisfies readonly SerialForm[];

/** `decimal:1234` says which reading is meant; without it, the inventory has to tell. */
function serialEntry({ translate }: Invocation, text: string, index: SerialIndex): DraftEntry {
  const form = FORMS.find((each) => text.startsWith(`${each}:`));
  const given = form === undefined ? text : text.slice(form.length + 1);
  const { readings, resolved } = resolveSerial(given, index);
  const reading = form === undefined ? resolved : readings.find((each) => each.form === form);
  if (reading !== undefined) return { kind: 'serialnumber', serialNumber: reading.serialHex };
  // What is no serial number at all is found by the rules, with the rest.
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

function credentialEntry(id: string, certificates: readonly KnownCertificate[]): DraftEntry {
  const lower = id.toLowerCase();
  const found = certificates.filter((certificate) => certificate.id.startsWith(lower));
  const [only, ...others] = found;
  if (lower.length < SHORTEST_ID || only === undefined || others.some((one) => one.id !== only.id))
    throw new UsageError('cli.usage.certificate-unknown', { id, shortest: String(SHORTEST_ID) });
  return { description: only.name, kind: 'serialnumber', serialNumber: only.serialHex };
}
