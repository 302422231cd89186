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
  'finding.container.passphrase-needed':
    'This {format} is protected by a passphrase: {count, plural, =0 {nothing in it could be read} one {only the certificate that is not encrypted was read} other {only the # certificates that are not encrypted were read}}.',
  'finding.container.passphrase-needed.remedy':
    'Write its certificates, without keys, to a PEM file and import that: openssl pkcs12 -in FILE -nokeys -out certificates.pem asks for the passphrase. In openssl 3, files with RC2 also need -legacy.',
  'finding.container.empty': 'This {format} holds neither a certificate nor a private key.',
  'finding.container.empty.remedy':
    'Nothing needs to be done, unless you expected certificates in it: then export them again.',
} as const;
