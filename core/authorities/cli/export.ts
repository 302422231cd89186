import { exportCrlOperation, exportOperation } from '../operations/export.ts';
import { CERTIFICATE_EXPORT_FORMATS, PFX_ENCRYPTIONS, type CertificateExportFormat } from '../model/view.ts';
import { entryMeant, readAuthority, changeUnlocked, unlock } from './context.ts';
import { authorityRecord, certificateDocument } from './records.ts';
import { secondPassphrase } from './secrets.ts';
import { tellRights } from './text.ts';
import { foreignOption } from './values.ts';
import { choice, requireChoice, requirePath, requireOption } from '../../shared/verb/values.ts';
import { answer } from '../../shared/verb/answer.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { OptionName } from '../../shared/verb/options.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';

const OPTIONS_OF: readonly [OptionName, CertificateExportFormat][] = [
  ['with-key', 'pem'],
  ['encryption', 'pfx'],
  ['export-passphrase-file', 'pfx'],
  ['server', 'kubeconfig'],
];

export async function authorityExport(invocation: Invocation): Promise<ExitCode> {
  const { line, words } = invocation;
  const format = requireChoice(invocation, 'format', CERTIFICATE_EXPORT_FORMATS);
  const out = requirePath(invocation, 'out');
  const encryption = choice(invocation, 'encryption', PFX_ENCRYPTIONS);
  const { server } = line.values;
  const foreign = OPTIONS_OF.find(([option, use]) => line.values[option] !== undefined && use !== format);
  if (foreign !== undefined) throw foreignOption(foreign[0], format);
  if (format === 'kubeconfig') requireOption(invocation, 'server');
  const withKey = format === 'pfx' || format === 'kubeconfig' || line.values['with-key'] === true;
  if (withKey && line.values.out === '-') throw new UsageError('cli.usage.bad-file', { option: '--out' });
  const question = invocation.translate('cli.ask.export-passphrase');
  const passphrase =
    format === 'pfx' ? await secondPassphrase(invocation, 'export-passphrase-file', question) : undefined;
  return readAuthority(invocation, async (named) => {
    const { authority } = named;
    const entry = entryMeant(named, words[1]);
    if (withKey) await unlock(invocation, named);
    const asked = { format, withKey, encryption, passphrase, server };
    const request = { authorityId: authority.id, entryId: entry.id, ...asked };
    const { bytes, sha256 } = await exportOperation(named, request, out);
    const document = {
      authority: authorityRecord(authority),
      entry: certificateDocument(entry),
      format,
      withKey,
      file: { path: out, bytes, sha256 },
    };
    const sentence = withKey ? 'cli.export.with-key' : 'cli.file.written';
    answer(invocation, document, invocation.translate(sentence, { path: out }));
    if (withKey) tellRights(invocation, out);
    return EXIT.fine;
  });
}

export async function authorityCrl(invocation: Invocation): Promise<ExitCode> {
  const { line, words } = invocation;
  const out = requirePath(invocation, 'out');
  return changeUnlocked(invocation, async (named) => {
    const { authority } = named;
    // For a cross-certificate, too, the list is that of the new CA, whose name it has.
    const ca = entryMeant(named, words[1], ({ issuer }) => issuer === 'self');
    const format = line.values.der === true ? 'der' : 'pem';
    const { crl, file } = await exportCrlOperation(named, { authorityId: authority.id, caId: ca.id, format }, out);
    const { thisUpdate, nextUpdate, numberHex = '', entries } = crl.facts;
    const issuer = crl.facts.issuer.text;
    const number = Number.parseInt(numberHex, 16);
    const { bytes, sha256 } = file;
    const document = {
      authority: authorityRecord(authority),
      crl: { issuer, number, thisUpdate, nextUpdate, entries },
      file: { path: out, bytes, sha256 },
    };
    const told = { path: out, number, count: entries.length, issuer, until: localTime(invocation, nextUpdate) };
    return answer(invocation, document, invocation.translate('cli.crl.written', told));
  });
}
