import type { AuthorityChange } from '../../../core/authorities/contract.ts';
import { listAsked, listGranted, type ReviewFact } from '../../../core/authorities/text/review-facts.ts';
import type { AuthorityTree } from '../../../core/authorities/model/view.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import type { RequestReview } from '../../../core/pki/model/request-review.ts';
import type { Problem } from '../../../core/shared/problem.ts';
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
  #sources: readonly FileTicket[] = [];
  /** The chosen profile. `files` contains only reviews for this profile. */
  profile: ProfileId = $state('kubelet-client');
  files: readonly ReviewedFile[] = $state.raw([]);
  /** One unreadable file does not hide the others. */
  failed: readonly { source: FileTicket; problem: Problem }[] = $state.raw([]);
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
    this.#sources = sources;
    if (await this.setProfile(tree, usual.id)) work.open({ kind: 'sign', authorityId: tree.id });
  }

  /** Reviews the requests for another profile; returns whether that succeeded. */
  async setProfile(tree: AuthorityTree, profile: ProfileId): Promise<boolean> {
    const { api, work } = this.#context;
    if (work.busy) return false;
    this.profile = profile;
    this.files = [];
    this.failed = [];
    const reviewAll = async () => {
      const files: ReviewedFile[] = [];
      const failed: RequestSigning['failed'][number][] = [];
      for (const source of this.#sources) {
        const result = await api.authority.reviewRequest({ authorityId: tree.id, profile, source });
        if (result.ok) files.push({ source, review: result.value });
        else failed.push({ source, problem: result.problem });
      }
      return { ok: true, value: { files, failed } } as const;
    };
    const reviewed = await work.run({ key: 'authorities.sign.reviewing' }, reviewAll, { staysOpen: true });
    if (reviewed === undefined) return false;
    ({ files: this.files, failed: this.failed } = reviewed);
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
        this.#sources = this.#sources.filter((each) => each !== source);
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
    const words = (facts: ReviewFact[]) =>
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
