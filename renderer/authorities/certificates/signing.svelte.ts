import type { AuthorityChange } from '../../../core/authorities/contract.ts';
import { listAsked, listGranted } from '../../../core/authorities/text/review-facts.ts';
import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import type { RequestReview } from '../../../core/pki/model/request-review.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { AuthorityContext } from '../context.ts';
import { profileGroups } from './issuing.svelte.ts';

interface ReviewedFile {
  source: FileTicket;
  review: RequestReview;
}

/** Shows chosen requests as they will be signed, and signs exactly those. */
export class RequestSigning {
  #context: AuthorityContext;
  profile: ProfileId = $state('kubelet-client');
  files: readonly ReviewedFile[] = $state.raw([]);
  readonly signable = $derived(this.files.filter(({ review }) => review.refusal === undefined));

  constructor(context: AuthorityContext) {
    this.#context = context;
  }

  open(tree: AuthorityTree): void {
    const { work } = this.#context;
    work.unlockThen(tree, { key: 'authorities.purpose.sign' }, () => void this.choose(tree));
  }

  async choose(tree: AuthorityTree): Promise<void> {
    const { api, work, notices } = this.#context;
    const profiles = profileGroups(tree).flatMap((group) => group.profiles);
    const usual = profiles.find(({ id }) => id === 'kubelet-client') ?? profiles[0];
    const sources = notices.take(await api.application.chooseSources({ kind: 'requests' }));
    if (usual === undefined || sources === undefined || sources.length === 0) return;
    if (await this.#review(tree, usual.id, sources)) work.open({ kind: 'sign', authorityId: tree.id });
  }

  async setProfile(tree: AuthorityTree, profile: ProfileId): Promise<void> {
    const sources = this.files.map(({ source }) => source);
    await this.#review(tree, profile, sources);
  }

  async #review(tree: AuthorityTree, profile: ProfileId, sources: readonly FileTicket[]): Promise<boolean> {
    const { api, work } = this.#context;
    const reviewAll = async (): Promise<Result<ReviewedFile[]>> => {
      const files: ReviewedFile[] = [];
      for (const source of sources) {
        const result = await api.authority.reviewRequest({ authorityId: tree.id, profile, source });
        if (!result.ok) return result;
        files.push({ source, review: result.value });
      }
      return { ok: true, value: files };
    };
    const files = await work.run({ key: 'authorities.sign.reviewing' }, reviewAll, { staysOpen: true });
    if (files === undefined) return false;
    this.files = files;
    this.profile = profile;
    return true;
  }

  async sign(tree: AuthorityTree): Promise<void> {
    const { api, work, notices, take, show } = this.#context;
    const made: AuthorityChange[] = [];
    await work.run({ key: 'authorities.sign.doing' }, async () => {
      for (const { source } of this.signable) {
        const result = await api.authority.signRequest({ authorityId: tree.id, profile: this.profile, source });
        if (!result.ok) return result;
        take(result.value.tree);
        made.push(result.value);
        this.files = this.files.filter((file) => file.source !== source);
      }
      return { ok: true, value: made };
    });
    const last = made.at(-1);
    if (last === undefined) return;
    show(tree.id, last.entryId);
    notices.success([{ key: 'authorities.sign.done', values: { count: made.length } }]);
  }

  facts(review: RequestReview) {
    const { t, format } = this.#context.text;
    const none = [t('authorities.preview.no-sans')];
    const words = (facts: ReturnType<typeof listAsked>) =>
      facts.map(({ name, values }) => ({ name: t(name), values: values.length > 0 ? values : none }));
    const { notBefore, notAfter } = review.certificate;
    return {
      asked: words(listAsked(review)),
      granted: [
        ...words(listGranted(review)),
        { name: t('details.not-before'), values: [format.local(notBefore)] },
        { name: t('details.not-after'), values: [format.local(notAfter)] },
      ],
    };
  }
}
