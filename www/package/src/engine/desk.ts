/** Answers calls in the thread it lives in: the page itself, or a worker. */

import type { Engine, FeedImport } from '../../wasm/vitrine_storefront.js';
import { VitrineError } from '../error.js';
import type { Calls } from './calls.js';
import type { Glue } from './glue.js';

/** One shop, or one import, on top of the module. */
export class Desk implements Calls {
  #engine: Engine | undefined;
  #feed: FeedImport | undefined;

  constructor(private readonly glue: Glue) {}

  open: Calls['open'] = ({ manifest, sections }) => {
    const opened = this.glue.Engine.open(manifest, sections);
    this.#engine?.free();
    this.#engine = opened;
  };

  setEvents: Calls['setEvents'] = (events) => this.engine.setEvents(events);
  recommend: Calls['recommend'] = (request) => this.engine.recommend(request);
  products: Calls['products'] = (query) => this.engine.products(query);
  categories: Calls['categories'] = () => this.engine.categories();
  about: Calls['about'] = () => this.engine.about();

  feedStart: Calls['feedStart'] = (options) => {
    this.#feed?.free();
    this.#feed = new this.glue.FeedImport(options);
  };

  feedPush: Calls['feedPush'] = (chunk) => this.feed.push(chunk);

  feedFinish: Calls['feedFinish'] = (options) => {
    const feed = this.feed;
    // Finishing consumes it: there is nothing left to free.
    this.#feed = undefined;
    const { manifest, sections, report } = feed.finish(options);
    return { pack: { manifest, sections }, report };
  };

  /** Gives the module's memory back. */
  free(): void {
    this.#engine?.free();
    this.#feed?.free();
    this.#engine = this.#feed = undefined;
  }

  private get engine(): Engine {
    if (!this.#engine) throw new VitrineError('closed', 'The shop is not open. Open it with `Vitrine.open`.');
    return this.#engine;
  }

  private get feed(): FeedImport {
    if (!this.#feed) throw new VitrineError('closed', 'No feed is being read. Start with `Vitrine.fromFeed`.');
    return this.#feed;
  }
}
