/** Three rising notes, made in the browser. */

/** In hertz: A, C sharp, E; well within what old ears and small loudspeakers manage. */
const NOTES = [440, 554.37, 659.25];
const NOTE_SECONDS = 0.45;
const VOLUME = 0.3;

/**
 * Plays the notes; to be called in the press of a button, else browsers stay silent.
 *
 * @throws when the browser cannot play
 */
export async function playTone(signal: AbortSignal): Promise<void> {
  const context = new AudioContext();
  const close = (): void => void (context.state === "closed" || context.close());
  signal.addEventListener("abort", close, { once: true });
  try {
    await context.resume();
    NOTES.forEach((frequency, index) => {
      note(context, frequency, context.currentTime + index * NOTE_SECONDS);
    });
    await new Promise((done) => setTimeout(done, NOTES.length * NOTE_SECONDS * 1000));
  } finally {
    signal.removeEventListener("abort", close);
    close();
  }
}

function note(context: AudioContext, frequency: number, begin: number): void {
  const tone = new OscillatorNode(context, { frequency });
  // Swelling and fading: a tone cut off clicks.
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(VOLUME, begin + 0.05);
  volume.gain.linearRampToValueAtTime(0, begin + NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + NOTE_SECONDS);
}
