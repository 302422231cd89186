import { ClusterLookup } from '../../plan/model/cluster-lookup.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { localTime } from '../../shared/verb/time.ts';
import { RevocationDocuments } from '../documents/documents.ts';
import type { RevocationSummary } from '../contract.ts';
import type { ReadRevocation } from '../model/view.ts';
import { answer } from '../../shared/verb/answer.ts';
import { splitList } from '../../shared/verb/values.ts';
import { findingsExitCode, tellFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { readInventory, serviceOver } from './source.ts';
import { openRevocationStore } from '../store/store.ts';

export async function revocationList(invocation: Invocation): Promise<ExitCode> {
  const { world, ports, translate } = invocation;
  const store = await world.openToRead(invocation, openRevocationStore);
  const documents = await new RevocationDocuments(ports, store).list();
  const read = serviceOver(invocation, await readInventory(invocation, 0)).listRead();
  const findings = store.findings();
  const isEmpty = documents.length + read.length === 0;
  const text = isEmpty ? translate('cli.revocation.none') : listText(invocation, documents, read);
  answer(invocation, { documents, read, findings }, text);
  tellFindings(invocation, findings);
  return findingsExitCode(findings);
}

function listText(
  invocation: Invocation,
  documents: readonly RevocationSummary[],
  read: readonly ReadRevocation[],
): string {
  const { translate } = invocation;
  return tabulate(
    [
      translate('column.name'),
      translate('cli.revocation.column.where'),
      { head: translate('revocation.wizard.step.entries'), align: 'right' },
      translate('column.state'),
    ],
    [
      ...documents.map(({ id, names, entries, changedAt, file }) => [
        names.join(', ') || translate('revocation.nameless'),
        id,
        String(entries),
        translate('cli.revocation.worked-on', {
          at: localTime(invocation, changedAt),
          file: file?.onDisk ?? 'none',
          path: file?.path ?? '',
        }),
      ]),
      ...read.map(({ name, namespace, cluster, entries, lifted }) => [
        `${namespace}/${name}`,
        cluster ?? translate('report.revocation.no-cluster'),
        String(entries),
        translate('cli.revocation.was-read', { force: lifted === true ? 'no' : 'yes' }),
      ]),
    ],
  );
}

export async function revocationShow(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, words } = invocation;
  const wanted = words[0] ?? '';
  const documents = new RevocationDocuments(ports, await world.openToRead(invocation, openRevocationStore));
  const summary = line.values.cluster === undefined ? await findDocument(documents, wanted) : undefined;
  const shown = summary === undefined ? await showRead(invocation) : await documents.open(summary.id);
  if (line.json) world.json(shown);
  else world.document(shown.text);
  return EXIT.fine;
}

async function showRead(invocation: Invocation): Promise<ReadRevocation & { text: string }> {
  const service = serviceOver(invocation, await readInventory({ ...invocation, words: [], paths: [] }, 0));
  const read = findReadRevocation(invocation, service.listRead());
  return { ...read, text: service.writeRead(read) };
}

export async function revocationDiscard(invocation: Invocation): Promise<ExitCode> {
  const { line, world, ports, translate, words } = invocation;
  const wanted = words[0] ?? '';
  if (line.values.yes !== true) throw new UsageError('cli.usage.discard-not-confirmed');
  const discarded = await world.workAlone(invocation, openRevocationStore, async (store) => {
    const documents = new RevocationDocuments(ports, store);
    const summary = await findDocument(documents, wanted);
    if (summary === undefined) throw new ConsoleError('revocation.document-unknown', {});
    return documents.discard(summary.id);
  });
  const name = discarded.names.join(', ') || translate('revocation.nameless');
  return answer(invocation, { discarded }, translate('cli.revocation.discarded', { name }));
}

/** Finds a draft by its id or by the name of an object. Throws a `UsageError` if several match. */
async function findDocument(documents: RevocationDocuments, wanted: string): Promise<RevocationSummary | undefined> {
  const all = await documents.list();
  const found = all.filter(({ id, names }) => id === wanted || names.includes(wanted));
  const choices = found.map(({ id }) => id).join(', ');
  if (found.length > 1) throw new UsageError('cli.usage.several-revocations', { name: wanted, choices });
  return found[0];
}

/** Finds an object by name or `NAMESPACE/NAME` in the clusters named by `--cluster`. Throws `revocation.unknown`. */
export function findReadRevocation({ line, words }: Invocation, all: readonly ReadRevocation[]): ReadRevocation {
  const wanted = words[0] ?? '';
  const places = splitList(line.values.cluster);
  const lookup = new ClusterLookup(all.map(({ clusterId: id, cluster: name = '' }) => ({ id, name })));
  const meant = new Set(places.flatMap((place) => lookup.find(place, { namesFirst: true })).map(({ id }) => id));
  const found = all.filter(
    ({ name, namespace, clusterId }) =>
      (name === wanted || `${namespace}/${name}` === wanted) && (places.length === 0 || meant.has(clusterId)),
  );
  const [only, ...others] = found;
  if (only === undefined) throw new ConsoleError('revocation.unknown', { name: wanted });
  if (others.length > 0) {
    const choices = found.map(({ namespace, name, cluster = '-' }) => `${namespace}/${name} (${cluster})`);
    throw new UsageError('cli.usage.several-revocations', { name: wanted, choices: choices.join(', ') });
  }
  return only;
}
