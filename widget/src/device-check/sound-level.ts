/** How loud the microphone hears, measured in the browser; nothing is recorded. */

const INTERVAL_MS = 100;
/** Root mean square of samples from -1 to 1. Noise of a quiet room stays below it. */
const AUDIBLE = 0.015;
/** So many measurements above it are a voice and not one click. */
const ENOUGH = 3;
/** The square root spreads what is quiet: a voice at arm's length fills about half the meter. */
const toMeter = (level: number): number => Math.min(1, Math.sqrt(level) * 1.5);

/**
 * Measures until the signal says stop.
 *
 * @param onLevel called ten times a second with the level, 0 to 1
 * @param onHeard called once, when a voice was heard
 */
export function listen(
  stream: MediaStream,
  signal: AbortSignal,
  onLevel: (level: number) => void,
  onHeard: () => void,
): void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  // Safari begins suspended.
  void context.resume();
  const samples = new Float32Array(analyser.fftSize);
  let loud = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = rootMeanSquare(samples);
    onLevel(toMeter(level));
    if (level > AUDIBLE && ++loud === ENOUGH) onHeard();
  }, INTERVAL_MS);
  signal.addEventListener("abort", () => {
    clearInterval(timer);
    void context.close();
  });
}

/** @returns 0 for silence, up to 1 */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
