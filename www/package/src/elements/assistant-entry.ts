/** One turn of the conversation: what the shopper said, the answer as it comes, products, and what can be done next. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Entry } from '../assistant/transcript.js';
import type { Card, Source } from '../assistant/types.js';
import { formatPrice } from '../money.js';
import type { Language } from '../types.js';
import { say, sayProblem } from './assistant-words.js';
import { harmless, smaller } from './safe-address.js';

/** What can be done in a turn. */
export interface EntryActions {
  /** Address of a product's page, where it has one. */
  link(card: Card): string | undefined;
  select(event: MouseEvent, card: Card): void;
  choose(label: string): void;
  confirm(token: string, yes: boolean): void;
  code(event: SubmitEvent): void;
  tryOn(id: string): void;
}

/** The turn; `open` where it is the last one and nothing is under way. */
export function entryOf(entry: Entry, open: boolean, language: Language, actions: EntryActions): TemplateResult {
  const { text, sentences, cards, choices, confirm, code, tryOn, problem, over } = entry;
  const sources = sentences.flatMap((sentence) => sentence.sources);
  return html`<li class="entry" part="entry">
    ${
      text === undefined
        ? nothing
        : html`<p class="said" part="said"><span class="hidden">${say('you', language)}: </span>${text}</p>`
    }
    <div class="answer" part="answer">
      ${sentences.length > 0 ? html`<span class="hidden">${say('shop', language)}: </span>` : nothing}
      ${sentences.map(({ text, onCard }) => html`<p class=${onCard ? 'hidden' : nothing}>${text}</p>`)}
      ${problem === undefined ? nothing : html`<p class="problem" part="problem">${sayProblem(problem, language)}</p>`}
      ${cards.length > 0 ? cardList(cards, language, actions) : nothing}
      ${sources.length > 0 && over ? sourceList(sources, language) : nothing}
      ${
        tryOn === undefined
          ? nothing
          : html`<button type="button" class="plain" @click=${() => actions.tryOn(tryOn)}>${say('tryOn', language)}</button>`
      }
      ${
        confirm
          ? confirm.answered
            ? html`<p class="settled">${say(confirm.answered === 'yes' ? 'confirm.saidYes' : 'confirm.saidNo', language)}</p>`
            : html`<div class="confirm" part="confirm" role="group" aria-label=${say('confirm.yes', language)}>
                <button type="button" class="strong" ?disabled=${!open} @click=${() => actions.confirm(confirm.token, true)}>
                  ${say('confirm.yes', language)}
                </button>
                <button type="button" class="plain" ?disabled=${!open} @click=${() => actions.confirm(confirm.token, false)}>
                  ${say('confirm.no', language)}
                </button>
              </div>`
          : nothing
      }
      ${code ? (code.given ? html`<p class="settled">${say('code.given', language)}</p>` : codeForm(code, open, language, actions)) : nothing}
      ${
        choices.length > 0
          ? html`<ul class="choices" part="choices" role="list" aria-label=${say('choices', language)}>
              ${choices.map(
                (label) =>
                  html`<li>
                    <button type="button" class="chip" ?disabled=${!open} @click=${() => actions.choose(label)}>${label}</button>
                  </li>`,
              )}
            </ul>`
          : nothing
      }
    </div>
  </li>`;
}

function codeForm(
  { order, digits }: { order: string; digits: number },
  open: boolean,
  language: Language,
  actions: EntryActions,
): TemplateResult {
  return html`<form class="code" part="code" @submit=${actions.code}>
    <label for="code">${say('code.label', language, { order })}</label>
    <div>
      <input
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9]{${digits}}"
        maxlength=${digits}
        size=${digits}
        required
        ?disabled=${!open}
      />
      <button type="submit" class="strong" ?disabled=${!open}>${say('code.send', language)}</button>
    </div>
  </form>`;
}

function cardList(cards: readonly Card[], language: Language, actions: EntryActions): TemplateResult {
  return html`<ul class="cards" part="cards" role="list" tabindex="0" aria-label=${say('products', language)}>
    ${cards.map((card) => {
      const address = harmless(actions.link(card));
      const picture = harmless(card.picture);
      const select = (event: MouseEvent) => actions.select(event, card);
      const face = html`<span class="picture">
          ${
            picture
              ? html`<img src=${smaller(picture)} alt="" loading="lazy" decoding="async" @error=${withoutPicture} />`
              : nothing
          }</span
        ><span class="title">${card.title}</span>`;
      return html`<li class="card" part="card" data-id=${card.id}>
        ${
          address === undefined
            ? html`<button type="button" class="link" @click=${select}>${face}</button>`
            : html`<a class="link" href=${address} @click=${select}>${face}</a>`
        }
        <span class="price">
          <span class="hidden">${say('price', language)}</span> ${formatPrice(card.price, language)}
          ${
            card.compareAt
              ? html`<span class="hidden">${say('was', language)}</span> <s>${formatPrice(card.compareAt, language)}</s>`
              : nothing
          }
          ${card.buyable ? nothing : html`<span class="muted">${say('soldOut', language)}</span>`}
        </span>
      </li>`;
    })}
  </ul>`;
}

function sourceList(sources: readonly Source[], language: Language): TemplateResult {
  const seen = new Set<string>();
  const unique = sources.filter((source) => {
    const key = JSON.stringify(source);
    return !seen.has(key) && seen.add(key);
  });
  return html`<details class="sources" part="sources" @toggle=${intoView}>
    <summary>${say('sources', language)}</summary>
    <ul role="list">
      ${unique.map((source) => {
        const { kind, text } = source;
        return html`<li>
          ${sourceName(source, language)}${kind === 'policy' && text ? html`<q cite="">${text}</q>` : nothing}
        </li>`;
      })}
    </ul>
  </details>`;
}

function sourceName({ kind, id, title, part, text, at }: Source, language: Language): string {
  const when = at === undefined ? '' : moment(at, language);
  const name = title ?? id ?? '';
  switch (kind) {
    case 'product':
      return say('source.product', language, { title: name });
    case 'policy':
      return say('source.policy', language, { title: name });
    case 'stock':
      return say('source.stock', language, { title: name, site: part ?? '', at: when });
    case 'forecast':
      return say('source.forecast', language, { title: name, at: when });
    case 'order':
      return say('source.order', language, { id: id ?? '' });
    case 'catalogue':
      return say('source.catalogue', language);
    case 'policies':
      return say('source.policies', language);
    case 'shopper':
      return say('source.shopper', language, { text: text ?? '' });
    default:
      return name; // a kind of a later worker
  }
}

function moment(at: string, language: Language): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return at;
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** What was opened below the edge is scrolled to. */
function intoView(event: Event): void {
  const { currentTarget } = event;
  if (currentTarget instanceof HTMLDetailsElement && currentTarget.open)
    currentTarget.scrollIntoView({ block: 'nearest' });
}

/** A picture that cannot be loaded leaves its place empty rather than a broken sign. */
function withoutPicture(event: Event): void {
  if (event.target instanceof HTMLElement) event.target.hidden = true;
}
