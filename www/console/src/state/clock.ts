/** The time, for what says how long ago something was: `change` fires every second while somebody follows. */

class Clock extends EventTarget {
  now = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;
  #followers = 0;

  override addEventListener(...words: Parameters<EventTarget['addEventListener']>): void {
    super.addEventListener(...words);
    this.#followers += 1;
    this.now = Date.now();
    this.#timer ??= setInterval(() => {
      this.now = Date.now();
      this.dispatchEvent(new Event('change'));
    }, 1000);
  }

  override removeEventListener(...words: Parameters<EventTarget['removeEventListener']>): void {
    super.removeEventListener(...words);
    this.#followers -= 1;
    if (this.#followers > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

export const clock = new Clock();
