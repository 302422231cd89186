/** What is found in RenewRevocation manifests and in CRLs; rules in `core/formats/renew-revocation/rules.ts` and `crl-rules.ts`. */
export default {
  'finding.revocation.no-object': 'The file holds no RenewRevocation object, so it revokes nothing.',
  'finding.revocation.no-object.remedy':
    'Give the manifest that was applied to the cluster, or what kubectl get -o yaml saves of it.',
  'finding.revocation.read-otherwise':
    '{what, select, merge {“<<” takes over fields of another mapping.} tag {A YAML tag (“!!…”) turns this into something else.} other {A character here ends the line for kubectl and not for other readers of YAML.}} kubectl would apply something else than what is judged here.',
  'finding.revocation.read-otherwise.remedy':
    '{what, select, merge {Write the fields out where they belong} tag {Remove the tag and write the value in quotes} other {Delete the character, or replace it by an ordinary line end}}.',
  'finding.revocation.malformed':
    'The object has no {field}, or something else than the kind of content that belongs there.',
  'finding.revocation.malformed.remedy':
    'Compare it with the sample in the article: metadata and spec are mappings, revocations is a list.',
  'finding.revocation.no-name': 'The object has no metadata.name and was left out.',
  'finding.revocation.no-name.remedy': 'Give it a name: Kubernetes takes no object without one.',
  'finding.revocation.no-entries': 'The object {name} has no entries, so it revokes nothing.',
  'finding.revocation.no-entries.remedy': 'Add entries under spec.revocations, or delete it.',
  'finding.revocation.api-version': 'The apiVersion is “{found}”; published is {published}.',
  'finding.revocation.api-version.remedy':
    'It was read all the same. The schema is not public, so use the published version.',
  'finding.revocation.object-kind': 'The kind is spelled “{found}”; published is {published}.',
  'finding.revocation.object-kind.remedy':
    'It was read all the same, but Kubernetes distinguishes case. Correct it before applying it.',
  'finding.revocation.entry-malformed': 'This entry is not a mapping of fields.',
  'finding.revocation.entry-malformed.remedy': 'Correct or remove it; the others were read.',
  'finding.revocation.kind-missing': 'This entry has no kind.',
  'finding.revocation.kind-missing.remedy': 'Give it one of serialnumber, Group, DNS and IP; it was left out.',
  'finding.revocation.kind-unknown': 'The kind “{kind}” is not known.',
  'finding.revocation.kind-unknown.remedy': 'Published are serialnumber, Group, DNS and IP. The entry was left out.',
  'finding.revocation.kind-spelling': 'The kind is spelled “{found}”; published is {published}.',
  'finding.revocation.kind-spelling.remedy':
    'It was read all the same. The schema is not public and may distinguish case: use the published spelling.',
  'finding.revocation.value-missing': 'An entry of the kind {kind} needs the field {field}.',
  'finding.revocation.value-missing.remedy': 'Add the field as text; the entry was left out.',
  'finding.revocation.value-extra': 'The field {field} does not belong to the kind {kind}.',
  'finding.revocation.value-extra.remedy':
    'Make an entry of its own for it: what an entry with several values revokes is not known. It was left out.',
  'finding.revocation.bad-serial': 'This is not a serial number.',
  'finding.revocation.bad-serial.remedy':
    'Give hex digits, at most 20 bytes, as openssl or the details of the certificate show them. The entry was left out.',
  'finding.revocation.bad-dns': 'This is not a DNS name or suffix.',
  'finding.revocation.bad-dns.remedy':
    'Give a whole name, or a suffix with a dot in front such as .cluster.local. The entry was left out.',
  'finding.revocation.bad-ip': 'This is not an IP address.',
  'finding.revocation.bad-ip.remedy': 'Give one IPv4 or IPv6 address. The entry was left out.',
  'finding.revocation.ip-range': 'This is a range of addresses; only single addresses are documented.',
  'finding.revocation.ip-range.remedy': 'Make an entry for each address that is meant. The entry was left out.',
  'finding.revocation.bad-not-before': 'notBefore is not a moment.',
  'finding.revocation.bad-not-before.remedy':
    'Write it in quotes and in UTC, for instance "2020-04-17T17:22:05Z". The entry was left out.',
  'finding.revocation.not-before-form': 'notBefore is not written in UTC and whole seconds; it was read as {readAs}.',
  'finding.revocation.not-before-form.remedy':
    'Write it as published: in quotes, in UTC and without fractions of a second.',
  'finding.crl.unreadable': 'This revocation list (CRL) cannot be read; the next finding says why.',
  'finding.crl.unreadable.remedy': 'Fetch it again from its CA.',
  'finding.crl.holds-no-credential':
    'This is a revocation list (CRL) of {issuer} with {count, plural, one {# revoked certificate} other {# revoked certificates}}.',
  'finding.crl.holds-no-credential.remedy':
    'It is not kept: nothing in it is a credential. arcwarden authority verify --crl checks a certificate against it.',
  'finding.crl.holds-no-credential-until':
    'This is a revocation list (CRL) of {issuer} with {count, plural, one {# revoked certificate} other {# revoked certificates}}. The next one is due on {nextUpdate}.',
  'finding.crl.holds-no-credential-until.remedy':
    'It is not kept: nothing in it is a credential. arcwarden authority verify --crl checks a certificate against it.',
  'finding.crl.version': 'The CRL says version {version}; only 1 and 2 exist.',
  'finding.crl.version.remedy': 'Have the CA issue it again.',
  'finding.crl.no-next-update': 'The CRL does not say when the next one is due.',
  'finding.crl.no-next-update.remedy':
    'It was read, but nobody can tell whether it is out of date. Have the CA set nextUpdate.',
  'finding.crl.dates-reversed': 'The next CRL is due ({nextUpdate}) before this one begins ({thisUpdate}).',
  'finding.crl.dates-reversed.remedy': 'Check the clock of the CA and issue the CRL again.',
  'finding.crl.extensions-version': 'The CRL has extensions although it says version 1.',
  'finding.crl.extensions-version.remedy': 'Have the CA issue it again as version 2.',
} as const;
