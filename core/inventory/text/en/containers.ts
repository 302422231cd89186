/** Findings about a P7B or PFX; rule ids in `core/formats/format-rules.ts`. */
export default {
  'finding.container.damaged': 'This {format} is damaged or incomplete.',
  'finding.container.damaged.remedy': 'Copy the file again from its source, in binary form, or export it again there.',
  'finding.container.not-supported':
    'This {format} uses {feature}, which is not read here, so not everything in it was read.',
  'finding.container.not-supported.remedy':
    'If it holds certificates, export them as PEM with the program that wrote the file, and import that.',
  'finding.container.too-many-entries': 'This {format} has more than {limit} entries and was not read further.',
  'finding.container.too-many-entries.remedy':
    'No container of certificates is like this. Check where the file comes from.',
  'finding.container.too-costly':
    'This {format} asks for so many rounds of key derivation that opening it could take minutes.',
  'finding.container.too-costly.remedy':
    'Such files are made to keep busy whoever opens them. If you trust its source, have it exported there again with usual settings.',
  'finding.container.too-costly-together':
    'This {format} was not opened: it asks for many rounds of key derivation, and so did so many files before it that together they would take hours.',
  'finding.container.too-costly-together.remedy':
    'Look where these files come from. If you trust them, import them in several parts.',
  'finding.container.passphrase-needed':
    'This {format} is protected by a passphrase: {count, plural, =0 {nothing in it could be read} one {only the certificate that is not encrypted was read} other {only the # certificates that are not encrypted were read}}.',
  'finding.container.passphrase-needed.remedy':
    'Give its passphrase: the report of the import asks for it, and on the command line --passphrase-file or a terminal. Without it, whoever has it can write the certificates, without keys, to a PEM file: openssl pkcs12 -in FILE -nokeys -out certificates.pem.',
  'finding.container.passphrase-wrong':
    'The passphrase does not open this {format}: {count, plural, =0 {nothing in it could be read} one {only the certificate that is not encrypted was read} other {only the # certificates that are not encrypted were read}}.',
  'finding.container.passphrase-wrong.remedy':
    'Check case, keyboard layout and spaces at the end. If the passphrase is certainly right, the file was altered where only the passphrase can tell: copy it again from its source.',
  'finding.container.empty': 'This {format} holds neither a certificate nor a private key.',
  'finding.container.empty.remedy':
    'Nothing needs to be done, unless you expected certificates in it: then export them again.',
  'report.locked': 'Protected by a passphrase',
  'report.locked.explain': 'What is in these files was not read, or not all of it.',
  'report.locked.open': 'Enter passphrase…',
  'report.locked.open-named': 'Enter the passphrase of {path}…',
  'report.locked.dialog': 'Open {path}',
  'report.locked.dialog.text':
    'The passphrase is used once, to read the certificates and to compare the private key with them. Neither it nor the key is kept.',
  'report.locked.passphrase': 'Passphrase of the file',
  'report.locked.missing': 'Give the passphrase.',
  'report.locked.wrong': 'This passphrase does not open the file.',
  'report.locked.submit': 'Open and import',
  'report.locked.opening': 'Opening …',
} as const;
