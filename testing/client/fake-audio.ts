/** Stands in for a browser's audio: the test says whether it runs and what time it has. */
export class FakeAudio {
  state: AudioContextState = "running";
  currentTime = 0;
  /** Whether `resume` helps, as after a person's touch. */
  isTouched = true;
  /** Begin and tone of each burst that was not cut off. */
  readonly bursts: { at: number; frequencyHz: number }[] = [];

  get context(): AudioContext {
    return this as unknown as AudioContext;
  }

  async resume(): Promise<void> {
    if (this.isTouched) this.state = "running";
  }

  async close(): Promise<void> {
    this.state = "closed";
  }

  createPeriodicWave(): object {
    return {};
  }

  createOscillator(): object {
    const burst = { at: 0, frequencyHz: 0 };
    const frequency = {
      set value(hz: number) {
        burst.frequencyHz = hz;
      },
    };
    return {
      frequency,
      setPeriodicWave: () => {},
      connect: (next: object) => next,
      disconnect: () => this.bursts.splice(this.bursts.indexOf(burst), 1),
      start: (at: number) => {
        burst.at = at;
        this.bursts.push(burst);
      },
      stop: () => {},
    };
  }

  createGain(): object {
    return { gain: { setValueAtTime: () => {}, linearRampToValueAtTime: () => {} }, connect: (next: object) => next };
  }
}
