import type { ExportRequest } from '../../../core/authorities/contract.ts';
import type { SavedFile } from '../../../core/shared/files/saved-file.ts';
import type { AuthorityRow, AuthorityTree, CertificateExportFormat } from '../../../core/authorities/model/view.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { TargetFormat } from '../../../core/shared/files/file-format.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { AuthorityContext } from '../context.ts';
import type { NoticeText } from '../../parts/window/notices.svelte.ts';

const NOT_IN_NAMES = /[\\/:*?"<>|\p{Cc}]+/gu;
const LONGEST_NAME = 80;

type KeyExport = Pick<ExportRequest, 'format' | 'encryption' | 'passphrase' | 'server'>;

export class AuthorityExports {
  #context: AuthorityContext;

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  isForKubeconfig(tree: AuthorityTree, { profile, isCa, hasKey }: AuthorityRow): boolean {
    if (tree.kind !== 'kubernetes' || isCa || !hasKey || profile === null) return false;
    return PROFILES[profile].extendedKeyUsage.value.includes('clientAuth');
  }

  /** Saves a certificate with its chain; as DER, without the chain. */
  async savePublic(tree: AuthorityTree, row: AuthorityRow, format: 'pem' | 'der' | 'p7b'): Promise<void> {
    await this.#export(tree, row, { format, withKey: false });
  }

  openWithKey(tree: AuthorityTree, row: AuthorityRow, format: CertificateExportFormat): void {
    const purpose: NoticeText = { key: 'authorities.purpose.export', values: { name: row.name } };
    this.#context.work.openWithKeys(tree, purpose, { kind: 'export', format, ...getEntry(tree, row) });
  }

  async saveWithKey(tree: AuthorityTree, row: AuthorityRow, asked: KeyExport): Promise<void> {
    await this.#export(tree, row, { ...asked, withKey: true });
  }

  saveCrl(tree: AuthorityTree, ca: AuthorityRow, format: 'pem' | 'der'): void {
    const { api, work } = this.#context;
    work.unlockThen(tree, { key: 'authorities.purpose.crl', values: { name: ca.name } }, () => {
      const suggestedName = `${fileName(ca.name)}.crl`;
      void this.#save({ suggestedName, format: 'crl' }, (target) =>
        api.authority.exportCrl({ authorityId: tree.id, caId: ca.id, format, target }),
      );
    });
  }

  async #export(tree: AuthorityTree, row: AuthorityRow, asked: KeyExport & { withKey: boolean }): Promise<void> {
    const { format } = asked;
    await this.#save({ suggestedName: `${fileName(row.name)}.${format}`, format }, (target) =>
      this.#context.api.authority.export({ ...getEntry(tree, row), ...asked, target }),
    );
  }

  async #save(
    asked: { suggestedName: string; format: TargetFormat },
    write: (target: FileTicket) => Promise<Result<SavedFile>>,
  ): Promise<void> {
    const { work, notices } = this.#context;
    const saved = await work.save({ key: 'authorities.export.doing' }, asked, write);
    if (saved === undefined) return;
    const { name, sha256 } = saved;
    notices.success([{ key: 'action.saved', values: { name } }], { checksum: sha256 });
  }
}

export function fileName(name: string): string {
  const plain = name.replace(NOT_IN_NAMES, '-').replace(/^[\s.-]+|[\s.-]+$/gu, '');
  return [...plain].slice(0, LONGEST_NAME).join('') || 'certificate';
}

function getEntry({ id: authorityId }: AuthorityTree, { id: entryId }: AuthorityRow) {
  return { authorityId, entryId };
}
