import type { TextState } from '../i18n/text.svelte.ts';
import type { Article } from './article.ts';

export function articleHead(article: Article, text: TextState): { title: string; kind: string } {
  switch (article.kind) {
    case 'failure':
      return { title: `${article.id} ${article.title}`, kind: text.t(`knowledge.about.${article.about}`) };
    case 'cmdlet':
      return { title: article.title, kind: article.command?.module ?? '' };
    case 'credential': {
      const kind = text.t(article.isToken ? 'knowledge.credential.token' : 'knowledge.credential.certificate');
      const { layer } = article;
      return { title: article.title, kind: layer === null ? kind : `${kind} · ${text.t(`layer.${layer}`)}` };
    }
    case 'contradiction':
      return { title: article.title, kind: text.t('knowledge.contradiction.meta') };
    case 'start':
      return { title: text.t('knowledge.start'), kind: '' };
  }
}
