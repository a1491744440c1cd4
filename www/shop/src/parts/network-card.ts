/** A network on the bench: its picture with what it found, and how fast each engine is. */
import type { Language } from '@vitrine/storefront';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { benchDesk, type Standing } from '../bench/desk';
import type { EngineName } from '../bench/engines';
import { loadPicture } from '../bench/input';
import type { BenchModel } from '../bench/models';
import { say } from '../words';

/** Pixels of the drawing, each way; shown smaller on most screens. */
const drawing = 512;

/** Names are the same in every language. */
const engineNames: Record<EngineName, string> = { ours: 'Vitrine', litert: 'LiteRT.js', ort: 'ONNX Runtime Web' };
const engines = Object.keys(engineNames) as EngineName[];

export function networkCard(model: BenchModel, language: Language): TemplateResult {
  const ours = benchDesk.standing(model, 'ours');
  return html`<li class="network">
    <canvas
      width=${drawing}
      height=${drawing}
      role="img"
      aria-label=${say(language, `bench.picture.${model.model}`)}
      ${ref((canvas) => canvas && void show(canvas as HTMLCanvasElement, model))}
    ></canvas>
    <div class="network-head">
      <h2>${say(language, `bench.model.${model.model}`)}</h2>
      <p class="quiet">${model.model}</p>
      ${figure(ours, language)}
    </div>
    <div class="network-facts">
      ${ours?.is === 'failed' ? html`<p class="failed">${ours.message}</p>` : nothing}
      ${benchDesk.peers === 'there' ? comparison(model, language) : facts(ours, language)}
    </div>
  </li>`;
}

/** Frames per second. */
function figure(standing: Standing | undefined, language: Language): TemplateResult {
  const frames = standing?.is === 'done' ? 1000 / standing.milliseconds : undefined;
  return html`<p class="frames" aria-busy=${standing?.is === 'running'}>
    <strong>${frames === undefined ? '–' : number(frames, frames < 10 ? 1 : 0, language)}</strong>
    <span>${say(language, 'bench.frames')}</span>
  </p>`;
}

/** What the frames come from, while there is nothing to compare with. */
function facts(standing: Standing | undefined, language: Language): TemplateResult {
  const done = standing?.is === 'done' ? standing : undefined;
  return html`<dl class="facts">
    <div><dt>${say(language, 'bench.time')}</dt><dd>${done ? milliseconds(done.milliseconds, language) : waiting(standing, language)}</dd></div>
    <div><dt>${say(language, 'bench.bytes')}</dt><dd>${done ? bytes(done.bytes, language) : '–'}</dd></div>
  </dl>`;
}

const waiting = (standing: Standing | undefined, language: Language) =>
  standing?.is === 'running' ? say(language, 'bench.measuring') : '–';

/** One bar for each engine, as long as its time. */
function comparison(model: BenchModel, language: Language): TemplateResult {
  const standings = engines.map((engine) => [engine, benchDesk.standing(model, engine)] as const);
  const times = standings.map(([, standing]) => (standing?.is === 'done' ? standing.milliseconds : 0));
  const longest = Math.max(...times, Number.MIN_VALUE);
  return html`<table class="engines">
    <caption class="visually-hidden">${say(language, 'bench.comparison')}</caption>
    <thead class="visually-hidden">
      <tr><th scope="col">${say(language, 'bench.engine')}</th><th scope="col">${say(language, 'bench.time')}</th><th scope="col">${say(language, 'bench.bytes')}</th></tr>
    </thead>
    <tbody>
      ${standings.map(([engine, standing]) => row(engine, standing, longest, language))}
    </tbody>
  </table>`;
}

function row(engine: EngineName, standing: Standing | undefined, longest: number, language: Language): TemplateResult {
  const name = engineNames[engine];
  if (standing?.is === 'failed') {
    return html`<tr><th scope="row">${name}</th><td colspan="2">${standing.message}</td></tr>`;
  }
  const done = standing?.is === 'done' ? standing : undefined;
  return html`<tr data-engine=${engine}>
    <th scope="row">
      ${name}
      <meter min="0" max=${longest} .value=${done?.milliseconds ?? 0} aria-hidden="true"></meter>
    </th>
    <td>${done ? milliseconds(done.milliseconds, language) : waiting(standing, language)}</td>
    <td>${done ? bytes(done.bytes, language) : '–'}</td>
  </tr>`;
}

/** The picture, and over it what our engine found, if it has run. */
async function show(canvas: HTMLCanvasElement, model: BenchModel): Promise<void> {
  const answer = benchDesk.answers.get(model.model);
  const state = `${model.model} ${answer ? 'found' : 'plain'}`;
  if (canvas.dataset.shown === state) return;
  canvas.dataset.shown = state;
  const picture = await loadPicture(model.picture);
  const context = canvas.getContext('2d');
  if (!context || canvas.dataset.shown !== state) return;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  if (answer) model.draw(context, answer, model.size[0]);
}

function number(value: number, digits: number, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-IE';
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

const milliseconds = (value: number, language: Language) =>
  say(language, 'bench.milliseconds', { count: number(value, value < 100 ? 1 : 0, language) });

const bytes = (value: number, language: Language) =>
  say(language, 'bench.megabytes', { count: number(value / 1e6, value < 1e7 ? 1 : 0, language) });
