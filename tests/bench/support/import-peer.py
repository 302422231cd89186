"""Imports certificates in plain Python, for comparison: finds the files below folders, reads and decodes them, checks who
signed each certificate, and writes them as JSON, one flushed file per cluster.

Usage: import-peer.py [--store STORE] FOLDER...

Without --store it prints everything, like `arcwarden inspect --json`. A FOLDER contains clusters, each a folder.
The last line on standard error is the processor time in seconds.
"""

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import time
from datetime import datetime, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

PEM = re.compile(rb'-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----', re.DOTALL)
IN_KUBECONFIG = re.compile(rb'(?:certificate-authority|client-certificate)-data: *([A-Za-z0-9+/=]+)')
# Available since version 42; the older properties warn at each call.
UTC = '_utc' if hasattr(x509.Certificate, 'not_valid_after_utc') else ''


def find_files(folder):
    """Yields the cluster and the path of each file."""
    for cluster in sorted(os.listdir(folder)):
        for parent, folders, names in os.walk(os.path.join(folder, cluster)):
            folders.sort()
            for name in sorted(names):
                yield cluster, os.path.join(parent, name)


def read_certificates(path):
    with open(path, 'rb') as file:
        data = file.read()
    texts = [data, *(base64.b64decode(text) for text in IN_KUBECONFIG.findall(data))]
    return [x509.load_pem_x509_certificate(pem) for text in texts for pem in PEM.findall(text)]


def describe(certificate, der, identity, source):
    start, end = (getattr(certificate, f'not_valid_{part}{UTC}').replace(tzinfo=timezone.utc) for part in ('before', 'after'))
    key = certificate.public_key()
    record = {
        'id': identity,
        'subject': certificate.subject.rfc4514_string(),
        'issuer': certificate.issuer.rfc4514_string(),
        'serialHex': f'{certificate.serial_number:x}',
        'notBefore': start.isoformat(),
        'notAfter': end.isoformat(),
        'state': 'expired' if end < NOW else 'not-yet-valid' if start > NOW else 'valid',
        'key': {'algorithm': type(key).__name__, 'bits': getattr(key, 'key_size', None)},
        'sans': [],
        'usages': [],
        'isCa': False,
        'subjectKeyId': None,
        'authorityKeyId': None,
        'sources': [source],
        'der': base64.b64encode(der).decode(),
    }
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.SubjectAlternativeName):
            record['sans'] = [str(name.value) for name in value]
        elif isinstance(value, x509.ExtendedKeyUsage):
            record['usages'] = [usage.dotted_string for usage in value]
        elif isinstance(value, x509.BasicConstraints):
            record['isCa'] = value.ca
        elif isinstance(value, x509.SubjectKeyIdentifier):
            record['subjectKeyId'] = value.digest.hex()
        elif isinstance(value, x509.AuthorityKeyIdentifier) and value.key_identifier is not None:
            record['authorityKeyId'] = value.key_identifier.hex()
    return record


def has_signed(key, certificate):
    signature, signed, digest = certificate.signature, certificate.tbs_certificate_bytes, certificate.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(digest))
        else:
            key.verify(signature, signed)
        return True
    except InvalidSignature:
        return False


def find_signers(records, certificates):
    """Records the authority that verifiably signed each certificate, found by its key id or else by its name."""
    authorities = {}
    for identity, record in records.items():
        if record['isCa']:
            authority = identity, certificates[identity].public_key()
            for name in {record['subjectKeyId'], record['subject']} - {None}:
                authorities.setdefault(name, []).append(authority)
    for identity, record in records.items():
        if record['issuer'] == record['subject']:
            continue
        candidates = authorities.get(record['authorityKeyId'] or record['issuer'], [])
        record['signer'] = next((one for one, key in candidates if has_signed(key, certificates[identity])), None)


def write_flushed(folder, name, content):
    """Writes a file so that it survives a power cut completely or not at all."""
    path = os.path.join(folder, name)
    with open(f'{path}.new', 'w') as file:
        file.write(json.dumps(content))
        file.flush()
        os.fsync(file.fileno())
    os.replace(f'{path}.new', path)
    directory = os.open(folder, os.O_RDONLY)
    os.fsync(directory)
    os.close(directory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--store')
    parser.add_argument('folders', nargs='+')
    arguments = parser.parse_args()
    records, certificates, clusters = {}, {}, {}
    for folder in arguments.folders:
        for cluster, path in find_files(folder):
            source = {'path': path, 'modified': os.path.getmtime(path), 'readAt': NOW.isoformat()}
            for certificate in read_certificates(path):
                der = certificate.public_bytes(serialization.Encoding.DER)
                identity = hashlib.sha256(der).hexdigest()
                if identity in records:
                    records[identity]['sources'].append(source)
                    continue
                certificates[identity] = certificate
                records[identity] = describe(certificate, der, identity, source)
                clusters.setdefault(cluster, []).append(records[identity])
    find_signers(records, certificates)
    if arguments.store is None:
        sys.stdout.write(json.dumps(list(records.values())))
        return
    os.makedirs(arguments.store)
    for cluster, content in clusters.items():
        write_flushed(arguments.store, f'{cluster}.json', content)


NOW = datetime.now(timezone.utc)
main()
print(time.process_time(), file=sys.stderr)
