/** The head of every page: what this is, where one can go, whether the connection holds, and the way out. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import type { Role } from '../api/types';
import { addressOf, type Route } from '../route';
import type { Session } from '../state/session';
import { say } from '../words';

type Place = 'devices' | 'stock' | 'forecasts' | 'customers' | 'dead-letters' | 'access' | 'audit';
const places: readonly Place[] = ['devices', 'stock', 'forecasts', 'customers', 'dead-letters', 'access', 'audit'];

/** Pages by which other pages are reached. */
const homeOf: Partial<Record<Route['page'], Place>> = { device: 'devices', add: 'devices', forecast: 'forecasts' };

export function consoleHead(session: Session, route: Route, language: Language): TemplateResult {
  const { state } = session;
  const here = homeOf[route.page] ?? route.page;
  const allowed: Partial<Record<Place, boolean>> = {
    'dead-letters': session.may('operator'),
    access: session.may('owner'),
    audit: session.may('owner'),
  };
  return html`<header class="head">
    <a class="name" href="#/devices">${say(language, 'console')}</a>
    <nav class="departments-nav" aria-label=${say(language, 'nav')}>
      ${
        state.is === 'in'
          ? places
              .filter((page) => allowed[page] ?? true)
              .map(
                (page) =>
                  html`<a href=${addressOf({ page })} aria-current=${here === page ? 'page' : nothing}>${say(language, `nav.${page}`)}</a>`,
              )
          : nothing
      }
    </nav>
    <div class="head-tools">${state.is === 'in' ? tools(session, state.me.role, state.me.label, language) : nothing}</div>
  </header>`;
}

function tools(session: Session, role: Role, label: string, language: Language): TemplateResult {
  const open = session.connection === 'open';
  return html`<span class="connection" data-open=${open} role="status" title=${say(language, open ? 'connection.open.what' : 'connection.cut.what')}
      ><span class="state-mark" aria-hidden="true"></span>${say(language, open ? 'connection.open' : 'connection.cut')}</span
    >
    <span class="who quiet" title=${label}>${say(language, `role.${role}`)}</span>
    <button type="button" class="link" @click=${() => session.signOut()}>${say(language, 'signOut')}</button>`;
}
