import type { Correction } from '../model/correction.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { StoredCluster } from './cluster-format.ts';
import type { Sha256Hex } from './stored-certificate.ts';
import type { FileFormat } from '../../store/durable-json-file.ts';
import type { IndexFile } from './schemas.ts';

/* Loaded only if a data folder contains such a file. */

export const indexFormat = async (): Promise<FileFormat<IndexFile>> => (await import('./index-format.ts')).INDEX_FORMAT;

export const correctionFormat = async (): Promise<FileFormat<Correction>> =>
  (await import('./index-format.ts')).CORRECTION_FORMAT;

export const lazyClusterFormat =
  (id: ClusterId, sha256Hex?: Sha256Hex) => async (): Promise<FileFormat<StoredCluster>> =>
    (await import('./cluster-format.ts')).clusterFormat(id, sha256Hex);
